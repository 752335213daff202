import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { Report } from '../../src/findings/report.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { CASES } from './cases.ts';
import {
  aChange,
  aFailingReport,
  aFinding,
  aLocation,
  aProblem,
  aRange,
  aReport,
  hostileReport,
  reportOfEverything,
  reportOfSources,
  SECRET,
} from './report-builder.ts';

const screens: readonly (readonly [what: string, golden: string, report: Report])[] = [
  ['a run without findings says what was judged', 'empty', aReport()],
  ['numbers of one are singular', 'one', aFailingReport(oneOfEach())],
  [
    'the advice of a rule stands with its first finding only',
    'many',
    aFailingReport({ findings: manyFindings() }),
  ],
  ['problems, findings, gaps and every exit code', 'everything', reportOfEverything()],
  ['U3 an incomplete run says so in its first line', 'incomplete', incomplete()],
  [
    'U3 an incomplete run says so even when it is allowed',
    'incomplete-allowed',
    aReport({ ledger: { inputs: { read: 1, failed: 1 } } }),
  ],
  ['a run of nothing but problems', 'problems-only', problemsOnly()],
  ['what was not judged is told with its reason', 'left-out', leftOut()],
  ['rules are counted by source, and one that broke is named', 'sources', reportOfSources()],
  ['a run that found nothing to judge is an error', 'nothing-to-judge', nothingToJudge()],
  ['O01 names that attack the terminal are shown, not obeyed', 'hostile', hostileReport()],
  ['carets stand under wide and joined characters', 'wide', aFailingReport({ findings: wideLines() })],
  [
    'tabs are shown as spaces and carets follow them',
    'tabs',
    aFailingReport({ findings: [marked('\tsponsors:\t[]\t# none', '[]')] }),
  ],
  ['E10 a long line is cut around the position', 'long-line', aFailingReport({ findings: longLines() })],
  [
    'a range over lines is underlined to the end of its first',
    'multi-line',
    aFailingReport({ findings: [overLines()] }),
  ],
  ['a place that was not found has no line', 'null-range', aFailingReport({ findings: [withoutRange()] })],
  ['findings that do not count are counted only', 'suppressed', CASES['suppressed']!()],
  ['what expired, is to be looked at and has changed is told', 'living', CASES['living']!()],
  ['what a change leaves out is told', 'change', aFailingReport({ change: aChange({ leftOut: 12 }) })],
];

test.each(screens)('%s', async (_what, golden, report) => {
  await expect(pretty(report, { color: false })).toMatchFileSnapshot(`golden/pretty-${golden}.txt`);
});

test.each([
  ['show-suppressed', false],
  ['show-suppressed-color', true],
])('findings that do not count are shown and marked when asked for: %s', async (golden, color) => {
  const text = pretty(CASES['suppressed']!(), { color, showSuppressed: true });
  await expect(text).toMatchFileSnapshot(`golden/pretty-${golden}.txt`);
});

test.each([
  ['everything', reportOfEverything()],
  ['hostile', hostileReport()],
  ['empty', aReport()],
])('in colour: %s', async (golden, report) => {
  const text = pretty(report, { color: true }).replaceAll('\u001b', '␛');
  await expect(text).toMatchFileSnapshot(`golden/pretty-${golden}-color.txt`);
});

test('colour changes nothing but the colour', () => {
  const dressed = pretty(reportOfEverything(), { color: true });
  const bare = dressed.replaceAll(/\u001b\[[\d;]*m|\u001b\]8;;[!-~]*?\u001b\\/g, '');
  expect(bare).toBe(pretty(reportOfEverything(), { color: false }));
});

describe('rules of other sources alone', () => {
  const { tool, ...report } = reportOfSources();
  const policies = tool.policies.filter(({ source }) => source.kind !== 'built-in');
  const headline = (only: Report['tool']['policies']) =>
    pretty({ ...report, tool: { ...tool, policies: only } }, { color: false })
      .split('\n')
      .find((line) => line.includes(' manifests'));

  test('are called rules once', () => {
    expect(headline(policies)).toMatch(/^3 manifests, 1 rule from \.\/rules, 0 from @acme\/rules · /);
  });

  test('may be none', () => {
    expect(headline([])).toMatch(/^3 manifests, 3 rules · /);
  });
});

