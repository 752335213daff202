import type { RuleChecks } from '../findings/report.ts';
import type { FactGroup } from '../model/vocabulary.ts';
import { skipOf } from '../policy/outcomes.ts';
import type { Subject } from '../policy/subject.ts';
import { appliesTo } from '../policy/surface.ts';
import type { RuleOutcome } from '../policy/types.ts';
import type { SourcedRule } from './policies.ts';

/** What decides which rules are asked of a resource. */
export type Asked = Pick<Subject, 'kind' | 'from' | 'unknown' | 'off'>;

/** Resources of which the same is asked as one: a tenant has thousands of them, and few ways of lacking facts. */
export class AskedPool {
  readonly #known = new Map<string, Asked>();
  readonly #offs = new Map<ReadonlySet<string>, number>();

  shared({ kind, from, unknown, off }: Asked): Asked {
    const settings = this.#offs.get(off) ?? this.#offs.size;
    this.#offs.set(off, settings);
    let key = `${kind} ${from} ${settings}`;
    for (const group in unknown) key += ` ${group}=${unknown[group as FactGroup]}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const asked = { kind, from, unknown, off };
    this.#known.set(key, asked);
    return asked;
  }
}

/** What was asked of the resources of a run, each set of checks once, in the order in which they are asked for. */
export class CheckTable {
  readonly #rules: readonly SourcedRule[];
  /** Rules that broke somewhere: what they said elsewhere does not count. */
  readonly #failed: ReadonlySet<string>;
  readonly #checks: RuleChecks[] = [];
  readonly #byAsked = new Map<Asked, number>();
  readonly #byText = new Map<string, number>();

  /** @param rules in the order of their ids */
  constructor(rules: readonly SourcedRule[], outcomes: readonly RuleOutcome[]) {
    this.#rules = rules;
    this.#failed = new Set(outcomes.flatMap(({ status, rule }) => (status === 'failed' ? [rule] : [])));
  }

  get checks(): readonly RuleChecks[] {
    return this.#checks;
  }

  /** @param asked of a pool, so that it is worked out once */
  placeOf(asked: Asked): number {
    const known = this.#byAsked.get(asked);
    if (known !== undefined) return known;
    const checks = this.#checksOf(asked);
    const text = JSON.stringify(checks);
    const place = this.#byText.get(text) ?? this.#checks.push(checks) - 1;
    this.#byText.set(text, place);
    this.#byAsked.set(asked, place);
    return place;
  }

  #checksOf(asked: Asked): RuleChecks {
    const evaluated: string[] = [];
    const skipped: RuleChecks['skipped'][number][] = [];
    for (const { rule } of this.#rules) {
      if (!appliesTo(rule, asked)) continue;
      const skip = skipOf(rule, asked);
      if (skip === null) {
        if (!this.#failed.has(rule.id)) evaluated.push(rule.id);
      } else if (skip.reason !== 'off') {
        skipped.push({ rule: rule.id, reason: skip.reason, missing: skip.missing.toSorted() });
      }
    }
    return { evaluated, skipped };
  }
}
