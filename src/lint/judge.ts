import type { Evaluator, OnFault } from '../policy/evaluate.ts';
import type { PolicyData } from '../policy/data.ts';

/** What is told to all that judge before they are given anything to judge. */
type RunData = {
  readonly data: PolicyData;
  /** How many resources the run has: findings point into them. */
  readonly resources: number;
  /** Whether chunks are given before those before them are judged, as many as may be: it pays to share the work then. */
  readonly isStream?: boolean;
};

/** Judges by some of the policies of a run; `E` is what takes chunks. */
export type Judge<E> = {
  /**
   * Takes what rules look up, and gives what judges chunk after chunk.
   * @throws {PolicyError} when a bundle cannot be used at all
   */
  readonly prepare: (run: RunData, onFault?: OnFault) => Promise<E>;
  /** Ends what still runs. */
  readonly close: () => void;
};

/** Judges by one bundle. */
export type BundleJudge = Judge<Pick<Evaluator, 'judge' | 'atOnce' | 'addUnread' | 'totals'>>;
