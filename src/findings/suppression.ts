import type { Range } from '../documents/range.ts';

/** Why a finding does not count. All texts but `kind` are untrusted. */
export type Suppression = {
  /**
   * `waiver`: an entry of the waivers file. `inline`: beside the finding. `baseline`: recorded before. `exemption`: about a
   * principal that the config exempts.
   */
  readonly kind: 'waiver' | 'inline' | 'baseline' | 'exemption';
  readonly reason: string;
  readonly approvedBy: string | null;
  readonly ticket: string | null;
  /** RFC 3339 dates, or times in UTC. */
  readonly created: string | null;
  readonly expires: string | null;
  /** Where it is written; `uri` is relative to the working directory. */
  readonly location: { readonly uri: string; readonly range: Range | null } | null;
};

/** A suppression that somebody has to look at. All texts but `concern` and `kind` are untrusted. */
export type SuppressionNotice = {
  /** `stale`: what it names was judged, and the rule finds it no more. `expired`: its finding counts again. `expiring`: soon. */
  readonly concern: 'stale' | 'expired' | 'expiring';
  readonly kind: Exclude<Suppression['kind'], 'exemption'>;
  readonly rule: string;
  /** What it is about, as it is written there. */
  readonly object: string;
  /** A sentence for people. */
  readonly message: string;
  /** RFC 3339 date, or time in UTC; `null` when it never does. */
  readonly expires: string | null;
  readonly location: Suppression['location'];
};
