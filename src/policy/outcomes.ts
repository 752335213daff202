import type { UnknownReason } from '../model/resource.ts';
import type { FactGroup } from '../model/vocabulary.ts';
import type { Subject } from './subject.ts';
import type { PolicyError } from './policy-error.ts';
import type { Judgement, PolicyFinding } from './receipt.ts';
import { appliesTo, type Target } from './surface.ts';
import type { Catalogue, RuleMetadata, RuleOutcome, SkippedSubjects } from './types.ts';

type Skip = { reason: SkippedSubjects['reason']; subjects: number; missing: Set<FactGroup> };

type Counts = {
  subjects: number;
  failing: number;
  skips: Map<string, Skip>;
  error: PolicyError | null;
  failed: number;
};

/** Every resource x every rule, by what happened. */
export type Pairs = {
  readonly evaluated: number;
  readonly failed: number;
  readonly notApplicable: number;
  readonly skipped: number;
};

/** Resources that may be there and could not be read in full. */
export type Unread = {
  readonly target: Target;
  /** What could not be read of them. */
  readonly group: FactGroup;
  readonly reason: Exclude<UnknownReason, 'declared-elsewhere'>;
  /** `any`: the resources themselves are unread, so no rule has judged them. `group`: only rules that require the group. */
  readonly needing: 'any' | 'group';
  /** Ids of rules that are off. */
  readonly off: ReadonlySet<string>;
};

/** What came of a subject: findings, and the faults of the rules that could not judge it, by catalogue number. */
export type Judged = Judgement & { readonly faults: ReadonlyMap<number, PolicyError> };

/** Counts what happened to each rule, so that no silence can be read as a pass. */
export class OutcomeTally {
  readonly #rules: readonly RuleMetadata[];
  readonly #counts: readonly Counts[];
  readonly #byTarget = new Map<string, readonly number[]>();
  #notApplicable = 0;

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

  /** Catalogue numbers of the rules that apply to resources of a kind and origin. */
  rulesFor(target: Target): readonly number[] {
    const name = `${target.kind} ${target.from}`;
    let numbers = this.#byTarget.get(name);
    if (numbers === undefined) {
      numbers = this.#rules.flatMap((rule, number) => (appliesTo(rule, target) ? [number] : []));
      this.#byTarget.set(name, numbers);
    }
    return numbers;
  }

  /**
   * Books resources that nobody has seen, because a group of facts could not be read: every rule that applies to them
   * and needs it, or every one that applies, has not judged them.
   */
  addUnread({ target, group, reason, needing, off }: Unread): void {
    for (const number of this.rulesFor(target)) {
      const rule = this.#rules[number];
      const counts = this.#counts[number];
      if (rule === undefined || counts === undefined || off.has(rule.id)) continue;
      if (needing === 'any' || rule.requires.includes(group)) book(counts, { reason, missing: [group] }, 0);
    }
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
    const applying = this.rulesFor(subject);
    this.#notApplicable += this.#rules.length - applying.length;
    for (const number of applying) {
      const rule = this.#rules[number];
      const counts = this.#counts[number];
      if (rule === undefined || counts === undefined) continue;
      const skip = skipOf(rule, subject);
      const fault = faults.get(number);
      if (skip !== null) book(counts, skip, 1);
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

  /** Every subject that was booked x every rule, by what happened. */
  pairs(): Pairs {
    const pairs = { evaluated: 0, failed: 0, notApplicable: this.#notApplicable, skipped: 0 };
    for (const { subjects: evaluated, failed, skips } of this.#counts) {
      pairs.evaluated += evaluated;
      pairs.failed += failed;
      for (const { subjects: skipped } of skips.values()) pairs.skipped += skipped;
    }
    return pairs;
  }
}

/** Why a rule does not judge a subject that it applies to; `null` when it does. */
export function skipOf(
  rule: RuleMetadata,
  subject: Pick<Subject, 'off' | 'unknown'>,
): { reason: SkippedSubjects['reason']; missing: readonly FactGroup[] } | null {
  if (subject.off.has(rule.id)) return { reason: 'off', missing: [] };
  const isMissing = (group: FactGroup) => subject.unknown[group] !== undefined;
  if (!rule.requires.some(isMissing)) return null;
  const missing = rule.requires.filter(isMissing);
  // Facts that somebody does without on purpose are no gap; facts that could not be read are.
  const reasons = new Set(missing.map((group) => subject.unknown[group]));
  const reason = WORST_FIRST.find((each) => reasons.has(each)) ?? 'facts-missing';
  return { reason, missing };
}

function book(
  counts: Counts,
  { reason, missing }: { reason: SkippedSubjects['reason']; missing: readonly FactGroup[] },
  subjects: number,
): void {
  const skip = counts.skips.get(reason) ?? { reason, subjects: 0, missing: new Set() };
  skip.subjects += subjects;
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

const WORST_FIRST = ['facts-missing', 'not-asked', 'not-visible', 'declared-elsewhere'] as const;

function byWorst(a: Skip, b: Skip): number {
  return rank(a) - rank(b);
}

function rank({ reason }: Skip): number {
  return reason === 'off' ? WORST_FIRST.length : WORST_FIRST.indexOf(reason);
}
