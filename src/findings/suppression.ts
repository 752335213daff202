import type { Range } from '../documents/range.ts';

/** Why a finding does not count. All texts but `kind` are untrusted. */
export type Suppression = {
  /** `waiver`: an entry of the waivers file. `inline`: beside the finding. `baseline`: recorded before. */
  readonly kind: 'waiver' | 'inline' | 'baseline';
  readonly reason: string;
  readonly approvedBy: string | null;
  readonly ticket: string | null;
  /** RFC 3339 dates, or times in UTC. */
  readonly created: string | null;
  readonly expires: string | null;
  /** Where it is written; `uri` is relative to the working directory. */
  readonly location: { readonly uri: string; readonly range: Range | null } | null;
};
