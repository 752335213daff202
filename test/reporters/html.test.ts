import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/reporters/html.ts';
import { CASES, holdsToGoldenFiles } from './cases.ts';
import { withEveryText } from './every-text.ts';
import { HTML_ATTACKS } from './html-attacks.ts';
import { HOSTILE } from './hostile.ts';
import { reportOfAllParts, reportOfMany } from './large-reports.ts';
import { aFailingReport, aFinding, aReport, NO_SPONSOR } from './report-builder.ts';

// Without the style sheet, the script and their digests, which say nothing of the report.
holdsToGoldenFiles('html', 'html', (report) =>
  html(report)
    .replace(/<style>.*<\/style>/s, '<style></style>')
    .replace(/<script>.*<\/script>/s, '<script></script>')
    .replaceAll(/sha256-[\w+/]{43}=/g, 'sha256-'),
);

test('it gives the same bytes for the same report, and ends with a line break', () => {
  const report = reportOfMany(50);
  expect(html(report)).toBe(html(structuredClone(report)));
  expect(html(report).endsWith('</html>\n')).toBe(true);
});

test('O11 its policy lets nothing run or be loaded but its own style sheet and script', () => {
  const page = html(aReport());
  const digestOf = (tag: string) => {
    const [, text = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page) ?? [];
    return `sha256-${hash('sha256', text, 'base64')}`;
  };
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  expect(policy.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src '${digestOf('style')}'; script-src '${digestOf('script')}'; base-uri 'none'; form-action 'none'`,
  );
});

test('the policy comes before anything that it is about', () => {
  const page = html(aReport());
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.search(/<style|<script|<svg|<link|<img/));
});

test('nothing in the page is fetched, and nothing but the policy lets a handler or a style through', () => {
  for (const report of Object.values(CASES)) {
    const page = html(report());
    expect(page).not.toMatch(/<[^>]* (?:on[a-z]+|style|src|srcset|action|formaction|ping)=/);
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|audio|video|source|base)\b/);
    expect(page).not.toMatch(/@import|url\(/);
  }
});

describe('links', () => {
  const linksOf = (url: string | null) =>
    [...html(aReport({ rules: [{ ...NO_SPONSOR, url }] })).matchAll(/<a href="(?!#)[^>]*>/g)].map(
      ([link]) => link,
    );

  test('lead to the web without telling where from', () => {
    expect(linksOf('https://example.org/a?b=1&c="2"')).toEqual([
      '<a href="https://example.org/a?b=1&amp;c=&quot;2&quot;" rel="noreferrer noopener">',
    ]);
  });

  test.each([
    'javascript:alert(1)',
    ' https://example.org',
    'data:text/html,x',
    '//example.org',
    'https:example.org',
    'https://',
    'file:///etc',
    null,
  ])('do not lead to %s', (url) => {
    expect(linksOf(url)).toEqual([]);
  });
});

test('what is told before the findings: verdict, reasons, what is missing', () => {
  const page = html(CASES['incomplete']!());
  const places = [
    'Failed',
    'findings at or above &quot;high&quot; (exit 1)',
    'also: 1 file could not be read (exit 4)',
    'Not the whole answer',
    '1 file could not be read, 1 resource could not be judged, 1 rule failed',
    'the key &quot;displayName&quot; stands twice in this mapping',
    'the policy engine stopped',
    'has no sponsor',
  ].map((words) => page.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('a whole answer says that it is whole', () => {
  expect(html(aReport())).toContain('<b>Complete.</b>');
  expect(html(CASES['incomplete']!())).not.toContain('<b>Complete.</b>');
});

test('only a change is reported: says since when, and what was left out', () => {
  const page = html(aReport({ change: { since: 'abc1234', files: 2, leftOut: 31 } }));
  expect(page).toContain('what changed since <code>abc1234</code>: 2 files; 31 findings elsewhere left out');
});

test('objects that are not listed are counted', () => {
  expect(html(aReport({ unlisted: 40_000 }))).toContain(
    '40000 more objects were judged and are not listed here',
  );
});

test('suppressed findings are marked and do not count', () => {
  const page = html(CASES['suppressed']!());
  expect(page).toContain('<li class="tile critical none"><b>0</b> critical</li>');
  expect(page).toContain('Not counted: 1 waived, 1 suppressed beside it, 1 in the baseline, 1 exempt');
  expect([...page.matchAll(/<li id="f-\d+" class="suppressed"/g)]).toHaveLength(4);
});

test.each([
  ['2026-11-22', 'expired', 'expired'],
  ['2026-11-23', 'soon', '1 day left'],
  ['2026-11-23T12:00:00Z', 'soon', 'less than a day left'],
  ['2026-12-07', 'later', '15 days left'],
  ['2026-12-06', 'soon', '14 days left'],
  ['next year', 'unclear', 'not a date'],
])('a waiver until %s is %s', (expires, state, words) => {
  const [first] = CASES['suppressed']!().findings.flatMap(({ suppressed }) => suppressed ?? []);
  const report = aFailingReport({ findings: [aFinding({ suppressed: { ...first!, expires } })] });
  expect(html(report)).toContain(`<span class="expiry ${state}">${words}</span>`);
});

const PUTS = {
  before: (attack: string) => (text: string) => attack + text,
  behind: (attack: string) => (text: string) => text + attack,
} as const;

describe.each(Object.entries(PUTS))('O11 O03 O04 hostile text %s every text', (_where, put) => {
  const report = reportOfAllParts();
  const pageWith = (text: string) => html(withEveryText(report, put(text)));
  const twins = new Map<string, string>();

  /** The tags of the page with a text that means nothing, and where paths, paragraphs and code end at the same places. */
  const tagsOfTwin = (attack: string) => {
    const twin = attack.replaceAll(/[^`\n/]/g, 'x');
    const tags = twins.get(twin) ?? tagsOf(pageWith(twin));
    twins.set(twin, tags);
    return tags;
  };

  test('adds no tag and no attribute, begins no line that a runner obeys, and hides nothing', () => {
    const alive = [...HTML_ATTACKS, ...HOSTILE].filter((attack) => {
      const page = pageWith(attack);
      return tagsOf(page) !== tagsOfTwin(attack) || isHarmful(page);
    });
    expect(alive).toEqual([]);
  });

  test('adds no address, no anchor that needs escaping, and no class', () => {
    for (const attack of HTML_ATTACKS) {
      const page = pageWith(attack);
      for (const [, address = ''] of page.matchAll(/ href="([^"]*)"/g)) {
        expect(address).toMatch(/^(?:https?:\/\/\w|#[\w/-]+$)/);
      }
      for (const [, name = ''] of page.matchAll(/ (?:id|class|for)="([^"]*)"/g)) {
        expect(name).toMatch(/^[\w/ -]+$/);
      }
    }
  });
});

test('the judge of the tests above sees a tag and an attribute', () => {
  expect(tagsOf('<p title="a">b</p>')).toBe('<p title> </p>');
  expect(tagsOf('<p title="a">b<i></p>')).not.toBe(tagsOf('<p title="a">b</p>'));
  expect(tagsOf('<p title="" x="a">b</p>')).not.toBe(tagsOf('<p title="a">b</p>'));
});

/** The tags of a page with the names of their attributes. Every other `<` and `"` is escaped, or it shows. */
function tagsOf(page: string): string {
  return (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '')).join(' ');
}

const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

function isHarmful(page: string): boolean {
  return /^\s*::|##\w*\[/m.test(page) || UNSEEN.test(page.replaceAll('\n', ''));
}
