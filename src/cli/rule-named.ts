import type { RuleMetadata } from '../policy/types.ts';
import { findRule, type RuleSet } from '../rules.ts';
import { suggest } from '../util/suggest.ts';
import { usageError } from './errors.ts';

/**
 * The rule with an id or a former id.
 * @throws {UsageError} when there is none, with the one that was probably meant
 */
export function ruleNamed(id: string, { rules }: Pick<RuleSet, 'rules'>): RuleMetadata {
  const rule = findRule(rules, id);
  if (rule !== undefined) return rule;
  const known = rules.map((other) => other.id);
  const near =
    known.find((candidate) => candidate.endsWith(`/${id}`)) ?? suggest(id, known) ?? nearName(id, known);
  throw usageError(
    `there is no rule ${JSON.stringify(id)}`,
    near === null ? '"agentid-lint rules list" prints all of them.' : `Did you mean "${near}"?`,
  );
}

/** The rule whose name without its domain is near. */
function nearName(id: string, known: readonly string[]): string | null {
  const name = suggest(
    id,
    known.map((candidate) => candidate.slice(candidate.indexOf('/') + 1)),
  );
  return name === null ? null : (known.find((candidate) => candidate.endsWith(`/${name}`)) ?? null);
}