test('an address that is not of the web is no hyperlink', () => {
  const rules = [{ ...SECRET, url: 'file:///etc/passwd' }];
  const text = pretty(aFailingReport({ rules, findings: [aFinding({ rule: SECRET.id })] }), { color: true });
  expect(text).toContain('file:///etc/passwd');
  expect(text).not.toContain('\u001b]8;;');
});

test('a finding of a rule that the report does not describe is shown without advice', () => {
  const lines = pretty(aFailingReport({ rules: [] }), { color: false }).split('\n');
  expect(lines.slice(0, 5)).toEqual([
    'high[accountability/blueprint-no-sponsor] blueprint "invoice-bot" has no sponsor',
    '   ┌─ agents/invoice.agent.yaml:7:3  v1:01234567',
    ' 7 │   sponsors: []',
    '   │   ^^^^^^^^^^^^',
    '',
  ]);
});

test('findings keep the order of the report', () => {
  const findings = ['c.yaml', 'a.yaml', 'b.yaml'].map((uri) => aFinding({ location: aLocation({ uri }) }));
  const text = pretty(aFailingReport({ findings }), { color: false });
  expect(Array.from(text.matchAll(/┌─ (\w)\.yaml/g), ([, name]) => name)).toEqual(['c', 'a', 'b']);
});

test('long lists of unmarked files end with a number', () => {
  const unmarked = Array.from({ length: 12 }, (_, index) => `apps/${index}.json`);
  const text = pretty(aReport({ ledger: { inputs: { unmarked } } }), { color: false });
  expect(text).toContain('  unmarked  12 files: apps/0.json, ');
  expect(text).toContain(', apps/9.json and 2 more\n');
});

test('E10 one line of 10 MiB costs no more than a short one', () => {
  const text = `{${'"key":"value",'.repeat(750_000)}"sponsors":[]}`;
  const finding = marked(text, '"sponsors"');
  const findings = Array.from({ length: 1000 }, () => finding);
  const started = performance.now();
  const screen = pretty(aFailingReport({ findings }), { color: false });
  expect(performance.now() - started).toBeLessThan(3000);
  expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThan(200);
});

test('10,000 findings are written in a moment', () => {
  const findings = Array.from({ length: 10_000 }, (_, index) =>
    aFinding({ location: aLocation({ uri: `agents/${index}.yaml` }) }),
  );
  const started = performance.now();
  pretty(aFailingReport({ findings }), { color: true });
  expect(performance.now() - started).toBeLessThan(3000);
});

function oneOfEach(): Partial<Report> {
  return {
    outcomes: [{ rule: SECRET.id, status: 'evaluated', subjects: 1, failing: 1 }],
    findings: [aFinding()],
    ledger: {
      inputs: {
        read: 1,
        failed: 0,
        ignored: 1,
        unmarked: ['apps/one.json'],
        excluded: [{ by: 'vendor/**', files: 1 }],
      },
      resources: { total: 1, judged: 1, failed: 0 },
      evaluations: { pairs: 1, evaluated: 1, failed: 0, notApplicable: 0, skipped: 0 },
    },
  };
}

function manyFindings(): Finding[] {
  const secret = { rule: SECRET.id, severity: 'critical', remediation: SECRET.remediation } as const;
  return [
    aFinding(secret),
    aFinding({ location: aLocation({ uri: 'agents/mail.agent.yaml' }) }),
    aFinding({ ...secret, location: aLocation({ uri: 'agents/mail.agent.yaml' }) }),
    aFinding({ severity: 'medium', location: aLocation({ uri: 'agents/trip.agent.yaml' }) }),
    aFinding({ severity: 'low', location: aLocation({ uri: 'agents/work.agent.yaml' }) }),
    aFinding({ severity: 'info', location: aLocation({ uri: 'agents/zoom.agent.yaml' }) }),
  ];
}

function incomplete(): Report {
  return aReport({
    verdict: 'incomplete',
    exitCode: 4,
    exitReasons: [{ code: 4, reason: 'facts are missing for 1 rule' }],
    outcomes: [
      { rule: SECRET.id, status: 'evaluated', subjects: 4, failing: 0 },
      {
        rule: 'accountability/sponsor-inactive',
        status: 'skipped',
        reason: 'facts-missing',
        missing: ['sponsors'],
      },
    ],
  });
}

