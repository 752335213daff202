import type { Lane } from './types.ts';

/** Time and chance, given by whoever starts a run; nothing here asks the system for them. */
export type Clockwork = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or rejects when the signal says stop. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random: () => number;
};

/** A wait that somebody who watches may want to know of. */
export type Wait = { readonly lane: Lane; readonly milliseconds: number };
