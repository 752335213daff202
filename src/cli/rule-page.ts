import type { RuleMetadata } from '../policy/types.ts';
import type { RuleSet } from '../rules.ts';
import { rulePage } from './rule-text.ts';
import { jsonText } from './text-or-json.ts';

/** Everything about a rule, as `rules show` prints it. */
export function ruleOutput(
  rule: RuleMetadata,
  ruleSet: RuleSet,
  { asJson, color }: { readonly asJson: boolean; readonly color: boolean },
): string {
  const { sourceOf, examplesOf } = ruleSet;
  return asJson
    ? jsonText({ ...rule, source: sourceOf(rule), examples: examplesOf(rule) })
    : rulePage(rule, ruleSet, { color });
}
