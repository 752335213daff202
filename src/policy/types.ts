import type { Path } from '../documents/pointer.ts';
import type { CollectionStatus } from '../model/collection.ts';
import type { FactGroup, ResourceKind, Severity } from '../model/vocabulary.ts';

/** `null` and the empty string mean "not told": a message leaves out the optional segment that names them. */
export type ArgValue = string | number | boolean | null | readonly string[];

/** One finding as a rule returns it: what, and symbolically where. The resource is known from its place in the chunk. */
export type RawFinding = {
  readonly rule: string;
  /** Index of the resource in the evaluated list. */
  readonly resource: number;
  readonly path: Path;
  readonly args: { readonly [name: string]: ArgValue };
  /** Other places: a path in the same resource, or in the resource with that index. */
  readonly related: readonly { readonly message: string; readonly resource?: number; readonly path: Path }[];
};

/** `not-asked`: the user chose to do without facts that it needs. `not-visible`: Graph does not tell them. */
export type SkipReason =
  'off' | 'not-applicable' | 'facts-missing' | 'not-asked' | 'not-visible' | 'declared-elsewhere';

/** What happened to one rule in one run. */
export type RuleOutcome = { readonly rule: string } & (
  | {
      readonly status: 'evaluated';
      /** Resources that the rule judged. */
      readonly subjects: number;
      /** Of these, how many have at least one finding. */
      readonly failing: number;
      /** Resources that it applies to and could not judge, by reason. Absent when there are none. */
      readonly skipped?: readonly SkippedSubjects[];
    }
  | { readonly status: 'skipped'; readonly reason: SkipReason; readonly missing?: readonly FactGroup[] }
  | { readonly status: 'failed'; readonly error: string }
);

export type SkippedSubjects = {
  readonly reason: Exclude<SkipReason, 'not-applicable'>;
  /** 0 where nobody knows how many there are, as their list could not be read. */
  readonly subjects: number;
  readonly missing?: readonly FactGroup[];
};

/** A framework's controls that a rule maps to. */
export type Control = { readonly framework: string; readonly id: string };

/** An example of a rule that is a manifest. */
export type FileExample = {
  readonly name: string;
  readonly expect: 'pass' | 'fail';
  /** File name under which `source` is linted. */
  readonly file: string;
  readonly source: string;
  /** Options of the rule that the example depends on. */
  readonly config?: { readonly [option: string]: unknown };
  readonly relationships?: 'declared' | 'elsewhere';
  /** Other files beside it. */
  readonly companions?: readonly { readonly file: string; readonly source: string }[];
};

/** An example of a rule that is a tenant, as a snapshot has it (docs/snapshot-format.md). */
export type TenantExample = {
  readonly name: string;
  /** `unknown`: what the rule needs could not be read, so it is skipped. */
  readonly expect: 'pass' | 'fail' | 'unknown';
  readonly tenant: ExampleStreams;
  /** Collections that are not complete; all others are. */
  readonly missing?: readonly MissingCollection[];
  /** Options of the rule that the example depends on. */
  readonly config?: { readonly [option: string]: unknown };
};

/** Objects by the name of their stream, in any order. */
export type ExampleStreams = { readonly [stream: string]: readonly ExampleRecord[] };

export type ExampleRecord = {
  readonly id: string;
  readonly api?: 'v1.0' | 'beta';
  readonly properties: { readonly [name: string]: unknown };
};

export type MissingCollection = {
  readonly group: FactGroup;
  readonly of: ResourceKind;
  readonly status: Exclude<CollectionStatus, 'complete'>;
};

export type RuleExample = FileExample | TenantExample;

/** Metadata of one rule, from its METADATA annotation. */
export type RuleMetadata = {
  /** `<domain>/<rule-kebab>`. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly wave: 1 | 2;
  readonly appliesTo: readonly ResourceKind[];
  readonly requires: readonly FactGroup[];
  readonly surfaces: readonly ('manifest' | 'repository' | 'tenant' | 'drift')[];
  /** Template: `{arg}` is replaced, a `[…]` segment is left out when one of its args is empty. */
  readonly message: string;
  readonly remediation: string;
  readonly controls: readonly Control[];
  readonly references: readonly { readonly title: string; readonly url: string }[];
  /** JSON Schema of the rule's own options, every property with a `default`. */
  readonly options: { readonly [name: string]: OptionSchema };
  readonly since: string;
  readonly aliases: readonly string[];
  /** Whether its findings may be waived, recorded in a baseline or suppressed beside them; absent: they may. */
  readonly waivable?: boolean;
  /** An option with a list: while it is empty there is nothing to ask for, and the rule is off. */
  readonly offUnless?: string;
};

export type OptionSchema = {
  readonly type: 'integer' | 'number' | 'string' | 'boolean' | 'array';
  readonly description: string;
  readonly default: unknown;
  readonly items?: { readonly type: string; readonly [keyword: string]: unknown };
  readonly [keyword: string]: unknown;
};

/** The metadata of all rules, in id order; a rule's place in `rules` is its number in policy results. */
export type Catalogue = {
  readonly version: 1;
  readonly rules: readonly RuleMetadata[];
};
