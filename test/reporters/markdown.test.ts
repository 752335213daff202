import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { markdownSummary } from '../../src/reporters/markdown-summary.ts';
import { renderSummary } from '../../src/reporters/markdown/render-summary.ts';
import { markdown } from '../../src/reporters/markdown.ts';
import { aManifest, CASES, holdsToGoldenFiles } from './cases.ts';
import {
  aFailingReport,
  aFinding,
  aLocation,
  aProblem,
  aReport,
  NO_SPONSOR,
  reportOfEverything,
} from './report-builder.ts';
import { incompleteTenant, oneTenantFinding } from './tenant-reports.ts';

const NO_COLOR = { color: false };

describe('markdown', () => {
  holdsToGoldenFiles('markdown', 'md', markdown);
});

describe('markdown-summary', () => {
  holdsToGoldenFiles('markdown-summary', 'md', markdownSummary);
});

/** Reads as GitHub does: tables, bare addresses, HTML. */
const parser = new MarkdownIt({ html: true, linkify: true });

function tokensOf(text: string): readonly Token[] {
  return parser
    .parse(text, {})
    .flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]));
}

function linksOf(text: string): unknown[] {
  return tokensOf(text).flatMap((token) => (token.type === 'link_open' ? [token.attrGet('href')] : []));
}

