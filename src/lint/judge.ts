import type { OnFault } from '../policy/evaluate.ts';
import type { Prepared } from './subjects.ts';

/** Judges by some of the policies of a run; `E` is what comes of it. */
export type Judge<E> = {
  /**
   * Takes what is to be judged, and what rules look up.
   * @throws {PolicyError} when a bundle cannot be used at all
   */
  readonly prepare: (prepared: Prepared) => Promise<(onFault?: OnFault) => Promise<E>>;
  /** Ends what still runs. */
  readonly close: () => void;
};
