import type { Verdict } from '../findings/report.ts';
import type { Suppression } from '../findings/suppression.ts';
import type { Severity } from '../model/vocabulary.ts';

/** The version of the format of the files; another one is refused. */
export const HISTORY_VERSION = 1;

/**
 * What is known of a finding. `open`: it counts. `suppressed`: it is there and does not count. `fixed`: what it was about was
 * judged again without it, or is gone. `unknown`: it was there, and the run could not tell.
 */
export const STATES = ['open', 'suppressed', 'fixed', 'unknown'] as const;

export const VERDICTS = ['pass', 'fail', 'incomplete', 'error'] as const satisfies readonly Verdict[];

export type SuppressionKind = Suppression['kind'];

export const SUPPRESSION_KINDS = [
  'waiver',
  'inline',
  'baseline',
  'exemption',
] as const satisfies readonly SuppressionKind[];

export type SeverityCounts = { readonly [severity in Severity]: number };

export type SuppressionCounts = { readonly [kind in SuppressionKind]: number };

/** A state of a rule in a resource: what a line of a history says, where the state has changed. All texts are untrusted. */
export type StateLine = {
  readonly fingerprint: string;
  /** The fingerprint that it had before, under an earlier name of the rule or an earlier definition; `null` when it had none. */
  readonly was: string | null;
  readonly rule: string;
  readonly resource: string;
  /** Relative to the working directory of the run; `null` for an object of a tenant. */
  readonly file: string | null;
  readonly severity: Severity;
} & (
  | { readonly state: 'suppressed'; readonly kind: SuppressionKind }
  | { readonly state: 'open' | 'fixed' | 'unknown'; readonly kind: null }
);

/** What a run says of itself. All texts are untrusted. */
export type RunLine = {
  /** RFC 3339, UTC: the moment that expiry was judged against. */
  readonly now: string;
  /** `files`, or `tenant:` and its id. */
  readonly source: string;
  /** The working directory seen from the root of its repository; empty when it is the root, or of a tenant. */
  readonly base: string;
  /** Name of the file of the run before it that its changes are seen from; `null` for the first. */
  readonly after: string | null;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Findings that counted. */
  readonly counts: SeverityCounts;
  readonly suppressed: SuppressionCounts;
  /** Findings that count again since what suppressed them has expired. */
  readonly expired: number;
  readonly resources: number;
  /** Version of agentid-lint. */
  readonly tool: string;
  readonly policyDigest: string;
  /** Whether something could not be read or judged. */
  readonly incomplete: boolean;
  /** Whether it was asked for a part only: it says nothing of the rest. */
  readonly partial: boolean;
  /** How many lines with states follow. */
  readonly states: number;
};

/** A file of a history. */
export type HistoryFile = {
  readonly name: string;
  readonly run: RunLine;
  readonly states: readonly StateLine[];
};

/** What the files say so far, by fingerprint. What was fixed is not in it. */
export type States = ReadonlyMap<string, StateLine>;

/** What runs are compared within: `files`, `files:` and the folder that they ran in, or `tenant:` and its id. */
export function seriesOf({ source, base }: Pick<RunLine, 'source' | 'base'>): string {
  return base === '' ? source : `${source}:${base}`;
}

export function noCounts(): { [severity in Severity]: number } {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
}

export function noSuppressions(): { [kind in SuppressionKind]: number } {
  return { waiver: 0, inline: 0, baseline: 0, exemption: 0 };
}
