import type { Report } from '../findings/report.ts';
import { loadReporter } from '../reporters/index.ts';
import { OutputError } from './errors.ts';
import { writeReportFile } from './output.ts';
import type { Output } from './outputs.ts';

/** Writes what can be written; the first failure is for the end, so that the screen still tells what was found. */
export async function writeReports(outputs: readonly Output[], report: Report): Promise<OutputError | null> {
  let failed: OutputError | null = null;
  for (const output of outputs) {
    const render = await loadReporter(output.format);
    try {
      writeReportFile(output, render(report, { color: false }));
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      failed ??= error;
    }
  }
  return failed;
}
