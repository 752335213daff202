import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trend } from '../../src/history/trend.ts';
import { trendText } from '../../src/reporters/trend.ts';
import { trendOfText, TRENDS } from '../history/trends.ts';
import { HTML_ATTACKS } from '../reporters/html-attacks.ts';
import { isWithoutBrowser, startBrowser } from '../support/browser.ts';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

let browser: Browser;
let folder: string;

type Opened = { readonly page: Page; readonly troubles: string[]; readonly requests: string[] };

/** Opens a trend from disk in a page of its own; what goes wrong and what is asked for is kept. */
async function open(trend: Trend, { viewport = DESK, scheme = 'light' } = {}): Promise<Opened> {
  const file = join(folder, 'trend.html');
  writeFileSync(file, trendText(trend, 'html', { color: false }));
  const page = await browser.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  return { page, troubles, requests };
}

describe.skipIf(isWithoutBrowser)('a trend in a browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agentid-lint-pages-'));
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['light', {}],
    ['dark', { scheme: 'dark' }],
    ['as wide as a phone', { viewport: PHONE }],
    ['dark, as wide as a phone', { viewport: PHONE, scheme: 'dark' }],
  ])(
    'axe knows no problem of it, it asks for nothing and is no wider than its window, %s',
    async (_name, options) => {
      for (const trend of [TRENDS['empty']!, TRENDS['many']!]) {
        const { page, troubles, requests } = await open(trend(), options);
        expect(requests).toEqual([page.url()]);
        expect(troubles).toEqual([]);
        expect(
          await evaluated(page, 'document.documentElement.scrollWidth - innerWidth'),
        ).toBeLessThanOrEqual(0);
        expect(await violations(page)).toEqual([]);
        await page.close();
      }
    },
  );

  test('its lines are drawn within their pictures, and no word overlaps another', async () => {
    for (const viewport of [DESK, PHONE]) {
      const { page } = await open(TRENDS['many']!(), { viewport });
      const strays = await evaluated<readonly string[]>(
        page,
        `Array.from(document.querySelectorAll('.plot')).flatMap((plot) => {
          const frame = plot.querySelector('svg').getBoundingClientRect();
          return Array.from(plot.querySelectorAll('.line'), (line) => line.getBoundingClientRect())
            .filter((box) => box.left < frame.left - 3 || box.right > frame.right + 3 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3)
            .map((box) => JSON.stringify(box));
        })`,
      );
      expect(strays).toEqual([]);
      const overlaps = await evaluated<number>(
        page,
        `Array.from(document.querySelectorAll('.days, .ticks')).flatMap((axis) => {
          const boxes = Array.from(axis.children, (each) => { const range = document.createRange(); range.selectNodeContents(each); return range.getBoundingClientRect(); });
          return boxes.slice(1).filter((box, at) => box.left < boxes[at].right && box.top < boxes[at].bottom);
        }).length`,
      );
      expect(overlaps).toBe(0);
      await page.close();
    }
  });

  test('O11 hostile text in every field stays text', async () => {
    const structure = (page: Page) =>
      evaluated<readonly string[]>(
        page,
        'Array.from(document.querySelectorAll("*"), (each) => [each.tagName, ...each.getAttributeNames()].join(" "))',
      );
    const hostile = await open(trendOfText(HTML_ATTACKS.join(' ')));
    const harmless = await open(trendOfText('harmless'));
    expect(hostile.troubles).toEqual([]);
    expect(hostile.requests).toEqual([hostile.page.url()]);
    expect(await structure(hostile.page)).toEqual(await structure(harmless.page));
    await hostile.page.close();
    await harmless.page.close();
  });
});

type AxeResults = {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
};

/** What axe finds, with the pieces of the page that it is about. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results = await evaluated<AxeResults>(page, 'axe.run()');
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** The value of a script in the page. */
async function evaluated<T>(page: Page, script: string): Promise<T> {
  return (await page.evaluate(script)) as T;
}
