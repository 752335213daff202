import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Report } from '../../findings/report.ts';
import { lint } from '../../lint.ts';
import { loadReporter, REPORTERS } from '../../reporters/index.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { OutputError } from '../errors.ts';
import { exitCodesHelp } from '../exit-codes-help.ts';
import { readFlags, type Flags } from '../flags.ts';
import { lintRequest, STDIN } from '../lint-request.ts';
import { debug, notice, noticeUnmarked, noticeVariables } from '../notices.ts';
import { addOptions, OPTION_NAMES } from '../options.ts';
import { writeReportFile } from '../output.ts';
import { FORMATS, parseOutputs, type Output } from '../outputs.ts';
import { unknownCommand } from '../parse-error.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { startStats } from '../stats.ts';

const EXAMPLES = `Examples:
  agentid-lint lint                                  every manifest under this folder
  agentid-lint lint agents/ "infra/**/*.yaml"        files, folders, patterns
  agentid-lint lint export.json --as blueprint --relationships elsewhere
  cat invoice.yaml | agentid-lint lint - --stdin-filename agents/invoice.yaml
  agentid-lint lint --output json=lint.json          the screen, and a file for programs
  agentid-lint lint --rule "permissions/*" --fail-on medium`;

const ENVIRONMENT = `Environment:
  AGENTID_LINT_*         sets any option: AGENTID_LINT_FAIL_ON=medium, AGENTID_LINT_QUIET=true;
                         values of repeatable options each on a line. The command line wins.
  NO_COLOR, FORCE_COLOR  no colour, or colour; --color and --no-color win.`;

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
    .addHelpText('after', `\n${[EXAMPLES, formatsHelp(), ENVIRONMENT, exitCodesHelp()].join('\n\n')}`);
  const given = addOptions(command, OPTION_NAMES);
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
  const outputs = parseOutputs(flags.list('--output'), { cwd: context.cwd, paths });
  if (!isQuiet) {
    noticeVariables(context);
    if (paths.includes(STDIN) && context.terminal.stdin)
      notice(context, ['reading from the terminal; Ctrl-D ends the text']);
  }
  const { request, warnings, config } = await lintRequest(paths, flags, context);
  if (flags.isOn('--debug'))
    debug(context, [
      ...request.bundles.map(({ source, digest }) => `policies ${digest} ${source.name}`),
      `config ${config.file ?? 'none'}`,
    ]);
  const report = await lint(stats === null ? request : { ...request, onStage: stats.stage });
  if (!isQuiet) {
    for (const warning of warnings) notice(context, [warning]);
    noticeUnmarked(report, context);
  }
  stats?.stage('render');
  const failed = await writeOutputs(outputs, report);
  const render = await loadReporter(format);
  await reportToStdout(context, render(report, { color }));
  stats?.print();
  if (failed !== null) throw failed;
  return report.exitCode;
}

/** Writes what can be written; the first failure is for the end, so that the screen still tells what was found. */
async function writeOutputs(outputs: readonly Output[], report: Report): Promise<OutputError | null> {
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

/** `agentid-lint rulse` without a file of that name is no path. */
function refuseMistypedCommand(paths: readonly string[], program: Command, context: CliContext): void {
  const [first = ''] = paths;
  if (!/^[a-z][a-z-]*$/i.test(first) || context.exists(resolve(context.cwd, first))) return;
  throw unknownCommand(first, program, 'and no file or folder of that name');
}

function formatsHelp(): string {
  const width = Math.max(...FORMATS.map((name) => name.length));
  return `Formats:\n${FORMATS.map((name) => `  ${name.padEnd(width)}  ${REPORTERS[name].description}`).join('\n')}`;
}
