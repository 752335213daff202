import { describe, expect, test } from 'vitest';
import { EXIT_CODES, judgeRun, reaches, type GateInput } from '../../src/findings/gate.ts';
import type { FailOn } from '../../src/findings/report.ts';
import { SEVERITIES, type Severity } from '../../src/model/vocabulary.ts';

const GOOD: GateInput = {
  failOn: 'high',
  severities: [],
  gaps: [],
  faults: [],
  empty: null,
  allowEmpty: false,
  allowIncomplete: false,
};

/** What can go wrong, worst first, and the code and words of each. */
const TROUBLES = [
  { part: { faults: ['a rule broke'] }, code: 10, reason: 'a rule broke' },
  { part: { empty: 'no manifest was found' }, code: 3, reason: 'no manifest was found' },
  { part: { severities: ['low', 'critical'] }, code: 1, reason: 'findings at or above "high"' },
  { part: { gaps: ['2 files were not read'] }, code: 4, reason: '2 files were not read' },
] as const satisfies readonly { part: Partial<GateInput>; code: number; reason: string }[];

const VERDICTS = new Map([
  [0, 'pass'],
  [1, 'fail'],
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