/** Texts of the cells of the first table under a heading that has the title. */
function cellsOf(text: string, title: string): string[][] {
  const [, section = ''] = text.split(`### ${title}\n`);
  const [, , ...rows] = section.trim().split('\n\n')[0]?.split('\n') ?? [];
  return rows.map((row) =>
    row
      .slice(2, -2)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

describe('levels', () => {
  const report = CASES['incomplete']?.() ?? aReport();
  const titles = (text: string) => Array.from(text.matchAll(/^### (.*)$/gm), ([, title]) => title);

  test.each([
    [
      'full',
      [
        'Findings',
        'Problems',
        'What to do',
        'Rules that could not judge everything',
        'Left aside',
        'Inventory',
        'Blueprints',
        'Run',
      ],
    ],
    [
      'summary',
      ['Findings', 'Problems', 'Rules that could not judge everything', 'Left aside', 'Inventory', 'Run'],
    ],
    ['table', ['Findings', 'Problems']],
  ] as const)('%s', (level, sections) => {
    const text = renderSummary(report, { level });
    expect(titles(text)).toEqual(sections);
    expect(text.split('\n').slice(0, 7)).toEqual([
      '## agentid-lint: failed',
      '',
      '- **exit 1:** `findings at or above "high"`',
      '- **exit 4:** `1 file could not be read`',
      '- **exit 4:** `the rule permissions/unknown-id failed`',
      '',
      '> **Incomplete:** 1 file could not be read, 1 resource could not be judged, 1 rule failed; this is not the whole answer.',
    ]);
  });

  test('none is nothing', () => {
    expect(renderSummary(report, { level: 'none' })).toBe('');
  });

  test('a page has the twenty worst findings, and says how many there are besides', () => {
    const findings = [
      ...Array.from({ length: 15 }, () => aFinding({ severity: 'low' })),
      ...Array.from({ length: 10 }, () => aFinding({ severity: 'critical' })),
    ];
    const text = markdownSummary(aFailingReport({ findings }), NO_COLOR);
    const severities = cellsOf(text, 'Findings').map(([severity]) => severity);
    expect(severities).toEqual([
      ...Array.from({ length: 10 }, () => 'critical'),
      ...Array.from({ length: 10 }, () => 'low'),
    ]);
    expect(text).toContain('\n\n5 rows left out, see the JSON report.\n');
  });
});

describe('what a caller adds', () => {
  test('notes belong to the verdict', () => {
    const text = renderSummary(aReport(), { level: 'table', notes: ['read from the base ref: `a|b`'] });
    expect(text).toContain('\n- Note: `` read from the base ref: `a|b` ``\n');
  });

  test('sections stand before the findings, and what is in them is code', () => {
    const sections = [{ title: 'New', columns: ['rule', 'why'], rows: [['a|b', '<b>']] }];
    const text = renderSummary(aFailingReport(), { level: 'table', sections });
    expect(text).toContain(
      '\n### New\n\n| rule | why |\n| --- | --- |\n| `a\\|b` | `<b>` |\n\n### Findings\n',
    );
  });
});

describe('what is told', () => {
  test('a clean run is a short page', () => {
    expect(renderSummary(aReport(), { level: 'table' })).toBe(
      [
        '## agentid-lint: passed',
        '',
        '- **exit 0:** no findings at or above "high"',
        '',
        '**Judged:** 4 resources in 3 files, by 2 rules.',
        '',
        '| critical | high | medium | low | info | suppressed |',
        '| --: | --: | --: | --: | --: | --: |',
        '| 0 | 0 | 0 | 0 | 0 | 0 |',
        '',
      ].join('\n'),
    );
  });

  test('U3 a tenant that was read in part says what is missing and what would help', () => {
    const text = markdown(incompleteTenant(), NO_COLOR);
    expect(cellsOf(text, 'Rules that could not judge everything').map(([, why]) => why)).toEqual([
      'facts are missing: owners',
      'facts are missing: agent users',
      'facts were not asked for: risky agents',
    ]);
    expect(cellsOf(text, 'Facts that were not read')).toContainEqual([
      '`owners of blueprints: forbidden (403 Authorization_RequestDenied): A permission is missing; grant AgentIdentityBlueprint.Read.All, Application.Read.All`',
    ]);
  });

  test('a resource that broke is told with its reason', () => {
    const text = markdown(aReport({ resources: [aManifest({ broken: 'it took 10 s' })] }), NO_COLOR);
    expect(cellsOf(text, 'Resources that could not be judged')).toEqual([
      ['blueprint `invoice-bot`', '`it took 10 s`'],
    ]);
  });

  test('a suppressed finding is told with its reason and its end, and counts nowhere else', () => {
    const text = markdown(CASES['suppressed']?.() ?? aReport(), NO_COLOR);
    expect(cellsOf(text, 'Findings')).toHaveLength(1);
    expect(cellsOf(text, 'Suppressed findings').map((cells) => cells.slice(4))).toEqual([
      [
        'waived',
        '`Pilot \\| until the "sponsor" is named <soon>`',
        '`ciso@contoso.example`, `SEC-1234`',
        '`2026-12-31`',
      ],
      ['suppressed beside it', '`known`', '', '`2027-01-31`'],
      ['in the baseline', '`recorded in .agentid-lint/baseline.ndjson`', '', 'no end'],
      ['exempt', '`Break glass, see "runbook \\| 7"`', '', 'no end'],
    ]);
  });

  test('a change says that the rest is left out', () => {
    const change = { since: 'origin/main', files: 2, leftOut: 3 };
    expect(renderSummary(aReport({ change }), { level: 'table' })).toContain(
      '\n**Only a change is reported:** 2 files changed since `origin/main`, 3 findings elsewhere left out.\n',
    );
  });

  test('links lead to pages of our rules and to the admin center, nowhere else', () => {
    const own = { ...NO_SPONSOR, id: 'acme/own', url: 'https://evil.example/x' };
    const report = { ...oneTenantFinding(), rules: [NO_SPONSOR, own] };
    const findings = [...report.findings, aFinding({ rule: own.id })];
    const links = new Set(linksOf(markdown({ ...report, findings }, NO_COLOR)));
    expect([...links]).toEqual([
      NO_SPONSOR.url,
      expect.stringMatching(/^https:\/\/entra\.microsoft\.com\/#view\//),
    ]);
  });
});

describe('O09 the size limit', () => {
  const findings = Array.from({ length: 20_000 }, (_, index) =>
    aFinding({ rule: `team/rule-${index % 50}`, message: `number ${index} ${'ü'.repeat(150)}` }),
  );
  const large: Report = {
    ...aFailingReport({ findings, resources: [aManifest()], rules: [] }),
    problems: Array.from({ length: 500 }, () => aProblem()),
  };

  test.each([
    ['GitHub takes', undefined, 1_024_000],
    ['a comment may have', 65_000, 65_000],
  ])('a report has at most as much as %s, and is cut between rows', (_what, limit, most) => {
    const text = renderSummary(large, { level: 'full', ...(limit === undefined ? {} : { limit }) });
    const size = Buffer.byteLength(text);
    expect(size).toBeLessThanOrEqual(most);
    expect(size).toBeGreaterThan(most - 1500);
    const rows = cellsOf(text, 'Findings');
    expect(rows.every((cells) => cells.length === 6)).toBe(true);
    const problems = cellsOf(text, 'Problems').length;
    expect(problems).toBeGreaterThanOrEqual(10);
    expect(leftOutOf(text)).toEqual([20_000 - rows.length, 500 - problems, 40]);
    expect(text.includes('\n### Run\n')).toBe(true);
  });

  /** How many rows are left out, table by table. */
  function leftOutOf(text: string): number[] {
    return Array.from(text.matchAll(/^(\d+) rows left out, see the JSON report\.$/gm), ([, rows]) =>
      Number(rows),
    );
  }

  test('the verdict is there whatever the limit is', () => {
    const text = renderSummary(large, { level: 'full', limit: 10 });
    expect(text).toMatch(
      /^## agentid-lint: failed\n[^]*\| 0 \| 20000 \|[^]*\n\nThe rest is left out, see the JSON report\.\n$/,
    );
  });

  test('20,000 findings are written in a moment', () => {
    const started = performance.now();
    markdown(large, NO_COLOR);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('O10 hostile text is only ever code', () => {
  test.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['a``b`c', '```a``b`c```'],
    ['`', '`` ` ``'],
    [' a ', '`  a  `'],
    ['', '` `'],
    ['  ', '`  `'],
    ['a\r\nb\nc', '`a⏎b⏎c`'],
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\x7cb`'],
    ['a\\', '`a\\`'],
    ['x'.repeat(201), `\`${'x'.repeat(200)}…\``],
    ['\u202ea', '`\\u{202e}a`'],
  ])('%j is shown as %s', (message, cell) => {
    const text = renderSummary(aFailingReport({ findings: [aFinding({ message })] }), { level: 'table' });
    const row = text.split('\n').find((line) => line.startsWith('| high'));
    expect(row?.split(' | `v1:')[0]?.split(':7:3` | ')[1]).toBe(cell);
  });

  test('code reads as the text in a table', () => {
    for (const message of ['a', 'a`b', '`', ' a ', 'a|b', 'a\\', '`a``']) {
      const findings = [aFinding({ message, location: aLocation({ range: null }) })];
      const text = renderSummary(aFailingReport({ findings }), { level: 'table' });
      const spans = tokensOf(text).filter(({ type }) => type === 'code_inline');
      expect(spans.map(({ content }) => content)).toContain(message);
    }
  });

  test('every part has something to say about a report of everything', () => {
    expect(
      tokensOf(markdown(reportOfEverything(), NO_COLOR)).filter(({ type }) => type.startsWith('html')),
    ).toEqual([]);
  });
});
