import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { deliverReport } from './deliver-report.ts';
import type { Flags } from './flags.ts';
import { chosenFramework } from './framework.ts';
import { STDIN } from './lint-request.ts';
import { debug, notice, noticeVariables } from './notices.ts';
import { FORMATS, parseOutputs } from './outputs.ts';
import { savedReport } from './saved-report.ts';
import { VERSION } from './version.ts';

/**
 * Writes a saved report in other formats.
 * @throws {UsageError} when it is not a whole report of a run
 */
export async function rewriteReport(file: string, flags: Flags, context: CliContext): Promise<void> {
  const isQuiet = flags.isOn('--quiet');
  const format = flags.one('--format', FORMATS)?.value ?? 'pretty';
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const showSuppressed = flags.isOn('--show-suppressed');
  const outputs = parseOutputs(flags.list('--output'), {
    cwd: context.cwd,
    paths: file === STDIN ? [] : [file],
  });
  if (!isQuiet) noticeVariables(context);
  const report = await savedReport(file, isQuiet, context);
  const { version } = report.tool;
  if (flags.isOn('--debug')) debug(context, [`report of agentid-lint ${version}, judged ${report.now}`]);
  if (!isQuiet && version !== VERSION)
    notice(context, [`agentid-lint ${version} wrote this report, and ${VERSION} may word it another way`]);
  const names = report.rules.map(({ id }) => ({ id, aliases: [] }));
  const byFramework = await chosenFramework(flags, context, names);
  await deliverReport(
    byFramework(report),
    { format, color, showSuppressed, outputs, annotations: false },
    context,
  );
}
