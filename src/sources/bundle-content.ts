import { bundleDigest } from '../policy/bundle-digest.ts';
import { entrypointName, targetsOf } from '../policy/surface.ts';
import { FACT_GROUPS, RESOURCE_KINDS } from '../model/vocabulary.ts';
import { isTenantExample } from '../policy/example.ts';
import type { Catalogue, RuleExample } from '../policy/types.ts';
import { isObject } from '../util/is-object.ts';
import { canonicalJson } from './canonical-json.ts';
import { problemsOfRule } from './rule-metadata.ts';
import { list, mapOf, matching, object, oneOf, record, source, text, type Check } from './shape.ts';

/** Examples by rule id. */
export type Examples = { readonly [ruleId: string]: readonly RuleExample[] };

/** What a policy bundle is made of, apart from where it comes from. */
export type BundleContent = {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly catalogue: Catalogue;
  readonly examples: Examples;
  /** JSON text of `data.agentid.tables`. */
  readonly tables: string;
  /** Of the module, such as `agentid/main/blueprint`. */
  readonly entrypoints: readonly string[];
  /** Who built it, such as `agentid-lint 0.1.0, opa 1.18.2`. */
  readonly builtWith: string;
};

/** The part of `.manifest` that is ours. */
type OwnMetadata = {
  readonly version: 1;
  readonly digest: string;
  readonly catalogue: Catalogue;
  readonly examples: Examples;
  readonly builtWith: string;
};

export type BundleManifest = {
  readonly revision: string;
  readonly roots: readonly string[];
  readonly wasm: readonly { readonly entrypoint: string; readonly module: string }[];
  readonly metadata: { readonly 'agentid-lint': OwnMetadata };
};

export type BundleData = { readonly agentid: { readonly tables: { readonly [name: string]: unknown } } };

/** The form of bundles; another number is another form. */
export const BUNDLE_VERSION = 1;
export const MODULE = '/policy.wasm';
export const ROOTS: readonly string[] = ['agentid'];

const MOST_RULES = 1000;
const LONGEST_EXAMPLE = 256 * 1024;
const RULE_ID = /^[a-z0-9]+\/[a-z0-9-]+$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** A relative path below the folder, with forward slashes. */
const EXAMPLE_FILE = /^(?!\/)(?!(?:.*\/)?\.\.?(?:\/|$))[^\\\u0000-\u001f]+\.(?:json|ya?ml)$/;

const companion = record({ file: matching(EXAMPLE_FILE), source: source(LONGEST_EXAMPLE) });
const fileExample = record(
  {
    name: text(3, 300),
    expect: oneOf(['pass', 'fail']),
    file: matching(EXAMPLE_FILE),
    source: source(LONGEST_EXAMPLE),
  },
  { config: object, relationships: oneOf(['declared', 'elsewhere']), companions: list(companion, 0) },
);
const tenantExample = record(
  {
    name: text(3, 300),
    expect: oneOf(['pass', 'fail', 'unknown']),
    tenant: mapOf(
      /^[a-z][A-Za-z]*$/,
      list(record({ id: text(1, 300), properties: object }, { api: oneOf(['v1.0', 'beta']) }), 0),
    ),
  },
  {
    missing: list(
      record({
        group: oneOf(FACT_GROUPS),
        of: oneOf(Object.keys(RESOURCE_KINDS)),
        status: oneOf(['partial', 'forbidden', 'unlicensed', 'failed', 'notAsked']),
      }),
      0,
    ),
    config: object,
  },
);
const example: Check = (value) =>
  isObject(value) && isTenantExample(value) ? tenantExample(value) : fileExample(value);
