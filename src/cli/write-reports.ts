import type { Report } from '../findings/report.ts';
import { loadReporter } from '../reporters/index.ts';
import type { ReporterOptions } from '../reporters/reporter.ts';
import { OutputError } from './errors.ts';
import { writeReportFile } from './output.ts';
import type { Output } from './outputs.ts';

/** Writes what can be written; the first failure is for the end, so that the screen still tells what was found. */
export async function writeReports(
  outputs: readonly Output[],
  report: Report,
  options: ReporterOptions,
): Promise<OutputError | null> {
  let failed: OutputError | null = null;
  for (const output of outputs) {
    const render = await loadReporter(output.format);
    try {
      writeReportFile(output, render(report, options));
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      failed ??= error;
    }
  }
  return failed;
}
