import type { EffectiveSettings, ExemptPrincipal } from '../config/config.ts';
import type { Change } from '../findings/change.ts';
import type { FailOn, MaxFindings } from '../findings/report.ts';
import type { ManifestHints } from '../manifest/read.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import type { OnFault } from '../policy/evaluate.ts';
import type { EvaluationLimits } from '../policy/limits.ts';
import type { SuppressionSources } from '../suppressions/types.ts';

/** Everything a lint run depends on. Equal requests over equal files give equal reports, byte for byte. */
export type LintRequest = {
  /** Absolute folder that `paths` and the report's paths are relative to. */
  readonly cwd: string;
  /** Files, folders and globs; empty means `cwd`. */
  readonly paths: readonly string[];
  /** One more input that is not on disk. */
  readonly stdin?: { readonly uri: string; readonly bytes: Uint8Array };
  /** Files that are not on disk, read as if they were; no other is looked for unless `paths` names it. */
  readonly texts?: readonly { readonly uri: string; readonly text: string }[];
  readonly files: {
    /** Absolute folder that `exclude` is relative to. */
    readonly root: string;
    readonly exclude: readonly string[];
    readonly respectGitignore: boolean;
    /** Bytes; larger files are a problem, not read. */
    readonly maxFileSize: number;
  };
  readonly hintsFor: (uri: string) => ManifestHints;
  /** Whether the config names the file as a manifest; such a file is never passed over for having none of our words. */
  readonly isManifest: (uri: string) => boolean;
  /** What holds for a resource; asked for each one. */
  readonly settingsFor: (target: SettingsTarget) => EffectiveSettings;
  /** What marks a resource as production; compared without case. */
  readonly production: { readonly environments: readonly string[]; readonly tags: readonly string[] };
  readonly failOn: FailOn;
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
  /** What judges: the built-in rules first, when they are on, and the others in the order of their sources. */
  readonly bundles: readonly PolicyBundle[];
  /** What bundles that are not built in may take; 10 s a call, 60 s a bundle and 256 MiB when absent. */
  readonly limits?: Partial<EvaluationLimits>;
  /** The working directory seen from the root of its repository; empty when absent. */
  readonly base?: string;
  /** Files that the settings came from, for the report. */
  readonly configFiles?: readonly string[];
  /** Reports only what is in, or points at, these files; everything is judged all the same. */
  readonly change?: Change;
  /** Version of the tool. */
  readonly version: string;
  /** RFC 3339, UTC: the moment that expiry is judged against. */
  readonly now: string;
  /** Told when a stage begins; for timing only. */
  readonly onStage?: (stage: Stage) => void;
  /** Told of each resource that a rule broke on. */
  readonly onFault?: OnFault;
};

export type Stage = 'read' | 'prepare' | 'evaluate' | 'locate';

/** Address of a rule's page. */
export function ruleUrl(id: string): string {
  return `https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/${id}.md`;
}
