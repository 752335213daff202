import { describe, expect, test } from 'vitest';
import { EXIT_CODES, judgeRun, reaches, withReason, type GateInput } from '../../src/findings/gate.ts';
import type { FailOn, MaxFindings, Report } from '../../src/findings/report.ts';
import { SEVERITIES, type Severity } from '../../src/model/vocabulary.ts';

const GOOD: GateInput = {
  failOn: 'high',
  maxFindings: {},
  severities: [],
  unknown: 0,
  mistakes: [],
  gaps: [],
  faults: [],
  empty: null,
  allowEmpty: false,
  allowIncomplete: false,
};

/** What can go wrong, worst first, and the code and words of each. */
const TROUBLES = [
  { part: { faults: ['a rule broke'] }, code: 10, reason: 'a rule broke' },
  { part: { mistakes: ['two waivers overlap'] }, code: 2, reason: 'two waivers overlap' },
  { part: { empty: 'no manifest was found' }, code: 3, reason: 'no manifest was found' },
  { part: { severities: ['low', 'critical'] }, code: 1, reason: 'findings at or above "high"' },
  { part: { gaps: ['2 files were not read'] }, code: 4, reason: '2 files were not read' },
] as const satisfies readonly { part: Partial<GateInput>; code: number; reason: string }[];

const VERDICTS = new Map([
  [0, 'pass'],
  [1, 'fail'],
  [2, 'error'],
  [3, 'error'],
  [4, 'incomplete'],
  [10, 'error'],
]);

test('when everything was judged and nothing found, the run passes', () => {
  expect(judgeRun(GOOD)).toEqual({ verdict: 'pass', exitCode: 0, exitReasons: [] });
});

describe('every combination of troubles', () => {
  const combinations = Array.from({ length: 2 ** TROUBLES.length }, (_, bits) =>
    TROUBLES.filter((_trouble, place) => (bits & (1 << place)) !== 0),
  );

  test.each(
    combinations.map(
      (troubles) => [troubles.map(({ code }) => code).join(' > ') || 'none', troubles] as const,
    ),
  )('uses the worst code and names all: %s', (_, troubles) => {
    const input = troubles.reduce<GateInput>((all, { part }) => ({ ...all, ...part }), GOOD);
    const exitCode = troubles[0]?.code ?? 0;
    expect(judgeRun(input)).toEqual({
      verdict: VERDICTS.get(exitCode),
      exitCode,
      exitReasons: troubles.map(({ code, reason }) => ({ code, reason })),
    });
  });

  test.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])(
    'is let through only where that was asked for: empty %s, incomplete %s',
    (allowEmpty, allowIncomplete) => {
      for (const troubles of combinations) {
        const input = troubles.reduce<GateInput>((all, { part }) => ({ ...all, ...part }), GOOD);
        const left = troubles.filter(
          ({ code }) => !(code === 3 && allowEmpty) && !(code === 4 && allowIncomplete),
        );
        const { exitCode, exitReasons } = judgeRun({ ...input, allowEmpty, allowIncomplete });
        expect(exitReasons.map(({ code }) => code)).toEqual(left.map(({ code }) => code));
        expect(exitCode).toBe(left[0]?.code ?? 0);
      }
    },
  );
});

test('reasons with one code keep their order', () => {
  const { exitReasons } = judgeRun({ ...GOOD, gaps: ['b', 'a'], faults: ['d', 'c'] });
  expect(exitReasons.map(({ reason }) => reason)).toEqual(['d', 'c', 'b', 'a']);
});

test('the codes are listed worst first: 10 > 2 > 5 > 3 > 1 > 4 > 0', () => {
  expect(EXIT_CODES.map(({ code }) => code)).toEqual([10, 2, 5, 3, 1, 4, 0]);
});