const manifest = record({
  revision: matching(DIGEST),
  roots: (value) => (canonicalJson(value) === canonicalJson(ROOTS) ? [] : [': must be ["agentid"]']),
  wasm: list(
    record({ entrypoint: matching(/^agentid\/main\/[a-z][a-z0-9_]*$/), module: oneOf([MODULE]) }),
    1,
    2 * MOST_RULES,
  ),
  metadata: record({
    'agentid-lint': record({
      version: oneOf([BUNDLE_VERSION]),
      digest: matching(DIGEST),
      catalogue: record({ version: oneOf([1]), rules: list(object, 1, MOST_RULES) }),
      examples: mapOf(RULE_ID, list(example, 0)),
      builtWith: text(1, 300),
    }),
  }),
});
const data = record({ agentid: record({ tables: mapOf(/^[a-z][a-z0-9_]{0,100}$/, () => []) }) });

/** Whether a manifest says that it is of a form that this program does not know. */
export function isOfAnotherVersion(value: unknown): boolean {
  const metadata = isObject(value) ? value['metadata'] : undefined;
  const own = isObject(metadata) ? metadata['agentid-lint'] : undefined;
  const version = isObject(own) ? own['version'] : undefined;
  return Number.isSafeInteger(version) && version !== BUNDLE_VERSION;
}

/** What is wrong with a value that should be a `BundleManifest`; empty when it is one. */
export function problemsOfManifest(value: unknown): readonly string[] {
  const problems = manifest(value);
  if (problems.length > 0) return problems.map(atRoot);
  const { wasm, metadata } = value as BundleManifest;
  const { catalogue, examples } = metadata['agentid-lint'];
  const { rules } = catalogue;
  const inRules = rules.flatMap((rule, place) =>
    problemsOfRule(rule).map((problem) => `rule ${place + 1} of the catalogue: ${problem}`),
  );
  if (inRules.length > 0) return inRules;
  return [
    ...namesTaken(catalogue),
    ...Object.keys(examples)
      .filter((id) => !rules.some((rule) => rule.id === id))
      .map((id) => `examples.${id}: there is no such rule`),
    ...missingEntrypoints(catalogue, new Set(wasm.map(({ entrypoint }) => entrypoint))),
  ];
}

/** What is wrong with a value that should be a `BundleData`; empty when it is one. */
export function problemsOfData(value: unknown): readonly string[] {
  return data(value).map(atRoot);
}

/** What the bundle is known by. It does not depend on white space, the order of keys, or who built it. */
export function contentDigest({
  wasm,
  catalogue,
  examples,
  tables,
}: Pick<BundleContent, 'wasm' | 'catalogue' | 'examples' | 'tables'>): string {
  return bundleDigest({
    'policy.wasm': wasm,
    'tables.json': canonicalJson(JSON.parse(tables)),
    'catalogue.json': canonicalJson(plain(catalogue)),
    'examples.json': canonicalJson(plain(examples)),
  });
}

/** The value as JSON has it: without properties that are `undefined`. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** Rules stand in the order of their ids, and no two have a name in common. */
function namesTaken({ rules }: Catalogue): readonly string[] {
  const problems: string[] = [];
  const taken = new Set<string>();
  rules.forEach(({ id, aliases }, place) => {
    const before = rules[place - 1]?.id;
    if (before !== undefined && before >= id)
      problems.push(`the rules do not stand in the order of their ids: ${id}`);
    for (const name of [id, ...aliases]) {
      if (taken.has(name)) problems.push(`two rules are called ${name}`);
      taken.add(name);
    }
  });
  return problems;
}

/** Every kind has an entrypoint for files and for tenants, where rules are for them, and every rule has one of its own to find out which one broke. */
function missingEntrypoints({ rules }: Catalogue, listed: ReadonlySet<string>): readonly string[] {
  return [...targetsOf(rules).map(entrypointName), ...rules.map((_, place) => `rule_${place}`)]
    .map((name) => `agentid/main/${name}`)
    .filter((entrypoint) => !listed.has(entrypoint))
    .map((entrypoint) => `wasm: the entrypoint ${entrypoint} is missing`);
}

function atRoot(problem: string): string {
  return problem.replace(/^\./, '').replace(/^: /, 'the file: ');
}