function problemsOnly(): Report {
  return aReport({
    verdict: 'incomplete',
    exitCode: 4,
    exitReasons: [{ code: 4, reason: '3 files could not be read' }],
    outcomes: [],
    problems: [
      aProblem(),
      { code: 'not-a-regular-file', message: 'this is a pipe', uri: 'agents/pipe.yaml', range: null },
      {
        code: 'too-many-files',
        message: 'more than 50000 files match',
        hint: 'name a folder',
        uri: null,
        range: null,
      },
    ],
    ledger: {
      inputs: { read: 0, failed: 3 },
      resources: { total: 0, judged: 0 },
      evaluations: { pairs: 0, evaluated: 0 },
    },
  });
}

function leftOut(): Report {
  return aReport({
    outcomes: [
      { rule: SECRET.id, status: 'evaluated', subjects: 4, failing: 0 },
      {
        rule: 'accountability/no-owner',
        status: 'evaluated',
        subjects: 2,
        failing: 0,
        skipped: [{ reason: 'declared-elsewhere', subjects: 2, missing: ['owners'] }],
      },
      {
        rule: 'accountability/blueprint-no-sponsor',
        status: 'skipped',
        reason: 'declared-elsewhere',
        missing: ['sponsors'],
      },
      {
        rule: 'accountability/single-sponsor',
        status: 'skipped',
        reason: 'declared-elsewhere',
        missing: ['sponsors'],
      },
      { rule: 'metadata/naming', status: 'skipped', reason: 'off' },
      { rule: 'repository/mcp-tooling', status: 'skipped', reason: 'not-applicable' },
    ],
    ledger: {
      inputs: {
        ignored: 12,
        unmarked: ['apps/one.json', 'apps/two.json'],
        excluded: [
          { by: '**/testdata/**', files: 3 },
          { by: '.gitignore', files: 1 },
        ],
      },
    },
  });
}

function nothingToJudge(): Report {
  return aReport({
    verdict: 'error',
    exitCode: 3,
    exitReasons: [{ code: 3, reason: 'no manifest was found' }],
    outcomes: [],
    ledger: {
      inputs: { read: 0, ignored: 4 },
      resources: { total: 0, judged: 0 },
      evaluations: { pairs: 0, evaluated: 0 },
    },
  });
}

function wideLines(): Finding[] {
  return [
    marked('  displayName: "請求書 bot" # 名前', '"請求書 bot"'),
    marked('  "ﾊﾝｶｸ ｚｅｎｋａｋｕ 한국어": MARK', 'MARK'),
    marked('  "नमस्ते สวัสดี cafe\u0301": MARK', 'MARK'),
    marked('  "🧾 🇨🇭 👩\u200d💻 ⚠\ufe0f": MARK', 'MARK'),
  ];
}

function longLines(): Finding[] {
  const filler = '"key":"value",'.repeat(40);
  return [
    marked(`{${filler}"sponsors":[],${filler}}`, '"sponsors":[]'),
    marked(`{"sponsors":[],${filler}}`, '"sponsors":[]'),
    marked(`{${filler}"sponsors":[]}`, '"sponsors":[]'),
    marked(`{"long":"${'x'.repeat(300)}"}`, `"${'x'.repeat(300)}"`),
    marked(`{"${'日本'.repeat(60)}":[]}`, '[]'),
  ];
}

function overLines(): Finding {
  return aFinding({
    location: aLocation({
      range: aRange('98:3-104:30'),
      snippet: [
        { number: 98, text: '  passwordCredentials:   ' },
        { number: 99, text: '    - displayName: ci' },
        { number: 100, text: '      secretText: "********"' },
      ],
    }),
    related: [
      {
        message: 'the same secret',
        location: aLocation({ uri: 'agents/mail.agent.yaml', range: aRange('3:1-3:4') }),
      },
    ],
  });
}

function withoutRange(): Finding {
  return aFinding({ location: aLocation({ range: null, snippet: [] }) });
}

/** A finding in line 3 whose range is where `part` stands in the text. */
function marked(text: string, part: string): Finding {
  const from = text.indexOf(part) + 1;
  return aFinding({
    location: aLocation({
      range: aRange(`3:${from}-3:${from + part.length}`),
      snippet: [{ number: 3, text }],
    }),
  });
}