describe('a threshold', () => {
  const thresholds: readonly FailOn[] = [...SEVERITIES, 'none'];
  const table: Readonly<Record<FailOn, readonly Severity[]>> = {
    critical: ['critical'],
    high: ['critical', 'high'],
    medium: ['critical', 'high', 'medium'],
    low: ['critical', 'high', 'medium', 'low'],
    info: ['critical', 'high', 'medium', 'low', 'info'],
    none: [],
  };

  test.each(thresholds)('of %s is reached by what is at least as bad', (failOn) => {
    expect(SEVERITIES.filter((severity) => reaches(severity, failOn))).toEqual(table[failOn]);
    for (const severity of SEVERITIES) {
      const fails = table[failOn].includes(severity);
      const expected = fails
        ? {
            verdict: 'fail',
            exitCode: 1,
            exitReasons: [{ code: 1, reason: `findings at or above "${failOn}"` }],
          }
        : { verdict: 'pass', exitCode: 0, exitReasons: [] };
      expect(judgeRun({ ...GOOD, failOn, severities: [severity] })).toEqual(expected);
    }
  });
});

describe('a budget', () => {
  const judged = (severities: readonly Severity[], maxFindings: MaxFindings, failOn: FailOn = 'high') =>
    judgeRun({ ...GOOD, failOn, severities, maxFindings }).exitReasons;

  test('is not used up by as many findings, whatever the threshold says', () => {
    expect(judged(['high', 'high', 'high'], { high: 3 })).toEqual([]);
    expect(judged(['low'], { low: 1 }, 'info')).toEqual([]);
    expect(judged([], { critical: 0 })).toEqual([]);
  });

  test('fails the run with one finding more, even below the threshold', () => {
    expect(judged(['high', 'high', 'high', 'high'], { high: 3 })).toEqual([
      { code: 1, reason: '4 findings of severity high, at most 3 allowed' },
    ]);
    expect(judged(['low'], { low: 0 }, 'none')).toEqual([
      { code: 1, reason: '1 finding of severity low, at most 0 allowed' },
    ]);
  });

  test('is for exactly its severity: the threshold judges the others', () => {
    expect(judged(['critical', 'high'], { high: 3 })).toEqual([
      { code: 1, reason: 'findings at or above "high"' },
    ]);
    expect(judged(['critical', 'high', 'medium', 'medium'], { medium: 1, high: 0 })).toEqual([
      { code: 1, reason: 'findings at or above "high"' },
      { code: 1, reason: '1 finding of severity high, at most 0 allowed' },
      { code: 1, reason: '2 findings of severity medium, at most 1 allowed' },
    ]);
  });
});

test('findings that the baseline does not know fail the run, whatever their severity', () => {
  const unknown = (number: number, severities: readonly Severity[]) =>
    judgeRun({ ...GOOD, failOn: 'none', severities, unknown: number });
  expect(unknown(0, ['info'])).toEqual({ verdict: 'pass', exitCode: 0, exitReasons: [] });
  expect(unknown(1, ['info'])).toEqual({
    verdict: 'fail',
    exitCode: 1,
    exitReasons: [{ code: 1, reason: '1 finding that the baseline does not know' }],
  });
  expect(unknown(2, ['info', 'low']).exitReasons).toEqual([
    { code: 1, reason: '2 findings that the baseline does not know' },
  ]);
});

describe('one more reason', () => {
  const ended = (...exitReasons: Report['exitReasons']) => {
    const exitCode = exitReasons[0]?.code ?? 0;
    return { now: 'kept', verdict: 'fail', exitCode, exitReasons } as unknown as Report;
  };
  const found = { code: 1, reason: 'findings' };
  const gap = { code: 4, reason: 'a gap' };
  const strict = { code: 2, reason: 'strict' };

  test('makes a report end worse, and leaves the rest of it alone', () => {
    expect(withReason(ended(), gap)).toEqual({
      now: 'kept',
      verdict: 'incomplete',
      exitCode: 4,
      exitReasons: [gap],
    });
    expect(withReason(ended(found, gap), strict)).toEqual({
      now: 'kept',
      verdict: 'error',
      exitCode: 2,
      exitReasons: [strict, found, gap],
    });
  });

  test('never makes a report end better', () => {
    expect(withReason(ended(found), gap)).toMatchObject({
      verdict: 'fail',
      exitCode: 1,
      exitReasons: [found, gap],
    });
  });

  test('comes after others of its code, and replaces the reason of a pass', () => {
    const another = { code: 1, reason: 'another' };
    expect(withReason(ended(found), another).exitReasons).toEqual([found, another]);
    expect(withReason(ended({ code: 0, reason: 'all is well' }), another).exitReasons).toEqual([another]);
  });
});
