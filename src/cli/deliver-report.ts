import type { Report } from '../findings/report.ts';
import { loadReporter, type ReporterName } from '../reporters/index.ts';
import type { ReporterOptions } from '../reporters/reporter.ts';
import type { CliContext } from './context.ts';
import { appendToFile } from './output.ts';
import type { Output } from './outputs.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { writeReports } from './write-reports.ts';

type Delivery = {
  /** On stdout. */
  readonly format: ReporterName;
  readonly color: boolean;
  /** Whether findings that do not count are shown. */
  readonly showSuppressed: boolean;
  readonly outputs: readonly Output[];
  /** Whether annotations may follow the report for people in the log of a GitHub workflow. */
  readonly annotations: boolean;
};

/**
 * Writes a report to its files and to stdout. In a GitHub workflow, a report for people is followed by its annotations, and
 * the format `github` adds the job summary.
 * @throws {OutputError} when something could not be written; everything else was
 */
export async function deliverReport(
  report: Report,
  { format, color, showSuppressed, outputs, annotations }: Delivery,
  context: CliContext,
): Promise<void> {
  const failed = await writeReports(outputs, report, { color: false, showSuppressed });
  const render = await loadReporter(format);
  await reportToStdout(context, render(report, { color, showSuppressed }));
  if (format === 'pretty' && annotations && context.env['GITHUB_ACTIONS'] === 'true') {
    const { workflowCommands } = await import('../reporters/github.ts');
    const commands = workflowCommands(report);
    if (commands !== '') await reportToStdout(context, commands);
  }
  if (format === 'github') await addJobSummary(report, { color: false, showSuppressed }, context);
  if (failed !== null) throw failed;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary */
async function addJobSummary(report: Report, options: ReporterOptions, { env }: CliContext): Promise<void> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  const render = await loadReporter('markdown-summary');
  appendToFile(
    { name: 'the file in GITHUB_STEP_SUMMARY', path, what: 'the job summary' },
    render(report, options),
  );
}
