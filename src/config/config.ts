import type { FailOn } from '../findings/report.ts';
import type { Suppression } from '../findings/suppression.ts';
import type { ResourceKind, Severity } from '../model/vocabulary.ts';
import type { RemoteRules, RuleSource, VerificationKey } from '../sources/rule-source.ts';
import type { Tenants } from './tenants.ts';

/** What a config says about one rule. `options` holds only what was set; defaults come from the catalogue. */
export type RuleConfig = {
  readonly severity?: Severity | 'off';
  /** Used instead of `severity` for resources that carry a production marker. */
  readonly severityInProduction?: Severity;
  /** Whether its findings may be waived, recorded in a baseline or suppressed beside them. */
  readonly waivable?: boolean;
  /** Whether its findings may be suppressed beside them. */
  readonly allowInline?: boolean;
  readonly options: { readonly [name: string]: unknown };
};

export type ManifestEntry = {
  readonly files: readonly string[];
  /** Kind of the marker-less application JSON that these files hold. */
  readonly as?: Extract<ResourceKind, 'blueprint' | 'blueprintPrincipal' | 'agentIdentity' | 'agentUser'>;
  /** `elsewhere`: sponsors, owners, federated credentials and inheritable permissions are not kept in these files. */
  readonly relationships: 'declared' | 'elsewhere';
};

/** Which resources an override is for: those that fit every key that is there, each by one of its values. */
export type OverrideMatch = {
  /** Globs over files. */
  readonly path?: readonly string[];
  /** Names of tenants in the config, or their GUIDs. */
  readonly tenant?: readonly string[];
  /** Compared without case with `environment` and tags. */
  readonly environment?: readonly string[];
  /** Ids or unique names of blueprints: for these, their principals, and agents made from them. Compared without case. */
  readonly blueprint?: readonly string[];
};

export type Override = {
  readonly match: OverrideMatch;
  /** The threshold of a run over a tenant; only where nothing but tenants is matched. */
  readonly failOn?: FailOn;
  readonly rules: { readonly [ruleId: string]: RuleConfig };
};

/** A principal that no rule is about, such as a break-glass account or an object of the platform. */
export type ExemptPrincipal = {
  /** Object id or application id: a GUID in lower case. */
  readonly id: string;
  readonly reason: string;
  /** Where it is written; absent where it is from no file. */
  readonly location?: Suppression['location'];
};

/** Where a value of the effective config came from: `default`, `profile strict`, `agentid-lint.config.yaml:12:3`, `--fail-on`. */
export type ValueSource = string;

/** What the config needs to know about a rule; a `RuleMetadata` of the catalogue has all of it. */
export type ConfigurableRule = {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** Whether its findings may be waived, recorded in a baseline or suppressed beside them; absent: they may. */
  readonly waivable?: boolean;
  /** An option with a list: while it is empty, the rule is off. */
  readonly offUnless?: string;
  /** JSON Schema by option. */
  readonly options: {
    readonly [name: string]: { readonly default: unknown; readonly [keyword: string]: unknown };
  };
};

/** What the command line says about files and rules; it wins over every other layer. */
export type FlagLayer = {
  readonly failOn?: FailOn;
  readonly as?: NonNullable<ManifestEntry['as']>;
  readonly relationships?: ManifestEntry['relationships'];
  /** Ids of the only rules that run; absent means every rule that the config leaves on. */
  readonly rule?: readonly string[];
  /** Ids of rules that do not run. */
  readonly skipRule?: readonly string[];
};

/** The config after `extends`, file and flags are merged. Globs are relative to `root`. */
export type Config = {
  /**
   * Absolute folder that globs are relative to: the folder of the config file when the working directory is in
   * it, else the working directory. The working directory is never outside of it.
   */
  readonly root: string;
  /** The working directory, which uris are relative to, seen from `root`: forward slashes, empty when they are the same. */
  readonly base: string;
  /** The config file relative to the working directory; `null` when there is none. */
  readonly file: string | null;
  readonly manifests: readonly ManifestEntry[];
  readonly exclude: readonly string[];
  readonly failOn: FailOn;
  /** What marks a resource as production: `environment` values and tags, compared without case. */
  readonly production: { readonly environments: readonly string[]; readonly tags: readonly string[] };
  readonly rules: { readonly [ruleId: string]: RuleConfig };
  /** Where own rules come from, each place once; those of the command line last. */
  readonly ruleSources: readonly RuleSource[];
  /** Whether the built-in rules run. */
  readonly builtIn: boolean;
  readonly remoteRules: Omit<RemoteRules, 'keys'> & {
    /** `file` is the absolute path of the file that the key stands in. */
    readonly keys: readonly (VerificationKey & { readonly file: string })[];
  };
  readonly overrides: readonly Override[];
  /** `file` is the absolute path of the waivers file, `null` for the usual place, where there need not be one. */
  readonly waivers: {
    readonly file: string | null;
    readonly maxDays: number | null;
    readonly requireApprover: boolean;
    readonly warnBeforeDays: number;
  };
  /** Absolute path of the baseline; `null` for the usual place, where there need not be one. */
  readonly baseline: string | null;
  readonly exemptPrincipals: readonly ExemptPrincipal[];
  /** Tenants by the names that the config gives them. */
  readonly tenants: Tenants;
  readonly flags: FlagLayer;
  /** JSON Pointer of a config value to where it was set. */
  readonly sources: { readonly [pointer: string]: ValueSource };
};

/** One rule's settings after every layer; `severity: 'off'` means it is not run. */
export type EffectiveRule = {
  readonly severity: Severity | 'off';
  readonly severityInProduction: Severity | null;
  readonly waivable: boolean;
  readonly allowInline: boolean;
  readonly options: { readonly [name: string]: unknown };
};

/** The settings of every rule for some resources; `key` is equal for those with equal settings. */
export type EffectiveSettings = {
  readonly key: string;
  readonly rules: { readonly [ruleId: string]: EffectiveRule };
};
