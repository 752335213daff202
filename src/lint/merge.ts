import { compareCodePoints } from '../documents/code-points.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { Evaluation } from '../policy/evaluate.ts';
import type { PolicyError } from '../policy/policy-error.ts';
import type { Subject } from '../policy/subject.ts';
import type { RawFinding } from '../policy/types.ts';

/** What the bundles of a run have found together. */
export type RunEvaluation = Omit<Evaluation, 'judged'> & {
  /** What broke of policies that are not ours, a sentence each. */
  readonly faults: readonly string[];
};

type Judged = { readonly bundle: PolicyBundle; readonly evaluation: Evaluation };

/** The evaluations of all bundles, which stand in one order, as one. */
export function mergeEvaluations(
  bundles: readonly PolicyBundle[],
  evaluations: readonly Evaluation[],
  subjects: readonly Subject[],
): RunEvaluation {
  const all = bundles.flatMap((bundle, index): readonly Judged[] => {
    const evaluation = evaluations[index];
    return evaluation === undefined ? [] : [{ bundle, evaluation }];
  });
  const outcomes = evaluations.flatMap((evaluation) => evaluation.outcomes);
  const sum = (key: keyof Evaluation['pairs']) =>
    evaluations.reduce((total, { pairs }) => total + pairs[key], 0);
  return {
    findings: bySubject(
      evaluations.map(({ findings }) => findings),
      subjects,
    ),
    outcomes: outcomes.toSorted((a, b) => compareCodePoints(a.rule, b.rule)),
    broken: brokenIn(all),
    pairs: {
      evaluated: sum('evaluated'),
      failed: sum('failed'),
      notApplicable: sum('notApplicable'),
      skipped: sum('skipped'),
    },
    faults: all.flatMap(faultsOf),
  };
}

/** Findings resource by resource in the order that they were judged in, which is the same for each bundle. */
function bySubject(
  findings: readonly (readonly RawFinding[])[],
  subjects: readonly Subject[],
): readonly RawFinding[] {
  const [only = []] = findings;
  if (findings.length <= 1) return only;
  const kinds = [...new Set(subjects.map(({ kind }) => kind))];
  const rank = ({ resource }: RawFinding) => {
    const kind = subjects[resource]?.kind;
    return kind === undefined ? -1 : kinds.indexOf(kind);
  };
  return findings.flat().toSorted((a, b) => rank(a) - rank(b) || a.resource - b.resource);
}

/** A resource that breaks the built-in rules is at fault itself; one that breaks others may still have been judged. */
function brokenIn(all: readonly Judged[]): ReadonlyMap<number, PolicyError> {
  const broken = new Map<number, PolicyError>();
  for (const { bundle, evaluation } of all) {
    for (const [index, fault] of evaluation.broken) {
      const isOurs = bundle.source.kind === 'built-in';
      if (isOurs || !all.some((other) => other.evaluation.judged.has(index))) broken.set(index, fault);
    }
  }
  return broken;
}

/** More of one source say nothing new. */
const MOST_FAULTS = 3;

function faultsOf({ bundle, evaluation }: Judged): readonly string[] {
  if (bundle.source.kind === 'built-in') return [];
  const errors = evaluation.outcomes.flatMap((outcome) => (outcome.status === 'failed' ? outcome.error : []));
  const distinct = [...new Set(errors)];
  const more = distinct.length - MOST_FAULTS;
  return more > 0
    ? [...distinct.slice(0, MOST_FAULTS), `${more} more policies (from ${bundle.source.name}) failed`]
    : distinct;
}
