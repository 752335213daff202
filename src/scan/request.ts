import type { EffectiveSettings, ExemptPrincipal } from '../config/config.ts';
import type { FailOn, MaxFindings } from '../findings/report.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { OnFault } from '../policy/evaluate.ts';
import type { EvaluationLimits } from '../policy/limits.ts';
import type { SuppressionSources } from '../suppressions/types.ts';

/** The tenant of a snapshot, as settings see it. */
export type ScannedTenant = NonNullable<SettingsTarget['tenant']>;

/** Everything that judging a snapshot depends on. Equal requests over equal snapshots give equal reports, byte for byte. */
export type ScanRequest = {
  /** Absolute path of the snapshot. */
  readonly snapshot: string;
  /** What holds for an object of the tenant; asked for each one. */
  readonly settingsFor: (target: SettingsTarget) => EffectiveSettings;
  /**
   * Ids of the rules that are off whatever an object of the tenant is; absent: those that are off where nothing is known of
   * it.
   */
  readonly offEverywhere?: (tenant: ScannedTenant) => ReadonlySet<string>;
  /** What the config calls the tenant; absent or `null` when nobody said so. */
  readonly tenantName?: string | null;
  /** What marks an object as production; compared without case. */
  readonly production: { readonly environments: readonly string[]; readonly tags: readonly string[] };
  readonly failOn: FailOn;
  /** The threshold for the tenant, where it has one of its own. */
  readonly failOnIn?: (tenant: ScannedTenant) => FailOn;
  readonly allowEmpty: boolean;
  readonly allowIncomplete: boolean;
  /** What keeps findings from counting besides exempt principals; absent: only what stands beside them in files. */
  readonly suppressions?: SuppressionSources;
  /** Principals that no rule is about. */
  readonly exemptPrincipals?: readonly ExemptPrincipal[];
  /** Most findings of a severity that do not fail the run. */
  readonly maxFindings?: MaxFindings;
  /** Whether every finding that is not in the baseline fails the run. */
  readonly failOnNew?: boolean;
  /** The run is incomplete when fewer agent identities were read; `null` expects nothing. */
  readonly expectMin: number | null;
  /** What judges: the built-in rules first, when they are on, and the others in the order of their sources. */
  readonly bundles: readonly PolicyBundle[];
  /** What bundles that are not built in may take; 10 s a call, 60 s a bundle and 256 MiB when absent. */
  readonly limits?: Partial<EvaluationLimits>;
  /** The working directory seen from the root of its repository; empty when absent. */
  readonly base?: string;
  /** Files that the settings came from, for the report. */
  readonly configFiles?: readonly string[];
  /** Version of the tool. */
  readonly version: string;
  /** RFC 3339, UTC: the moment that expiry is judged against; `null` is the moment that the snapshot was begun. */
  readonly now: string | null;
  /** Told how many of the objects have been judged. */
  readonly onProgress?: (judged: number, all: number) => void;
  /** Told of each resource that a rule broke on. */
  readonly onFault?: OnFault;
};
