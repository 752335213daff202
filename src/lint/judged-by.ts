import { skipOf } from '../policy/outcomes.ts';
import { appliesTo } from '../policy/surface.ts';
import type { RuleOutcome } from '../policy/types.ts';
import type { Asked } from './checks.ts';
import type { SourcedRule } from './policies.ts';

/** Tells whether a rule has judged a resource, so that it would have found what there is. What broke anywhere counts nowhere. */
export function judgedBy(
  rules: readonly SourcedRule[],
  outcomes: readonly RuleOutcome[],
): (asked: Asked, rule: string) => boolean {
  const byId = new Map(rules.map(({ rule }) => [rule.id, rule]));
  for (const { rule, status } of outcomes) if (status === 'failed') byId.delete(rule);
  return (asked, id) => {
    const rule = byId.get(id);
    return rule !== undefined && appliesTo(rule, asked) && skipOf(rule, asked) === null;
  };
}
