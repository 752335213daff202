import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { runsOf, statesAfter } from '../../src/history/fold.ts';
import { trendOf } from '../../src/history/trend.ts';
import { newFile } from '../../src/history/run.ts';
import { parseHistoryFile } from '../../src/history/parse.ts';
import type { HistoryFile } from '../../src/history/types.ts';
import { aRun, day, found, historyOf, suppressedBy, WHOLE } from './builders.ts';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];
const anyState = fc.constantFrom('none', 'open', 'waiver', 'baseline');
/** Runs of everything, one a day. */
const anyReports = fc
  .array(fc.tuple(...LETTERS.map(() => anyState)), { minLength: 1, maxLength: 12 })
  .map((runs) => runs.map((states, index) => reportOf(day(index + 1), states)));

function reportOf(now: string, states: readonly string[]): Report {
  const findings = states.flatMap((state, index) => {
    const letter = LETTERS[index] ?? '';
    if (state === 'none') return [];
    return [
      found(letter, {
        suppressed: state === 'open' ? null : suppressedBy(state === 'waiver' ? state : 'baseline'),
      }),
    ];
  });
  return aRun(now, LETTERS.join(''), findings);
}

/** Every finding and whether it counts, in one order. */
function told(files: readonly HistoryFile[]): readonly string[] {
  return [...statesAfter(runsOf(files, 'files')).values()]
    .map(({ fingerprint, state, kind }) => `${fingerprint} ${kind ?? state}`)
    .sort();
}

test('whatever runs there were, what all files say in the end is what the last run found', () => {
  fc.assert(
    fc.property(anyReports, (reports) => {
      const expected = (reports.at(-1)?.findings ?? []).map(
        ({ fingerprint, suppressed }) => `${fingerprint} ${suppressed?.kind ?? 'open'}`,
      );
      expect(told(historyOf(reports))).toEqual(expected.sort());
    }),
    { numRuns: 200 },
  );
});

test('the order in which files are read does not matter', () => {
  fc.assert(
    fc.property(
      anyReports.chain((reports) =>
        fc.tuple(
          fc.constant(reports),
          fc.shuffledSubarray([...reports.keys()], { minLength: reports.length }),
        ),
      ),
      ([reports, order]) => {
        const files = historyOf(reports);
        const shuffled = order.flatMap((index) => files[index] ?? []);
        const options = { version: '1', source: 'files', since: null };
        expect(trendOf(shuffled, options)).toEqual(trendOf(files, options));
        const next = aRun(day(29), 'abc', [found('a')]);
        expect(newFile(next, shuffled, WHOLE)).toEqual(newFile(next, files, WHOLE));
      },
    ),
    { numRuns: 100 },
  );
});

test('branches that both kept runs are put right by the next run after their merge', () => {
  const base = historyOf([aRun(day(1), 'ab', [found('a'), found('b')])]);
  const read = (report: Report) => {
    const { name, text } = newFile(report, base, WHOLE);
    const parsed = parseHistoryFile(name, name, text);
    return parsed.ok ? [parsed.file] : [];
  };
  const one = read(aRun(day(2), 'ab', [found('b')]));
  const other = read(aRun(day(3), 'abc', [found('a'), found('b'), found('c')]));
  const merged = [...base, ...one, ...other];
  const { name, text } = newFile(aRun(day(4), 'abc', [found('b'), found('c')]), merged, WHOLE);
  const last = parseHistoryFile(name, name, text);
  expect(told([...merged, ...(last.ok ? [last.file] : [])])).toEqual([
    'v1:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb open',
    'v1:cccccccccccccccccccccccccccccccc open',
  ]);
});
