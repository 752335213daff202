import type { FactGroup, ResourceKind } from '../model/vocabulary.ts';
import type { Subject } from './subject.ts';
import type { PolicyError } from './policy-error.ts';
import type { Judgement, PolicyFinding } from './receipt.ts';
import type { Catalogue, RuleMetadata, RuleOutcome, SkippedSubjects } from './types.ts';

type Skip = { reason: SkippedSubjects['reason']; subjects: number; missing: Set<FactGroup> };

type Counts = {
  subjects: number;
  failing: number;
  skips: Map<string, Skip>;
  error: PolicyError | null;
  failed: number;
};

/** What came of a subject: findings, and the faults of the rules that could not judge it, by catalogue number. */
export type Judged = Judgement & { readonly faults: ReadonlyMap<number, PolicyError> };

/** Counts what happened to each rule, so that no silence can be read as a pass. */
export class OutcomeTally {
  readonly #rules: readonly RuleMetadata[];
  readonly #counts: readonly Counts[];
  readonly #byKind = new Map<ResourceKind, readonly number[]>();

  constructor(catalogue: Catalogue) {
    this.#rules = catalogue.rules;
    this.#counts = catalogue.rules.map(() => ({
      subjects: 0,
      failing: 0,
      skips: new Map(),
      error: null,
      failed: 0,
    }));
  }

  /** Catalogue numbers of the rules that apply to a kind. */
  rulesFor(kind: ResourceKind): readonly number[] {
    let numbers = this.#byKind.get(kind);
    if (numbers === undefined) {
      numbers = this.#rules.flatMap((rule, number) => (rule.appliesTo.includes(kind) ? [number] : []));
      this.#byKind.set(kind, numbers);
    }
    return numbers;
  }

  /**
   * Books one subject; `keep` gets each finding of a rule that was really asked.
   * @returns whether any rule judged it
   */
  add(
    subject: Subject,
    { findings, faults }: Judged,
    keep: (rule: string, finding: PolicyFinding) => void,
  ): boolean {
    const asked = new Set<number>();
    for (const number of this.rulesFor(subject.kind)) {
      const rule = this.#rules[number];
      const counts = this.#counts[number];
      if (rule === undefined || counts === undefined) continue;
      const skip = skipOf(rule, subject);
      const fault = faults.get(number);
      if (skip !== null) book(counts, skip);
      else if (fault !== undefined) {
        counts.error ??= fault;
        counts.failed += 1;
      } else {
        counts.subjects += 1;
        asked.add(number);
      }
    }
    const failing = new Set<number>();
    for (const finding of findings) {
      const rule = this.#rules[finding.rule];
      if (rule === undefined || !asked.has(finding.rule)) continue;
      failing.add(finding.rule);
      keep(rule.id, finding);
    }
    for (const number of failing) {
      const counts = this.#counts[number];
      if (counts !== undefined) counts.failing += 1;
    }
    return asked.size > 0;
  }

  outcomes(): readonly RuleOutcome[] {
    return this.#rules.map(({ id }, number) => outcomeOf(id, this.#counts[number]));
  }

  /** Every subject x every rule, by what happened. */
  pairs(subjects: readonly Subject[]): {
    evaluated: number;
    failed: number;
    notApplicable: number;
    skipped: number;
  } {
    const pairs = { evaluated: 0, failed: 0, notApplicable: 0, skipped: 0 };
    for (const { subjects: evaluated, failed, skips } of this.#counts) {
      pairs.evaluated += evaluated;
      pairs.failed += failed;
      for (const { subjects: skipped } of skips.values()) pairs.skipped += skipped;
    }
    for (const { kind } of subjects) pairs.notApplicable += this.#rules.length - this.rulesFor(kind).length;
    return pairs;
  }
}

/** Why a rule does not judge a subject that it applies to; `null` when it does. */
export function skipOf(
  rule: RuleMetadata,
  subject: Subject,
): { reason: SkippedSubjects['reason']; missing: readonly FactGroup[] } | null {
  if (subject.off.has(rule.id)) return { reason: 'off', missing: [] };
  const missing = rule.requires.filter((group) => subject.unknown[group] !== undefined);
  if (missing.length === 0) return null;
  // Facts that are kept elsewhere on purpose are no gap; facts that could not be read are.
  const reason = missing.some((group) => subject.unknown[group] === 'facts-missing')
    ? 'facts-missing'
    : 'declared-elsewhere';
  return { reason, missing };
}

function book(
  counts: Counts,
  { reason, missing }: { reason: SkippedSubjects['reason']; missing: readonly FactGroup[] },
): void {
  const skip = counts.skips.get(reason) ?? { reason, subjects: 0, missing: new Set() };
  skip.subjects += 1;
  for (const group of missing) skip.missing.add(group);
  counts.skips.set(reason, skip);
}

function outcomeOf(rule: string, counts: Counts | undefined): RuleOutcome {
  if (counts === undefined || (counts.subjects === 0 && counts.skips.size === 0 && counts.error === null)) {
    return { rule, status: 'skipped', reason: 'not-applicable' };
  }
  if (counts.error !== null) return { rule, status: 'failed', error: counts.error.message };
  const skipped = [...counts.skips.values()].sort(byWorst).map(({ reason, subjects, missing }) => ({
    reason,
    subjects,
    ...(missing.size > 0 ? { missing: [...missing].sort() } : {}),
  }));
  const [worst] = skipped;
  if (counts.subjects === 0 && worst !== undefined) {
    const { reason, missing } = worst;
    return { rule, status: 'skipped', reason, ...(missing === undefined ? {} : { missing }) };
  }
  const { subjects, failing } = counts;
  return { rule, status: 'evaluated', subjects, failing, ...(skipped.length > 0 ? { skipped } : {}) };
}

const WORST_FIRST: readonly SkippedSubjects['reason'][] = ['facts-missing', 'declared-elsewhere', 'off'];

function byWorst(a: Skip, b: Skip): number {
  return WORST_FIRST.indexOf(a.reason) - WORST_FIRST.indexOf(b.reason);
}
