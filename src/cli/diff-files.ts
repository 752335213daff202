import { FAIL_ON } from './option-table.ts';
import { diffReports, type Diff, type NamedReport } from '../findings/diff.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { OutputError, usageError } from './errors.ts';
import { choiceOf, type Flags } from './flags.ts';
import { STDIN } from './lint-request.ts';
import { notice, noticeVariables } from './notices.ts';
import { writeReportFile } from './output.ts';
import { parseOutputs } from './outputs.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { savedReport } from './saved-report.ts';
import { VERSION } from './version.ts';

const DIFF_FORMATS = ['pretty', 'json', 'markdown'] as const;

type Format = (typeof DIFF_FORMATS)[number];

/**
 * Tells what differs between two saved reports. Gives the exit code.
 * @throws {UsageError} when one of them is not a whole report of a run, or they are of different things
 */
export async function diffFiles(
  [older, newer]: readonly [older: string, newer: string],
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const isQuiet = flags.isOn('--quiet');
  const format = flags.one('--format', DIFF_FORMATS)?.value ?? 'pretty';
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const outputs = outputsOf(flags, [older, newer], context);
  const failOn = flags.one('--fail-on', FAIL_ON)?.value ?? null;
  if (!isQuiet) noticeVariables(context);
  if (older === STDIN && newer === STDIN)
    throw usageError('both reports cannot come from stdin', 'Name a file for one of them.');
  const read = async (file: string): Promise<NamedReport> => ({
    file: file === STDIN ? 'stdin' : file,
    report: await savedReport(file, isQuiet, context),
  });
  const request = { older: await read(older), newer: await read(newer) };
  const result = diffReports({
    ...request,
    failOn,
    failOnNew: flags.isOn('--fail-on-new'),
    allowIncomplete: flags.isOn('--allow-incomplete'),
  });
  if (!result.ok)
    throw usageError(`these cannot be compared: ${result.why}`, 'Name two reports of the same.');
  const { diff } = result;
  if (!isQuiet && diff.newer.report.now < diff.older.report.now)
    notice(context, ['the report that was named first is the later one']);
  await deliver(diff, { format, color, outputs }, context);
  return diff.exitCode;
}

type DiffOutput = { readonly format: Format; readonly name: string; readonly path: string };

function outputsOf(flags: Flags, files: readonly string[], { cwd }: CliContext): readonly DiffOutput[] {
  const flag = flags.list('--output');
  const paths = files.filter((file) => file !== STDIN);
  return parseOutputs(flag, { cwd, paths }).map(({ format, name, path }) => ({
    format: choiceOf({ value: format, source: flag?.source ?? '--output' }, DIFF_FORMATS),
    name,
    path,
  }));
}

type Delivery = { readonly format: Format; readonly color: boolean; readonly outputs: readonly DiffOutput[] };

/** What can be written is written; the first failure is for the end. */
async function deliver(diff: Diff, { format, color, outputs }: Delivery, context: CliContext): Promise<void> {
  const { DIFF_REPORTERS } = await import('../reporters/diff.ts');
  let failed: OutputError | null = null;
  for (const output of outputs) {
    const text = DIFF_REPORTERS[output.format](diff, { color: false, version: VERSION });
    try {
      writeReportFile({ ...output, what: 'the comparison' }, text);
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      failed ??= error;
    }
  }
  await reportToStdout(context, DIFF_REPORTERS[format](diff, { color, version: VERSION }));
  if (failed !== null) throw failed;
}
