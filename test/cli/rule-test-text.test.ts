import { describe, expect, test } from 'vitest';
import { ruleTestText, type TestReport } from '../../src/cli/rule-test-text.ts';
import { parseThreshold } from '../../src/rules/test/threshold.ts';
import type {
  FileCoverage,
  Place,
  RuleTest,
  TestedExample,
  TestedFolder,
} from '../../src/rules/test/types.ts';
import { verdictOf } from '../../src/rules/test/verdict.ts';

const HOSTILE = '\u001b[31m::error::##[error]\u202e\n::error::x';

const place = (text: string, uri = `rules/${text}.rego`): Place => ({
  uri,
  range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 3, offset: 2 } },
  snippet: [{ number: 1, text }],
});

function ruleTest(changes: Partial<RuleTest> = {}): RuleTest {
  return {
    subject: 'a/b',
    package: 'agentid.a.b_test',
    name: 'test_x',
    place: place('a'),
    outcome: 'pass',
    opa: { kind: 'pass' },
    wasm: { kind: 'pass' },
    differs: false,
    cases: [],
    failure: null,
    output: '',
    ...changes,
  };
}

function folder(changes: Partial<TestedFolder>): TestedFolder {
  return { name: './rules', problems: [], tests: [], examples: [], coverage: null, ...changes };
}

type Options = Partial<TestReport> & { readonly percent?: string };

function text(folders: readonly TestedFolder[], { percent, ...options }: Options = {}): string {
  const threshold = percent === undefined ? null : parseThreshold(percent);
  const verdict = verdictOf(folders, threshold);
  const report = { folders, verdict, wantsCoverage: false, threshold, pattern: null, ...options };
  return ruleTestText(report, { color: false, columns: 80 });
}

const FAILED = { outcome: 'fail', opa: { kind: 'fail' }, wasm: { kind: 'fail' } } as const;
const EXAMPLE: TestedExample = {
  id: 'a/b',
  name: 'No tags',
  place: place('a'),
  outcome: 'pass',
  problems: [],
  difference: null,
};

describe('the last line', () => {
  test('counts tests, examples and coverage', () => {
    const coverage: readonly FileCoverage[] = [
      { uri: 'a.rego', covered: 36, total: 37, uncovered: [[4, 4]] },
    ];
    const tests = [ruleTest(), ruleTest(), ruleTest({ outcome: 'skip', opa: null, wasm: null })];
    expect(
      text([folder({ tests, examples: [EXAMPLE], coverage })])
        .split('\n')
        .slice(-2),
    ).toEqual(['2 tests passed, 1 skipped in OPA and in WebAssembly · 1 example · coverage 97.29 %', '']);
  });

  test('tells a threshold that is missed without rounding', () => {
    const coverage: readonly FileCoverage[] = [
      { uri: 'a.rego', covered: 9_999, total: 10_000, uncovered: [] },
    ];
    expect(text([folder({ tests: [ruleTest()], coverage })], { percent: '100' })).toBe(
      '1 test passed in OPA and in WebAssembly · coverage 99.99 % < 100 %\n',
    );
  });

  test('adds folders up, and names those that nothing was found in', () => {
    const one = folder({ tests: [ruleTest()] });
    expect(text([one, one])).toBe('2 tests passed in OPA and in WebAssembly\n');
    expect(text([folder({}), folder({ name: './more' })])).toBe('./rules, ./more: no test and no example\n');
    expect(text([folder({})], { pattern: 'x' })).toBe('./rules: nothing fits --run x\n');
  });
});

test('coverage is a line a file, with the lines that are not covered', () => {
  const coverage: readonly FileCoverage[] = [
    {
      uri: 'rules/a.rego',
      covered: 8,
      total: 10,
      uncovered: [
        [4, 4],
        [7, 9],
      ],
    },
    { uri: 'rules/lib/b.rego', covered: 100, total: 100, uncovered: [] },
  ];
  const lines = text([folder({ tests: [ruleTest()], coverage })], { wantsCoverage: true }).split('\n');
  expect(lines.slice(0, 5)).toEqual([
    'coverage            lines        %  not covered',
    'rules/a.rego         8/10     80 %  4, 7-9',
    'rules/lib/b.rego  100/100    100 %',
    'all files         108/110  98.18 %',
    '',
  ]);
});

test('coverage that an executable does not give is not passed over', () => {
  expect(text([folder({ tests: [ruleTest(FAILED)] })], { wantsCoverage: true })).toContain(
    'There is no coverage: an opa executable gives none while tests fail.\n',
  );
});

test('a long line of a test is cut, and so is what it prints', () => {
  const failure = {
    place: place('x'.repeat(5_000), 'a.rego'),
    expected: null,
    got: 'y'.repeat(5_000),
    variables: {},
  };
  const shown = text([folder({ tests: [ruleTest({ ...FAILED, failure, output: 'z\n'.repeat(100) })] })]);
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThan(400);
  expect(shown).toContain('… 80 more lines');
});

test('O03 nothing of own rules commands a terminal or a CI log', () => {
  const failure = {
    place: place(HOSTILE),
    expected: JSON.stringify(HOSTILE),
    got: `["${HOSTILE}"]`,
    variables: { [HOSTILE]: HOSTILE },
  };
  const wrong = { kind: 'error', message: HOSTILE, place: place(HOSTILE) } as const;
  const problem = { code: HOSTILE, message: HOSTILE, uri: HOSTILE, range: null, snippet: [] };
  const tests = [
    ruleTest({
      ...FAILED,
      name: HOSTILE,
      failure,
      output: HOSTILE,
      cases: [{ name: HOSTILE, opa: 'fail', wasm: 'pass' }],
    }),
    ruleTest({ ...FAILED, failure, differs: true, cases: [{ name: HOSTILE, opa: 'fail', wasm: 'pass' }] }),
    ruleTest({ ...FAILED, opa: wrong, wasm: wrong, differs: true }),
    ruleTest({ ...FAILED, wasm: { kind: 'fail', value: HOSTILE } }),
    ruleTest({ ...FAILED, opa: wrong, wasm: { kind: 'not-compiled', problem } }),
    ruleTest({ outcome: 'skip', opa: null, wasm: null, name: HOSTILE, place: place(HOSTILE) }),
  ];
  const finding = { path: [HOSTILE], args: { [HOSTILE]: HOSTILE } };
  const examples: readonly TestedExample[] = [
    {
      ...EXAMPLE,
      name: HOSTILE,
      outcome: 'fail',
      problems: [HOSTILE],
      difference: { expected: [finding], got: [finding, finding] },
    },
  ];
  const coverage = [{ uri: HOSTILE, covered: 1, total: 2, uncovered: [] }];
  for (const report of [
    text([folder({ name: HOSTILE, tests, examples, coverage })], { wantsCoverage: true, pattern: HOSTILE }),
    text([folder({ name: HOSTILE, problems: [problem] })]),
    text([folder({ name: HOSTILE })], { pattern: HOSTILE }),
  ]) {
    // eslint wants no control characters in patterns, so they are counted.
    const seen = [...report].filter((character) => character < ' ' && character !== '\n');
    expect(seen).toEqual([]);
    expect(report).not.toMatch(/\u202e|^\s*::|##\[/m);
  }
});
