import { resolve } from 'node:path';
import type { Report } from '../findings/report.ts';
import type { SavedReport } from '../report.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { deliverReport } from './deliver-report.ts';
import { UsageError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { STDIN } from './lint-request.ts';
import { mistakeOf } from './load-config.ts';
import { debug, notice, noticeVariables } from './notices.ts';
import { FORMATS, parseOutputs } from './outputs.ts';
import { VERSION } from './version.ts';

/**
 * Writes a saved report in other formats.
 * @throws {UsageError} when it is not a whole report of a run
 */
export async function rewriteReport(file: string, flags: Flags, context: CliContext): Promise<void> {
  const isQuiet = flags.isOn('--quiet');
  const format = flags.one('--format', FORMATS)?.value ?? 'pretty';
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const outputs = parseOutputs(flags.list('--output'), {
    cwd: context.cwd,
    paths: file === STDIN ? [] : [file],
  });
  if (!isQuiet) noticeVariables(context);
  const report = await saved(file, isQuiet, context);
  const { version } = report.tool;
  if (flags.isOn('--debug')) debug(context, [`report of agentid-lint ${version}, judged ${report.now}`]);
  if (!isQuiet && version !== VERSION)
    notice(context, [`agentid-lint ${version} wrote this report, and ${VERSION} may word it another way`]);
  await deliverReport(report, { format, color, outputs, annotations: false }, context);
}

async function saved(file: string, isQuiet: boolean, context: CliContext): Promise<Report> {
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
