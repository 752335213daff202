import { suggest } from '../util/suggest.ts';
import { quoted } from './problem.ts';
import type { SuppressibleRule } from './types.ts';

/** The rules of a run by all the names that they have had. */
export type RuleNames = {
  /** The current id of a rule; `null` when there is no such rule. */
  readonly idOf: (name: string) => string | null;
  /** The words for a name that no rule has. */
  readonly unknown: (name: string) => { readonly message: string; readonly hint?: string };
};

export function ruleNames(rules: readonly SuppressibleRule[]): RuleNames {
  const ids = new Map(rules.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id])));
  // An id counts before an old name of another rule.
  for (const { id } of rules) ids.set(id, id);
  return {
    idOf: (name) => ids.get(name) ?? null,
    unknown: (name) => {
      const near = suggest(name, ids.keys());
      const message = `There is no rule ${quoted(name)}.`;
      return near === null ? { message } : { message, hint: `Did you mean ${quoted(near)}?` };
    },
  };
}
