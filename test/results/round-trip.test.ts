import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { json } from '../../src/reporters/json.ts';
import { loadReporter, REPORTERS, type ReporterName } from '../../src/reporters/index.ts';
import { readResults } from '../../src/results/read.ts';
import { CASES } from '../reporters/cases.ts';
import { arbitraryReport } from './arbitrary-report.ts';

const PLAIN = { color: false };
const NAMES = Object.keys(REPORTERS) as ReporterName[];
/** The gate of a schema stands before texts that are to be times. */
const CASES_OF_RUNS = Object.entries(CASES).filter(([name]) => name !== 'hostile-tenant');

describe.each(NAMES)('%s of a saved report is that of the run, byte for byte', async (name) => {
  const render = await loadReporter(name);

  test.each(CASES_OF_RUNS)('%s', (_name, make) => {
    const run = wellFormed(make());
    const saved = saveAndRead(run);
    for (const options of [PLAIN, { color: true }]) expect(render(saved, options)).toBe(render(run, options));
  });

  test('of any run', () => {
    fc.assert(
      fc.property(arbitraryReport(), fc.boolean(), (run, color) => {
        expect(render(saveAndRead(run), { color })).toBe(render(run, { color }));
      }),
      { numRuns: 50 },
    );
  });
});

test('nothing is lost on the way, whether a reporter uses it or not', () => {
  fc.assert(
    fc.property(arbitraryReport(), (run) => {
      expect(told(saveAndRead(run))).toEqual(told(run));
    }),
    { numRuns: 150 },
  );
});

test('numbers that rules give are told as they were', () => {
  const [finding] = CASES['one']?.().findings ?? [];
  if (finding === undefined) throw new Error('the case has a finding');
  const args = { big: 1e21, zero: -0, beyond: 2 ** 53 + 2, tiny: 5e-324 };
  const run = { ...(CASES['one']?.() as Report), findings: [{ ...finding, args }] };
  expect(saveAndRead(run).findings[0]?.args).toEqual({ ...args, zero: 0 });
});

function saveAndRead(report: Report): Report {
  const results = readResults('results.json', json(report, PLAIN));
  if (!results.ok) throw new Error(JSON.stringify(results.problems));
  return results.report;
}

/** As a run's report is: without half characters. */
function wellFormed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd')) as T;
}

/** A report without offsets, and without lists that mean the same when they are not there. */
function told(report: Report): unknown {
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) => {
      const isAbsent = ['skipped', 'missing', 'related'].includes(key) && (value as unknown[]).length === 0;
      return key === 'offset' || isAbsent ? undefined : value;
    }),
  );
}
