import type { Problem } from '../documents/problem.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { Catalogue } from '../policy/types.ts';
import { sourceProblem } from './problem.ts';

/** Names, present and former, that stand for a built-in rule as well, or for rules of two sources. */
export function nameClashes(
  bundles: readonly Pick<PolicyBundle, 'source' | 'catalogue'>[],
  builtIn: Catalogue,
): readonly Problem[] {
  const owners = new Map<string, string | null>();
  for (const name of namesIn(builtIn)) owners.set(name, null);
  const problems: Problem[] = [];
  for (const { source, catalogue } of bundles) {
    if (catalogue.rules.length === 0) problems.push(withoutRules(source.name));
    const names = namesIn(catalogue);
    for (const name of names) {
      const owner = owners.get(name);
      if (owner !== undefined) problems.push(taken(name, owner, source.name));
    }
    for (const name of names) if (!owners.has(name)) owners.set(name, source.name);
  }
  return problems;
}

function namesIn({ rules }: Catalogue): readonly string[] {
  return rules.flatMap(({ id, aliases }) => [id, ...aliases]);
}

function taken(name: string, owner: string | null, source: string): Problem {
  const message =
    owner === null
      ? `${source} has a rule ${name}, and there is a built-in one of that name.`
      : `The rule ${name} is in two sources: ${owner} and ${source}.`;
  return sourceProblem('rules-name-taken', { message }, { uri: null, range: null });
}

function withoutRules(source: string): Problem {
  const message = `The source ${source} yields no rule.`;
  return sourceProblem('rules-none', { message }, { uri: null, range: null });
}
