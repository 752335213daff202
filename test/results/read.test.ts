import { describe, expect, test } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import { readResults } from '../../src/results/read.ts';
import { CASES } from '../reporters/cases.ts';
import { aFailingReport, aReport, hostileReport, NO_SPONSOR } from '../reporters/report-builder.ts';
import { oneTenantFinding } from '../reporters/tenant-reports.ts';

const LOOKED_AT = { waivers: null, baseline: null, inline: true, notices: [] } as const;
const ONE = textOf('one');
const AGAIN =
  'agentid-lint 0.1.0 wrote it; run the check again with this version, and leave the file as it is written.';
const SAVE_IT = 'Save the JSON report of a run: agentid-lint lint --output json=results.json';

describe('part of a file is never a report', () => {
  test('S02 cut after any byte', () => {
    const whole = JSON.stringify(JSON.parse(ONE));
    const taken = Array.from({ length: whole.length }, (_, end) => problemsOf(whole.slice(0, end))).flatMap(
      ([problem], end) => (problem === undefined || (problem.at === null && end > 0) ? [end] : []),
    );
    expect(taken).toEqual([]);
    expect(problemsOf(whole)).toEqual([]);
  });

  test('the place of the cut is told', () => {
    expect(problemsOf(ONE.slice(0, 100))).toEqual([
      {
        code: 'json-truncated',
        message: 'The file ends inside a string.',
        hint: 'Close what is open, or restore the rest of the file.',
        at: '6:12',
      },
    ]);
  });

  test('an empty file', () => {
    expect(problemsOf('')).toMatchObject([{ code: 'empty-document', at: null }]);
  });
});

test('Y02 a key that stands twice, and where', () => {
  const text = ONE.replace('"verdict": "fail",', '"verdict": "fail",\n  "verdict": "pass",');
  expect(problemsOf(text)).toMatchObject([{ code: 'duplicate-key', at: '20:3' }]);
});

test('numbers that rules give may be any, and hide no fault behind them', () => {
  const numbers = Array.from({ length: 40 }, (_, index) => `"n${index}": 1e+21`).join();
  const many = ONE.replace('"name": "invoice-bot"\n      },\n      "related"', `${numbers}},"related"`);
  expect(many).not.toBe(ONE);
  expect(problemsOf(many)).toEqual([]);
  expect(problemsOf(many.replace('"unlisted": 0', '"unlisted": 0, "unlisted": 0'))).toMatchObject([
    { code: 'duplicate-key' },
  ]);
});

test('comments and what follows the report are refused as in every JSON', () => {
  expect(problemsOf(`${ONE}{}`)).toMatchObject([{ code: 'json-trailing-text' }]);
  expect(problemsOf(ONE.replace('{', '{ // mine'))).toMatchObject([{ code: 'json-comment' }]);
});

describe('JSON of another kind is called by its name', () => {
  test.each([
    ['[]', 'This is a list, no JSON report of agentid-lint.'],
    ['{"a":1}', 'This is some JSON without the key "format", no JSON report of agentid-lint.'],
    ['{"format":7}', 'This is JSON of another format, no JSON report of agentid-lint.'],
    ['{"format":"explain-v1"}', 'This is explain-v1, no JSON report of agentid-lint.'],
    ['{"version":"2.1.0","runs":[]}', 'This is a SARIF log, no JSON report of agentid-lint.'],
  ])('%s', (text, message) => {
    expect(problemsOf(text)).toMatchObject([{ code: 'results-other-format', message, hint: SAVE_IT }]);
  });

  test('ndjson, which is many values', () => {
    expect(problemsOf('{"type":"run","format":"ndjson-v1"}\n{"type":"finding"}\n')).toMatchObject([
      { code: 'results-other-format', hint: SAVE_IT },
    ]);
  });

  test('a later version of the report', () => {
    expect(problemsOf('{"format":"json-v2"}')).toEqual([
      {
        code: 'results-other-version',
        message: 'The report is of the form json-v2, and this version reads json-v1.',
        hint: 'Use a newer agentid-lint.',
        at: '1:11',
      },
    ]);
  });
});

