import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { html } from '../../src/reporters/html.ts';
import { CASES } from '../reporters/cases.ts';
import { HTML_ATTACKS } from '../reporters/html-attacks.ts';
import { withEveryText } from '../reporters/every-text.ts';
import { reportOfAllParts, reportOfMany } from '../reporters/large-reports.ts';
import { isWithoutBrowser, startBrowser } from '../support/browser.ts';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

let browser: Browser;
let folder: string;

type Opened = { readonly page: Page; readonly troubles: string[]; readonly requests: string[] };

/** What is awaited in the page: it has drawn what was changed. Scripts for the page are text, as nothing here has its types. */
const NEXT_FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** A script that takes the elements of a page that can be seen. */
function seen(selector: string, then: string): string {
  return `Array.from(document.querySelectorAll('${selector}')).filter((each) => each.checkVisibility()).${then}`;
}

/** Opens a report from disk in a page of its own; what goes wrong and what is asked for is kept. */
async function open(
  report: Report,
  { script = true, viewport = DESK, scheme = 'light', text = (page: string) => page } = {},
): Promise<Opened> {
  const file = join(folder, 'report.html');
  writeFileSync(file, text(html(report)));
  const page = await browser.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.setJavaScriptEnabled(script);
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  return { page, troubles, requests };
}

/** Where scripts are off axe does not run either. */
function withoutScript(page: string): string {
  return page.replace(/<script>.*<\/script>/s, '');
}

/** Findings that are not hidden by a filter. */
function shown(page: Page): Promise<number> {
  return evaluated(page, seen('#findings-list li[data-kind]', 'length'));
}

/** What the page says of its filters, when it has said it. */
async function result(page: Page): Promise<string> {
  await page.evaluate(NEXT_FRAME);
  return evaluated(page, 'document.querySelector("#filter-result").textContent');
}

