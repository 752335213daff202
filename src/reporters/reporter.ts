import type { Report } from '../findings/report.ts';

export type ReporterOptions = {
  /** ANSI colours and terminal hyperlinks. */
  readonly color: boolean;
  /** Whether findings that do not count are shown too, marked as such; not when absent. Some formats always show them. */
  readonly showSuppressed?: boolean;
};

/** Turns a report into text that ends with a line break. Pure: reads no clock, file or environment. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