describe('what does not fit the schema', () => {
  const report = JSON.parse(ONE) as Record<string, unknown>;
  const without = (gone: string) =>
    JSON.stringify(Object.fromEntries(Object.entries(report).filter(([key]) => key !== gone)));

  test.each(Object.keys(report).filter((key) => !['format', 'tool'].includes(key)))(
    'a report without %s says who wrote it, and nothing is made up',
    (key) => {
      expect(problemsOf(without(key))).toEqual([
        { code: 'results-missing-key', message: `The report has no key "${key}".`, hint: AGAIN, at: '1:1' },
      ]);
    },
  );

  test('a report without its tool', () => {
    expect(problemsOf(without('tool'))).toMatchObject([
      {
        message: 'The report has no key "tool".',
        hint: AGAIN.replace(/^.*;/, 'It does not say which version wrote it;'),
      },
    ]);
  });

  test.each([
    [
      '"severity": "high",\n      "message"',
      '"severity": "urgent",\n      "message"',
      '/findings/0/severity must be one of critical, high, medium, low, info.',
    ],
    ['"exitCode": 1', '"exitCode": "1"', '/exitCode must be integer.'],
    ['"now": "2026-11-23T00:00:00Z"', '"now": "yesterday"', '/now does not fit the schema (format).'],
    ['"snippet"', '"excerpt"', '/findings/0/location has none of the forms that it may have.'],
    ['"line": 7', '"line": 0', '/findings/0/location has none of the forms that it may have.'],
    [
      '"path": [\n        "sponsors"',
      '"path": [\n        null',
      '/findings/0/path/0 must be string or integer.',
    ],
  ])('%s', (there, instead, message) => {
    expect(ONE).toContain(there);
    expect(problemsOf(ONE.replace(there, instead))).toMatchObject([{ message, hint: AGAIN }]);
  });

  test('five problems at most, in the order of the file', () => {
    const findings = Array.from({ length: 200 }, () => ({}));
    const problems = problemsOf(JSON.stringify({ ...report, findings }, null, 1));
    expect(problems.map(({ at }) => at)).toEqual(Array.from({ length: 5 }, () => problems[0]?.at));
  });

  test('a key of a later version is passed over', () => {
    const text = JSON.stringify({ ...report, addedLater: { any: 'thing' } });
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('words that only a later version knows', () => {
  const tenant = json(oneTenantFinding(), { color: false }).replace(
    '"checks": []',
    '"checks": [{"evaluated":[],"skipped":[]}]',
  );

  test.each([
    [
      '"kind": "agentIdentity"',
      '"kind": "swarm"',
      '"swarm" is not a kind of resource that this version knows.',
    ],
    [
      '"ref": "agentIdentity/',
      '"ref": "swarm/',
      '"swarm" is not a kind of resource that this version knows.',
    ],
    [
      '"of": "agentIdentity"',
      '"of": "constructor"',
      '"constructor" is not a kind of resource that this version knows.',
    ],
    [
      '"group": "sponsors"',
      '"group": "godparents"',
      '"godparents" is not a group of facts that this version knows.',
    ],
  ])('%s', (there, instead, message) => {
    expect(problemsOf(tenant)).toEqual([]);
    expect(problemsOf(tenant.replace(there, instead))).toMatchObject([
      { code: 'results-unknown-word', message, hint: AGAIN },
    ]);
  });
});

describe('a report whose parts contradict each other was changed, and is refused', () => {
  test.each([
    [
      'a verdict turned',
      '"verdict": "fail"',
      '"verdict": "pass"',
      'The verdict is pass, and exit code 1 says fail.',
    ],
    [
      'an exit code turned',
      '"exitCode": 1',
      '"exitCode": 0',
      'The exit code is 0, and the first of its reasons has 1.',
    ],
    ['a finding uncounted', '"high": 1', '"high": 0', 'The summary says 0 for "high", and the report has 1.'],
    [
      'a threshold raised',
      '"failOn": "high"',
      '"failOn": "critical"',
      'A reason for the exit code is findings at or above "critical", and there are none.',
    ],
    [
      'files that were not there',
      '"files": 3',
      '"files": 30',
      'The summary says 30 for "files", and the report has 3.',
    ],
    [
      'evaluations that were not made',
      '"evaluated": 8',
      '"evaluated": 9',
      'The evaluations of the ledger do not add up.',
    ],
    [
      'a resource that nothing was asked of',
      '"checks": 0',
      '"checks": 9',
      'What was asked of this resource is not in the report.',
    ],
    [
      'a finding made less',
      '"severity": "high",\n      "message"',
      '"severity": "low",\n      "message"',
      'The summary says 1 for "high", and the report has 0.',
    ],
  ])('%s', (_what, there, instead, message) => {
    expect(ONE).toContain(there);
    const problems = problemsOf(ONE.replace(there, instead));
    expect(problems.map((problem) => problem.message)).toContain(message);
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['results-contradictory']));
    expect(problems.every(({ at }) => at !== null)).toBe(true);
  });

  test.each([
    [
      'a waived finding without waivers',
      '"waivers": {\n      "file": ".agentid-lint/waivers.yaml",\n      "entries": 3\n    }',
      '"waivers": null',
      'The finding is suppressed by a waiver, and the run looked at none.',
    ],
    [
      'a budget lowered',
      '"medium": 3,\n    "low": 1',
      '"high": 1,\n    "low": 2',
      'A reason for the exit code is findings at or above "high", or more findings than are allowed, and there are none.',
    ],
    [
      'more that is new than there is',
      '"added": 2',
      '"added": 3',
      'More findings are new or changed than the 3 that count.',
    ],
    [
      'more that is suppressed than there is',
      '"suppressed": 1,\n    "unsuppressed"',
      '"suppressed": 2,\n    "unsuppressed"',
      'More findings are newly suppressed than the 1 that are suppressed.',
    ],
  ])('%s', (_what, there, instead, message) => {
    const text = textOf('living');
    expect(text).toContain(there);
    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text.replace(there, instead))).toMatchObject([
      { code: 'results-contradictory', message },
    ]);
  });

  test.each([
    ['budgets', { maxFindings: { high: 0 } }, 'There are more findings of severity high than are allowed'],
    [
      'what the baseline does not know',
      { failOnNew: true, suppressions: { ...LOOKED_AT, baseline: { file: 'b', entries: 1 } } },
      'There are new findings',
    ],
  ])('a pass above findings that fail: %s', (_what, parts, words) => {
    const run = aFailingReport({ failOn: 'none', verdict: 'pass', exitCode: 0, exitReasons: [], ...parts });
    expect(problemsOf(json(run, { color: false }))).toMatchObject([
      { message: `${words}, and no reason for the exit code says so.` },
    ]);
  });

  test.each([
    [
      'a control that failed and is called passed',
      { status: 'passed' as const },
      {},
      'The control is called passed, and a rule of it failed.',
    ],
    [
      'a rule called passed with findings',
      {},
      { status: 'passed' as const },
      'The rule is called passed for the control, and has 1 findings that count.',
    ],
    [
      'resources that do not add up',
      {},
      { passed: 9 },
      'What the rule judged for the control does not add up.',
    ],
    [
      'suppressed findings that are not there',
      {},
      { suppressed: 2 },
      'The control has 2 suppressed findings of the rule, and the report 0.',
    ],
  ])('%s', (_what, control, rule, message) => {
    const said = { rule: NO_SPONSOR.id, status: 'failed' as const, source: 's', evaluated: 4, passed: 3 };
    const whole = { ...said, failed: 1, skipped: 0, suppressed: 0, reason: null };
    const controls = (of: object, at: object) => [
      { id: 'c', title: 't', url: null, status: 'failed' as const, ...of, rules: [{ ...whole, ...at }] },
    ];
    const framework = { id: 'f', title: 'F', url: null };
    const told = (of: object, at: object) =>
      problemsOf(
        json(aFailingReport({ framework: { ...framework, controls: controls(of, at) } }), { color: false }),
      );
    expect(told({}, {})).toEqual([]);
    expect(told(control, rule).map((problem) => problem.message)).toContain(message);
  });

  test('a pass above findings that fail', () => {
    const passed = { ...CASES['one']?.(), verdict: 'pass', exitCode: 0, exitReasons: [] } as const;
    expect(problemsOf(json({ ...aReport(), ...passed }, { color: false }))).toMatchObject([
      { message: 'There are findings at or above "high", and no reason for the exit code says so.' },
    ]);
  });

  test('reasons in another order, or of no code', () => {
    const reasons = (...codes: number[]) => ({
      ...aReport(),
      verdict: 'incomplete' as const,
      exitCode: codes[0] ?? 0,
      exitReasons: codes.map((code) => ({ code, reason: 'r' })),
    });
    const message = 'The reasons for the exit code are not known, or not worst first.';
    expect(problemsOf(json(reasons(4, 3), { color: false }))).toMatchObject([{ message }]);
    expect(problemsOf(json({ ...reasons(7), verdict: 'error' }, { color: false }))).toMatchObject([
      { message },
    ]);
    expect(problemsOf(json(reasons(4, 4), { color: false }))).toEqual([]);
  });
});

test('O01 texts of a report that attack the reader are no problem of the file', () => {
  expect(problemsOf(json(hostileReport(), { color: false }))).toEqual([]);
});

test('10,000 findings are read in a moment', () => {
  const [finding] = CASES['one']?.().findings ?? [];
  const findings = Array.from({ length: 10_000 }, () => finding).flatMap((each) => each ?? []);
  const text = json({ ...aReport(), ...CASES['one']?.(), findings }, { color: false });
  const started = performance.now();
  expect(problemsOf(text)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(4000);
});

function textOf(name: string): string {
  const report = CASES[name]?.();
  if (report === undefined) throw new Error(`there is no case ${name}`);
  return json(report, { color: false });
}

/** What is wrong with a text as the results of a run; nothing when it is taken. */
function problemsOf(text: string) {
  const results = readResults('results.json', text);
  const problems = results.ok ? [] : results.problems;
  return problems.map(({ code, message, hint, range }) => ({
    code,
    message,
    hint,
    at: range === null ? null : `${range.start.line}:${range.start.column}`,
  }));
}
