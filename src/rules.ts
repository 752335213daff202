import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadBundle, loadExamples, type PolicyBundle } from './policy/bundle.ts';
import { PolicyError } from './policy/policy-error.ts';
import type { RuleExample, RuleMetadata } from './policy/types.ts';

export { PolicyError as PolicyBundleFault };

/** `policies/bundle/` of this package: beside `src/` in a clone, beside `dist/` in the published package. */
const BUILT_IN = fileURLToPath(new URL('../policies/bundle/', import.meta.url));

/**
 * The compiled built-in rules.
 * @throws {PolicyBundleFault} when the package's own files are missing or damaged
 */
export function builtInRules(): PolicyBundle {
  return loadBundle(BUILT_IN);
}

/** The examples of a built-in rule, as `rules show` and the documentation print them. */
export function builtInExamples(id: string): readonly RuleExample[] {
  const examples = loadExamples(BUILT_IN);
  return Object.hasOwn(examples, id) ? (examples[id] ?? []) : [];
}

/** The rule with an id or a former id. */
export function findRule(rules: readonly RuleMetadata[], id: string): RuleMetadata | undefined {
  return rules.find((rule) => rule.id === id || rule.aliases.includes(id));
}

/** The published JSON Schema of config files: the base, and every built-in rule with its options. */
export function configSchemaText(): string {
  return readFileSync(new URL('../schemas/config.schema.json', import.meta.url), 'utf8');
}
