import { expect, test } from 'vitest';
import { compact } from '../../src/reporters/compact.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { aReport, SECRET } from './report-builder.ts';

test.each([
  [
    'the gate says why',
    { exitReasons: [{ code: 4, reason: 'the snapshot is cut off' }] },
    'incomplete: the snapshot is cut off; this is not the whole answer',
  ],
  [
    'the gate only says that it is',
    { verdict: 'incomplete' },
    'incomplete: not everything could be judged; this is not the whole answer',
  ],
  [
    'single evaluations failed',
    { ledger: { evaluations: { failed: 2 } } },
    'incomplete: 2 evaluations failed; this is not the whole answer',
  ],
  [
    'a rule lacks facts for some resources',
    {
      outcomes: [
        {
          rule: SECRET.id,
          status: 'evaluated',
          subjects: 3,
          failing: 0,
          skipped: [{ reason: 'facts-missing', subjects: 1, missing: ['owners'] }],
        },
      ],
    },
    'incomplete: 1 rule lacks facts; this is not the whole answer',
  ],
] as const)('U3 the first line tells that a run is incomplete when %s', (_when, parts, expected) => {
  for (const reporter of [pretty, compact]) {
    expect(reporter(aReport(parts), { color: false }).split('\n')[0]).toBe(expected);
  }
});

test('a threshold of none is told as such', () => {
  expect(pretty(aReport({ failOn: 'none' }), { color: false })).toContain(
    'passed: findings do not fail this run (exit 0)\n',
  );
});
