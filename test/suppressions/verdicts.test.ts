import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { entriesOf, writeBaseline } from '../../src/suppressions/baseline.ts';
import { readBaseline } from '../../src/suppressions/read-baseline.ts';
import type { Baseline, SuppressionSources } from '../../src/suppressions/types.ts';
import { lintFiles } from '../support/lint-files.ts';
import { blueprintWith, someViolations, style, VIOLATIONS, written, type Style } from './violations.ts';

const RUNS = { numRuns: 25 };
const PLAIN: Style = { language: 'yaml', indent: 2, reversed: false, comment: null, folder: 'agents' };

function sources(baseline: Baseline | null): SuppressionSources {
  return {
    waivers: null,
    baseline,
    inline: true,
    policy: { maxDays: null, requireApprover: false, warnBeforeDays: 14 },
  };
}

function baselineOf({ findings }: Report): Baseline {
  const read = readBaseline('.agentid-lint/baseline.ndjson', writeBaseline(entriesOf(findings, '')), '');
  if (!read.ok) throw new Error('what was just written can be read');
  return read.baseline;
}

const counting = ({ findings }: Report) => findings.filter(({ suppressed }) => suppressed === null);

describe('under a baseline of everything', () => {
  test('no edit that leaves rule, object and value alone changes the verdict', async () => {
    await fc.assert(
      fc.asyncProperty(someViolations, style, style, async (violations, before, after) => {
        const blueprint = blueprintWith(violations, 'lf-test-prd');
        const first = await lintFiles(written(blueprint, before));
        const request = { suppressions: sources(baselineOf(first)), failOnNew: true };
        const again = await lintFiles(written(blueprint, after), request);
        expect(counting(again)).toEqual([]);
        expect(again.suppressions.notices).toEqual([]);
        expect(again).toMatchObject({ verdict: 'pass', exitCode: 0 });
        expect(again.findings).toHaveLength(first.findings.length);
      }),
      RUNS,
    );
  });

  test('whatever is added is reported, also when something else of the same rule is gone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...VIOLATIONS], { minLength: 1 }),
        fc.nat(),
        someViolations,
        style,
        async (shuffled, kept, others, after) => {
          const [added, ...rest] = shuffled;
          if (added === undefined) return;
          const old = [...new Set([...rest, ...others])].filter((each) => each !== added);
          const first = await lintFiles(written(blueprintWith(old, 'lf-test-prd'), PLAIN));
          const remaining = old.slice(0, kept % (old.length + 1));
          const files = written(blueprintWith([...remaining, added], 'lf-test-prd'), after);
          const request = { suppressions: sources(baselineOf(first)), failOnNew: true };
          const again = await lintFiles(files, request);
          const news = counting(again);
          expect(
            news.filter(
              ({ rule, args }) =>
                rule === added.rule && JSON.stringify(args).includes(JSON.stringify(added.mentions)),
            ),
          ).toHaveLength(1);
          expect(again.exitCode).toBe(1);
        },
      ),
      RUNS,
    );
  });
});

describe('what is left of a baseline', () => {
  test('never keeps more from counting than all of it did', async () => {
    const report = await lintFiles(written(blueprintWith(VIOLATIONS, 'lf-test-prd'), PLAIN));
    const other = await lintFiles(written(blueprintWith(VIOLATIONS.slice(0, 6), 'lf-other-prd'), PLAIN));
    const text = writeBaseline(entriesOf(report.findings, ''));
    const known = new Set(report.findings.map(({ fingerprint }) => fingerprint));
    fc.assert(
      fc.property(damage(text), (damaged) => {
        const read = readBaseline('baseline.ndjson', damaged, '');
        if (!read.ok) {
          expect(read.problems.length).toBeGreaterThan(0);
          return;
        }
        for (const { fingerprint } of other.findings)
          expect(read.baseline.entries.has(fingerprint)).toBe(false);
        const changed = [...read.baseline.entries.keys()].filter((fingerprint) => !known.has(fingerprint));
        expect(changed.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** A text from which something was lost, or in which something else stands. */
function damage(text: string) {
  const place = fc.integer({ min: 0, max: text.length });
  const character = fc.constantFrom('0', 'a', '"', ',', '}', '\n', ' ', '\u0000');
  return fc.oneof(
    place.map((end) => text.slice(0, end)),
    place.map((start) => text.slice(start)),
    fc
      .tuple(place, place)
      .map(([one, other]) => text.slice(0, Math.min(one, other)) + text.slice(Math.max(one, other))),
    fc.tuple(place, character).map(([at, other]) => text.slice(0, at) + other + text.slice(at + 1)),
    fc.tuple(place, character).map(([at, more]) => text.slice(0, at) + more + text.slice(at)),
  );
}
