import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceLoader } from './config/own-rules.ts';
import type { JsonSchema } from './config/rules-schema.ts';
import { compareCodePoints } from './documents/code-points.ts';
import {
  BUILT_IN_SOURCE,
  loadBundle,
  loadExamples,
  type BundleSource,
  type PolicyBundle,
} from './policy/bundle.ts';
import { PolicyError } from './policy/policy-error.ts';
import type { RuleExample, RuleMetadata } from './policy/types.ts';
import type { Library } from './sources/library.ts';
import type { OwnBundle, SourceOptions } from './sources/load.ts';

export { isTenantExample } from './policy/example.ts';
export { PolicyError as PolicyBundleFault };

/** `policies/bundle/` of this package: beside `src/` in a clone, beside `dist/` in the published package. */
const BUILT_IN = fileURLToPath(new URL('../policies/bundle/', import.meta.url));
const HOME = {
  policies: fileURLToPath(new URL('../policies/', import.meta.url)),
  schemas: fileURLToPath(new URL('../schemas/', import.meta.url)),
};

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

/** The rules that a command knows, built-in and own. */
export type RuleSet = {
  /** The built-in ones first, unless they are off. */
  readonly bundles: readonly PolicyBundle[];
  /** In the order of their ids. */
  readonly rules: readonly RuleMetadata[];
  /** Where a rule of the set comes from. */
  readonly sourceOf: (rule: RuleMetadata) => BundleSource;
  readonly examplesOf: (rule: RuleMetadata) => readonly RuleExample[];
  /** Absolute folder that the Rego of a rule stands in; `null` when it came compiled. */
  readonly folderOf: (rule: RuleMetadata) => string | null;
};

/** Built-in rules (`null` when they are off) and own ones together. */
export function ruleSet(builtIn: PolicyBundle | null, own: readonly OwnBundle[]): RuleSet {
  const bundles = builtIn === null ? own : [builtIn, ...own];
  const rules = bundles.flatMap(({ catalogue }) => catalogue.rules);
  const ownerOf = ({ id }: RuleMetadata) =>
    own.find(({ catalogue }) => catalogue.rules.some((rule) => rule.id === id));
  return {
    bundles,
    rules: rules.toSorted((one, other) => compareCodePoints(one.id, other.id)),
    sourceOf: (rule) => ownerOf(rule)?.source ?? BUILT_IN_SOURCE,
    examplesOf: (rule) => {
      const owner = ownerOf(rule);
      return owner === undefined ? builtInExamples(rule.id) : (owner.examples[rule.id] ?? []);
    },
    folderOf: (rule) => {
      const owner = ownerOf(rule);
      return owner === undefined ? HOME.policies : owner.folder;
    },
  };
}

/** What reads and loads sources of own rules. It is a good part of the program, so that it is loaded when it is needed. */
export async function openRuleSources(
  options: Omit<SourceOptions, 'builtIn' | 'home'>,
): Promise<SourceLoader> {
  const { sourceLoader } = await import('./sources/load.ts');
  return sourceLoader({ ...options, builtIn: builtInRules().catalogue, home: HOME });
}

/** What own rules stand on besides themselves: helpers, tables and limits of this package. */
export async function builtInLibrary(): Promise<Library> {
  const { loadLibrary } = await import('./sources/library.ts');
  const { rules } = builtInRules().catalogue;
  return loadLibrary({ ...HOME, ids: rules.flatMap(({ id, aliases }) => [id, ...aliases]) });
}

/** The rule with an id or a former id. */
export function findRule(rules: readonly RuleMetadata[], id: string): RuleMetadata | undefined {
  return rules.find((rule) => rule.id === id || rule.aliases.includes(id));
}

/** The published JSON Schema of config files: the base, and every built-in rule with its options. */
export function configSchema(): JsonSchema {
  const text = readFileSync(new URL('../schemas/config.schema.json', import.meta.url), 'utf8');
  // The package's own file.
  return JSON.parse(text) as JsonSchema;
}