describe.skipIf(isWithoutBrowser)('a report in a browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agentid-lint-pages-'));
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(Object.entries(CASES))(
    '%s: asks for nothing but itself, and breaks nothing',
    async (_name, report) => {
      for (const viewport of [DESK, PHONE]) {
        const { page, troubles, requests } = await open(report(), { viewport });
        expect(troubles).toEqual([]);
        expect(requests).toEqual([page.url()]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await page.close();
      }
    },
  );

  test.each([
    ['light', {}],
    ['dark', { scheme: 'dark' }],
    ['as wide as a phone', { viewport: PHONE }],
    ['dark, as wide as a phone', { viewport: PHONE, scheme: 'dark' }],
    ['without its script', { text: withoutScript }],
  ])('axe knows no problem of it, %s', async (_name, options) => {
    for (const report of [CASES['incomplete']!(), reportOfAllParts()]) {
      const { page } = await open(report, options);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await page.close();
    }
  });

  test('O11 hostile text in every field stays text: it makes no element, attribute, dialog or request', async () => {
    const structure = (page: Page) =>
      evaluated<readonly string[]>(
        page,
        'Array.from(document.querySelectorAll("*"), (each) => [each.tagName, ...each.getAttributeNames()].join(" "))',
      );
    for (const put of [
      (text: string) => (attack: string) => attack + text,
      (text: string) => (attack: string) => text + attack,
    ]) {
      const attack = HTML_ATTACKS.join(' ');
      const hostile = await open(withEveryText(reportOfAllParts(), put(attack)));
      const harmless = await open(withEveryText(reportOfAllParts(), put(attack.replaceAll(/[^`\n/]/g, 'x'))));
      expect(hostile.troubles).toEqual([]);
      expect(hostile.requests).toEqual([hostile.page.url()]);
      expect(await structure(hostile.page)).toEqual(await structure(harmless.page));
      expect(await hostile.page.title()).toContain('agent governance report');
      await hostile.page.close();
      await harmless.page.close();
    }
  });

  test('5,000 findings are there to filter in less than two seconds', async () => {
    const report = reportOfMany(5_000);
    const times: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      const { page } = await open(report);
      times.push(await evaluated<number>(page, 'performance.getEntriesByType("navigation")[0].duration'));
      expect(await result(page)).toBe('5000 findings');
      await page.close();
    }
    expect(Math.min(...times)).toBeLessThan(2_000);
  });

  test('filters of 5,000 findings answer at once', async () => {
    const { page } = await open(reportOfMany(5_000));
    const answer = (words: string) =>
      evaluated<number>(
        page,
        `(async () => {
          const search = document.querySelector('#filter-text');
          const start = performance.now();
          search.value = ${JSON.stringify(words)};
          search.dispatchEvent(new Event('input', { bubbles: true }));
          await ${NEXT_FRAME};
          return performance.now() - start;
        })()`,
      );
    // The first search reads the page.
    await answer('bot');
    const times = [await answer('4711'), await answer(''), await answer('bot-0012 critical')];
    expect(Math.min(...times)).toBeLessThan(200);
    await page.close();
  });

  test('filters work by click, and say how many findings are left', async () => {
    const { page } = await open(reportOfMany(100));
    await page.click('input[value="critical"]');
    expect(await result(page)).toBe('10 of 100 findings');
    expect(await shown(page)).toBe(10);
    await page.click('input[value="low"]');
    expect(await result(page)).toBe('60 of 100 findings');
    await page.select('#filter-domain', 'accountability');
    expect(await result(page)).toBe('10 of 100 findings');
    await page.select('#filter-domain', '');
    await page.select('#filter-rule', 'credentials/client-secret');
    expect(await result(page)).toBe('50 of 100 findings');
    await page.select('#filter-kind', 'agentIdentity');
    expect(await result(page)).toBe('30 of 100 findings');
    await page.click('button[type="reset"]');
    expect(await result(page)).toBe('100 findings');
    expect(await shown(page)).toBe(100);
    await page.close();
  });

  test('suppressed findings can be seen alone', async () => {
    const { page } = await open(CASES['suppressed']!());
    await page.select('#filter-state', 'suppressed');
    expect(await result(page)).toBe('4 of 5 findings');
    await page.select('#filter-state', 'counts');
    expect(await result(page)).toBe('1 of 5 findings');
    await page.close();
  });

  test('a search needs no mouse: type, go to what was found, step on, come back, show all', async () => {
    const { page } = await open(reportOfMany(100));
    const focused = () => evaluated(page, 'document.activeElement.id');
    await page.focus('#filter-text');
    await page.keyboard.type('bot-0003 SECRET');
    expect(await result(page)).toBe('5 of 100 findings');
    await page.keyboard.press('Enter');
    const first = await focused();
    await page.keyboard.press('ArrowDown');
    const second = await focused();
    expect([first, second]).toEqual(['f-36', 'f-37']);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('filter-text');
    await page.keyboard.press('Escape');
    expect(await result(page)).toBe('100 findings');
    await page.close();
  });

  test('the first key leads past the contents, and folded groups fold with keys', async () => {
    const { page } = await open(reportOfMany(20));
    await page.keyboard.press('Tab');
    expect(await evaluated(page, 'document.activeElement.textContent')).toBe('Skip to the report');
    await page.keyboard.press('Enter');
    expect(await evaluated(page, 'document.activeElement.id')).toBe('main');
    await page.focus('#findings-list summary');
    await page.keyboard.press('Enter');
    expect(await shown(page)).toBe(10);
    await page.close();
  });

  test.each([{ script: true }, { script: false }])('a link to a rule unfolds it (%o)', async (options) => {
    const { page } = await open(CASES['many']!(), options);
    await page.click('#findings-list h4 a');
    const target = await page.$(':target');
    expect(await target?.isVisible()).toBe(true);
    await page.close();
  });

  test('without its script every finding can be read, and no control stands idle', async () => {
    const report = CASES['many']!();
    const { page } = await open(report, { script: false });
    const texts = await evaluated<readonly string[]>(
      page,
      seen('#findings-list p', 'map((each) => each.textContent)'),
    );
    for (const { message, remediation } of report.findings) {
      expect(texts).toContain(message);
      expect(texts).toContain(`Fix: ${remediation}`);
    }
    expect(await evaluated(page, seen('input, select, button', 'length'))).toBe(0);
    await page.close();
  });

  test('on paper everything is unfolded, without a script as well', async () => {
    const { page } = await open(CASES['tenant']!(), { script: false });
    await page.emulateMediaType('print');
    const folded = 'details:not([open]) > :not(summary)';
    const all = await evaluated<number>(page, `document.querySelectorAll('${folded}').length`);
    expect(all).toBeGreaterThan(0);
    expect(await evaluated(page, seen(folded, 'length'))).toBe(all);
    await page.close();
  });
});

/** CSS pixels by which the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return evaluated(page, 'document.documentElement.scrollWidth - innerWidth');
}

type AxeResults = {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
};

/** What axe finds, with the pieces of the page that it is about. It looks at what is drawn, so all of it is. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(
    "for (const each of document.querySelectorAll('details')) each.style.contentVisibility = 'visible'",
  );
  await page.evaluate(axe.source);
  const results = await evaluated<AxeResults>(page, 'axe.run()');
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** The value of a script in the page. */
async function evaluated<T>(page: Page, script: string): Promise<T> {
  return (await page.evaluate(script)) as T;
}
