import { resolve } from 'node:path';
import type { Report } from '../findings/report.ts';
import type { SavedReport } from '../report.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import { STDIN } from './lint-request.ts';
import { mistakeOf } from './load-config.ts';
import { notice } from './notices.ts';

/**
 * The report that a run has saved, from a file or stdin.
 * @throws {UsageError} when it is not a whole report of a run
 */
export async function savedReport(file: string, isQuiet: boolean, context: CliContext): Promise<Report> {
  const { MAX_REPORT_BYTES, openReport } = await import('../report.ts');
  if (!isQuiet && file === STDIN && context.terminal.stdin)
    notice(context, ['reading from the terminal; Ctrl-D ends the text']);
  const results = openReport(await sourceOf(file, context, MAX_REPORT_BYTES));
  if (!results.ok) throw new UsageError(results.problems.map(mistakeOf));
  return results.report;
}

async function sourceOf(file: string, context: CliContext, limit: number): Promise<SavedReport> {
  if (file.trim() === '')
    throw usageError('the name of the report is empty', 'Name a file, or pass "-" for stdin.');
  return file === STDIN
    ? { kind: 'bytes', name: 'stdin', bytes: await context.readStdin(limit) }
    : { kind: 'file', name: file, path: resolve(context.cwd, file) };
}
