import { compareCodePoints } from '../documents/code-points.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { EvaluatedChunk, Totals } from '../policy/evaluate.ts';
import type { Pairs } from '../policy/outcomes.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import type { RawFinding } from '../policy/types.ts';

/** What the bundles of a run have found together in a chunk. */
export type JudgedChunk = Omit<EvaluatedChunk, 'judged'>;

/** What came of all chunks. */
export type RunTotals = Totals & {
  /** What broke of policies that are not ours, a sentence each. */
  readonly faults: readonly string[];
};

/** All that came of a run whose resources were judged together. */
export type RunEvaluation = JudgedChunk & RunTotals;

type With<T> = { readonly bundle: PolicyBundle; readonly result: T };

/** What all bundles have found in one chunk. */
export function mergeChunks(
  bundles: readonly PolicyBundle[],
  results: readonly EvaluatedChunk[],
): JudgedChunk {
  const [only] = results;
  const findings =
    only !== undefined && results.length === 1
      ? only.findings
      : bySubject(results.flatMap((one) => one.findings));
  return { findings, broken: brokenIn(paired(bundles, results)) };
}

/** The totals of all bundles as those of one. */
export function mergeTotals(bundles: readonly PolicyBundle[], totals: readonly Totals[]): RunTotals {
  const outcomes = totals.flatMap((total) => total.outcomes);
  const sum = (key: keyof Pairs) => totals.reduce((all, { pairs }) => all + pairs[key], 0);
  return {
    outcomes: outcomes.toSorted((a, b) => compareCodePoints(a.rule, b.rule)),
    pairs: {
      evaluated: sum('evaluated'),
      failed: sum('failed'),
      notApplicable: sum('notApplicable'),
      skipped: sum('skipped'),
    },
    faults: paired(bundles, totals).flatMap(faultsOf),
  };
}

function paired<T>(bundles: readonly PolicyBundle[], results: readonly T[]): readonly With<T>[] {
  return bundles.flatMap((bundle, index): readonly With<T>[] => {
    const result = results[index];
    return result === undefined ? [] : [{ bundle, result }];
  });
}

/** Resource by resource; the subjects of a chunk stand in the order of the run. */
function bySubject(findings: readonly RawFinding[]): readonly RawFinding[] {
  return findings.toSorted((a, b) => a.resource - b.resource);
}

/** A resource that breaks the built-in rules is at fault itself; one that breaks others may still have been judged. */
function brokenIn(all: readonly With<EvaluatedChunk>[]): ReadonlyMap<number, PolicyError> {
  const broken = new Map<number, PolicyError>();
  for (const { bundle, result } of all) {
    for (const [index, fault] of result.broken) {
      const isOurs = bundle.source.kind === 'built-in';
      if (isOurs || !all.some((other) => other.result.judged.has(index))) broken.set(index, fault);
    }
  }
  return broken;
}

/** More of one source say nothing new. */
const MOST_FAULTS = 3;

function faultsOf({ bundle, result }: With<Totals>): readonly string[] {
  if (bundle.source.kind === 'built-in') return [];
  const errors = result.outcomes.flatMap((outcome) => (outcome.status === 'failed' ? outcome.error : []));
  const distinct = [...new Set(errors)];
  const more = distinct.length - MOST_FAULTS;
  return more > 0
    ? [...distinct.slice(0, MOST_FAULTS), `${more} more policies (from ${bundle.source.name}) failed`]
    : distinct;
}
