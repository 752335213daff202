import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Report } from '../../findings/report.ts';
import { lint } from '../../lint.ts';
import { withChange } from '../change.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { deliverReport } from '../deliver-report.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { exitCodesHelp } from '../exit-codes-help.ts';
import { readFlags, type Flags } from '../flags.ts';
import { chosenFramework } from '../framework.ts';
import type { HistoryAsked } from '../history.ts';
import { lintRequest, STDIN } from '../lint-request.ts';
import { debug, notice, noticeUnmarked, noticeVariables } from '../notices.ts';
import { addLintOptions } from '../options.ts';
import { FORMATS, formatsHelp, parseOutputs } from '../outputs.ts';
import { unknownCommand } from '../parse-error.ts';
import { comparedWith, previousOf } from '../previous.ts';
import { startStats } from '../stats.ts';
import { judgement } from '../suppressions.ts';
import { refuseWarnings, strictly } from '../verdict-flags.ts';

const EXAMPLES = `Examples:
  agentid-lint lint                                  every manifest under this folder
  agentid-lint lint agents/ "infra/**/*.yaml"        files, folders, patterns
  agentid-lint lint export.json --as blueprint --relationships elsewhere
  cat invoice.yaml | agentid-lint lint - --stdin-filename agents/invoice.yaml
  agentid-lint lint --changed                        what differs from the last commit
  agentid-lint lint --since origin/main              what this branch adds to another one
  agentid-lint lint --output json=lint.json          the screen, and a file for programs
  agentid-lint lint --rule "permissions/*" --fail-on medium`;

export function addLintCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('lint', { isDefault: true })
    .argument('[paths...]', 'files, folders, patterns, or "-" for stdin; without any, the working directory')
    .summary('lint manifests in files')
    .description(
      'Finds agent blueprint manifests (JSON, YAML), judges them by the rules and reports what is wrong.\nReads files only: no sign-in, and no network but for own rules at addresses that the config allows.',
    )
    .addHelpText('after', `\n${[EXAMPLES, formatsHelp(), ENVIRONMENT_HELP, exitCodesHelp()].join('\n\n')}`);
  const given = addLintOptions(command);
  command.action(async (paths: string[]) => {
    if (program.args[0] !== command.name()) refuseMistypedCommand(paths, program, context);
    setExitCode(await runLint(paths, readFlags(given, context.env), context));
  });
}

async function runLint(paths: readonly string[], flags: Flags, context: CliContext): Promise<number> {
  const isQuiet = flags.isOn('--quiet');
  const stats = flags.isOn('--stats') ? startStats(context) : null;
  const format = flags.one('--format', FORMATS)?.value ?? 'pretty';
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const showSuppressed = flags.isOn('--show-suppressed');
  const outputs = parseOutputs(flags.list('--output'), { cwd: context.cwd, paths });
  if (!isQuiet) {
    noticeVariables(context);
    if (paths.includes(STDIN) && context.terminal.stdin)
      notice(context, ['reading from the terminal; Ctrl-D ends the text']);
  }
  const { request: plain, warnings, config, ruleSet } = await lintRequest(paths, flags, context);
  refuseWarnings(warnings, flags);
  const effective = { config, ruleSet, warnings, files: plain.configFiles ?? [] };
  const whole = { ...plain, ...(await judgement(flags, effective, context)) };
  const byFramework = await chosenFramework(flags, context, ruleSet.rules);
  const previous = await previousOf(flags, context);
  const { request, notices } = await withChange(whole, flags, context);
  if (flags.isOn('--debug'))
    debug(context, [
      ...request.bundles.map(({ source, digest }) => `policies ${digest} ${source.name}`),
      `config ${config.file ?? 'none'}`,
    ]);
  const keep = await historyOf(
    flags,
    { paths, changed: request.change?.files ?? null, rules: ruleSet.rules },
    context,
  );
  const judged = await lint(stats === null ? request : { ...request, onStage: stats.stage });
  const report = byFramework(await comparedWith(strictly(judged, flags), previous));
  if (!isQuiet) {
    for (const warning of [...warnings, ...notices]) notice(context, [warning]);
    noticeUnmarked(report, context);
  }
  stats?.stage('render');
  const annotations = !flags.isOn('--no-annotations');
  await deliverReport(report, { format, color, showSuppressed, outputs, annotations }, context);
  keep?.(report);
  stats?.print();
  return report.exitCode;
}

/** What adds the run to a history, loaded when there is one. */
async function historyOf(
  flags: Flags,
  asked: HistoryAsked,
  context: CliContext,
): Promise<((report: Report) => void) | null> {
  if (flags.text('--history') === undefined) return null;
  const { historyFor } = await import('../other-commands.ts');
  return historyFor(flags, asked, context);
}

/** `agentid-lint rulse` without a file of that name is no path. */
function refuseMistypedCommand(paths: readonly string[], program: Command, context: CliContext): void {
  const [first = ''] = paths;
  if (!/^[a-z][a-z-]*$/i.test(first) || context.exists(resolve(context.cwd, first))) return;
  throw unknownCommand(first, program, 'and no file or folder of that name');
}
