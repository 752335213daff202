import type { Diff } from '../../findings/diff.ts';

type DiffReporterOptions = {
  /** ANSI colours and terminal hyperlinks. */
  readonly color: boolean;
  /** Version of the tool. */
  readonly version: string;
};

/** Turns a comparison of two reports into text that ends with a line break. Pure. */
export type DiffReporter = (diff: Diff, options: DiffReporterOptions) => string;
