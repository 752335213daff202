import { describe, expect, test } from 'vitest';
import { trendOf, type Trend } from '../../src/history/trend.ts';
import type { HistoryFile } from '../../src/history/types.ts';
import { aRun, day, fingerprintOf, found, historyOf, suppressedBy, withRun } from './builders.ts';

function told(files: readonly HistoryFile[], since: string | null = null): Trend {
  return trendOf(files, { version: '0.1.0', source: 'files', since });
}

const time = (trend: Trend, severity: string) => trend.timeToFix.find((each) => each.severity === severity);

describe('time to fix', () => {
  test('runs from the first run with a finding to the first without', () => {
    const files = historyOf([
      aRun(day(1), 'ab', [found('a')]),
      aRun(day(2), 'ab', [found('a'), found('b')]),
      aRun(day(5), 'ab', [found('b')]),
      aRun(day(7), 'ab', []),
    ]);
    expect(time(told(files), 'high')).toEqual({
      severity: 'high',
      fixed: 2,
      meanDays: 4.5,
      open: 0,
      meanAgeDays: null,
    });
  });

  test('is null, not zero, where nothing was fixed, and what is open is told by its age', () => {
    const files = historyOf([aRun(day(1), 'a', [found('a')]), aRun(day(5), 'a', [found('a')])]);
    expect(told(files).timeToFix.map(({ severity, ...rest }) => [severity, ...Object.values(rest)])).toEqual([
      ['critical', 0, null, 0, null],
      ['high', 0, null, 1, 4],
      ['medium', 0, null, 0, null],
      ['low', 0, null, 0, null],
      ['info', 0, null, 0, null],
    ]);
  });

  test('does not end when a finding is suppressed or cannot be judged', () => {
    const torn = {
      problems: [{ code: 'x', message: 'x', uri: 'a.yaml', range: null }],
      ledger: { inputs: { failed: 1 } },
    };
    const files = historyOf([
      aRun(day(1), 'a', [found('a')]),
      aRun(day(2), 'a', [found('a', { suppressed: suppressedBy('waiver') })]),
      aRun(day(3), '', [], torn),
      aRun(day(9), 'a', []),
    ]);
    expect(time(told(files), 'high')).toMatchObject({ fixed: 1, meanDays: 8 });
    expect(time(told(files.slice(0, 3)), 'high')).toMatchObject({ fixed: 0, meanDays: null, open: 0 });
  });

  test.each([
    ['baseline', { fixed: 1, meanDays: 8 }],
    ['waiver', { fixed: 1, meanDays: 8 }],
    ['exemption', { fixed: 0, meanDays: null }],
  ] as const)('is told of what was accepted by a %s as long as it was there', (kind, expected) => {
    const known = found('a', { suppressed: suppressedBy(kind) });
    const files = historyOf([aRun(day(1), 'a', [known]), aRun(day(9), 'a', [])]);
    expect(time(told(files), 'high')).toMatchObject(expected);
  });

  test('begins anew when a finding comes back', () => {
    const files = historyOf(
      [1, 3, 7, 8].map((number, index) => aRun(day(number), 'a', index % 2 === 0 ? [found('a')] : [])),
    );
    expect(time(told(files), 'high')).toMatchObject({ fixed: 2, meanDays: 1.5 });
  });

  test('goes on under a new name of the rule', () => {
    const renamed = found('b', { formerFingerprints: [fingerprintOf('a')] });
    const files = historyOf([aRun(day(1), 'a', [found('a')]), aRun(day(3), 'b', [renamed])]);
    expect(told(files).oldest).toMatchObject([{ fingerprint: fingerprintOf('b'), since: day(1), days: 2 }]);
    expect(time(told(withRun(files, aRun(day(6), 'b', []))), 'high')).toMatchObject({
      fixed: 1,
      meanDays: 5,
    });
  });

  test('is told of the runs that are told of', () => {
    const files = historyOf([
      aRun(day(1), 'ab', [found('a'), found('b')]),
      aRun(day(3), 'ab', [found('b')]),
      aRun(day(11), 'ab', []),
    ]);
    expect(time(told(files, day(5)), 'high')).toMatchObject({ fixed: 1, meanDays: 10 });
    expect(told(files, day(5)).runs.map(({ now }) => now)).toEqual([day(11)]);
  });
});

test('what could not be judged stays in the numbers', () => {
  const torn = {
    problems: [{ code: 'x', message: 'x', uri: 'a.yaml', range: null }],
    ledger: { inputs: { failed: 1 } },
  };
  const files = historyOf([aRun(day(1), 'ab', [found('a')]), aRun(day(2), 'b', [], torn)]);
  expect(told(files).runs).toMatchObject([
    { findings: { high: 1 }, unknown: 0, incomplete: false },
    { findings: { high: 1 }, unknown: 1, incomplete: true },
  ]);
  expect(told(files).oldest).toMatchObject([{ state: 'unknown', since: day(1), days: 1 }]);
});

test('a run of a part changes nothing else', () => {
  const files = withRun(historyOf([aRun(day(1), 'ab', [found('a'), found('b')])]), aRun(day(2), 'a', []), {
    partial: true,
    covers: (file) => file === 'a.yaml',
  });
  expect(told(files).runs[1]).toMatchObject({ findings: { high: 1 }, partial: true, expired: null });
});

test('what suppresses findings is counted by its kind, and what has expired with it', () => {
  const waived = found('a', { suppressed: suppressedBy('waiver') });
  const back = found('a', { expired: suppressedBy('waiver') });
  const files = historyOf([
    aRun(day(1), 'ab', [waived, found('b', { suppressed: suppressedBy('baseline') })]),
    aRun(day(2), 'ab', [back]),
  ]);
  expect(told(files).runs).toMatchObject([
    { suppressed: { waiver: 1, inline: 0, baseline: 1, exemption: 0 }, expired: 0 },
    { suppressed: { waiver: 0, inline: 0, baseline: 0, exemption: 0 }, expired: 1, findings: { high: 1 } },
  ]);
});

test('no runs have nothing to tell', () => {
  expect(trendOf([], { version: '0.1.0', source: null, since: null })).toMatchObject({
    runs: [],
    oldest: [],
  });
});
