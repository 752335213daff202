import { matchesGlob } from '../documents/glob-match.ts';
import { GlobError, parseGlob } from '../documents/glob.ts';
import type { RuleMetadata } from '../policy/types.ts';
import { suggest } from '../util/suggest.ts';
import { quoted } from './problem.ts';

/** What a rule is called. */
export type NamedRule = Pick<RuleMetadata, 'id' | 'aliases'>;

export type Named =
  | { readonly ok: true; /** In the order of the rules. */ readonly ids: readonly string[] }
  | {
      readonly ok: false;
      readonly code: 'framework-unknown-rule' | 'framework-invalid-glob';
      readonly message: string;
      readonly hint: string;
    };

/** The rules that a name means: one by its id or an old name, or all that a pattern of ids fits. */
export function rulesNamed(name: string, rules: readonly NamedRule[]): Named {
  try {
    const glob = parseGlob(name);
    const ids = rules.filter((rule) => namesOf(rule).some((each) => matchesGlob(glob, each)));
    return ids.length > 0 ? { ok: true, ids: ids.map(({ id }) => id) } : unknownRule(name, rules);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    const message = `The pattern ${quoted(name)} ${error.message}.`;
    return {
      ok: false,
      code: 'framework-invalid-glob',
      message,
      hint: error.hint ?? 'Use *, **, ?, [a-z] and {a,b} only.',
    };
  }
}

/** Whether a name stands for itself alone. */
export function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

function unknownRule(name: string, rules: readonly NamedRule[]): Named {
  const domains = new Set(rules.map(({ id }) => `${id.split('/')[0] ?? ''}/*`));
  const near = suggest(name, [...rules.flatMap(namesOf), ...domains]);
  return {
    ok: false,
    code: 'framework-unknown-rule',
    message: isPattern(name) ? `No rule fits ${quoted(name)}.` : `There is no rule ${quoted(name)}.`,
    hint: near === null ? '"agentid-lint rules list" shows every rule.' : `Did you mean ${quoted(near)}?`,
  };
}

function namesOf({ id, aliases }: NamedRule): readonly string[] {
  return [id, ...aliases];
}
