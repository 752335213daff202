import { Command } from 'commander';
import type { CliContext } from './context.ts';
import { addBaselineCommands } from './commands/baseline.ts';
import { addCacheCommands } from './commands/cache.ts';
import { addCollectCommand } from './commands/collect.ts';
import { addCompletionsCommand } from './commands/completions.ts';
import { addConfigCommands } from './commands/config.ts';
import { addDiffCommand } from './commands/diff.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addInitCommand } from './commands/init.ts';
import { addLintCommand } from './commands/lint.ts';
import { addPermissionsCommand } from './commands/permissions.ts';
import { addReportCommand } from './commands/report.ts';
import { addRulesCommands } from './commands/rules.ts';
import { addScanCommand } from './commands/scan.ts';
import { addTrendCommand } from './commands/trend.ts';
import { addWaiversCommands } from './commands/waivers.ts';
import { exitCodesHelp } from './exit-codes-help.ts';
import { VERSION } from './version.ts';

export type ProgramOutcome = {
  /** Told the exit code of the command that ran. */
  readonly setExitCode: (code: number) => void;
  /** Told the text of help and `--version`. */
  readonly writeHelp: (text: string) => void;
};

const WIDEST_HELP = 100;
const HELP_WITHOUT_TERMINAL = 80;

/** The whole command line. Usage errors are thrown, output goes through the context. */
export function buildProgram(context: CliContext, { setExitCode, writeHelp }: ProgramOutcome): Command {
  const width = Math.min(WIDEST_HELP, context.columns ?? HELP_WITHOUT_TERMINAL);
  const program = new Command('agentid-lint')
    .description(
      'Checks AI agents in Microsoft Entra Agent ID, in manifests and in tenants, against governance rules.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({
      optionDescription: ({ description }) => description,
      argumentDescription: ({ description }) => description,
    })
    .configureOutput({
      writeOut: writeHelp,
      writeErr: () => undefined,
      outputError: () => undefined,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', `\n${EXAMPLES}\n\n${exitCodesHelp()}`);
  addLintCommand(program, context, setExitCode);
  addCollectCommand(program, context, setExitCode);
  addScanCommand(program, context, setExitCode);
  addReportCommand(program, context);
  addDiffCommand(program, context, setExitCode);
  addTrendCommand(program, context, setExitCode);
  addBaselineCommands(program, context, setExitCode);
  addWaiversCommands(program, context, setExitCode);
  addPermissionsCommand(program, context);
  addDoctorCommand(program, context, setExitCode);
  addRulesCommands(program, context, setExitCode);
  addExplainCommand(program, context, setExitCode);
  addInitCommand(program, context, setExitCode);
  addConfigCommands(program, context);
  addCacheCommands(program, context);
  addCompletionsCommand(program, context);
  return program;
}

const EXAMPLES = `Examples:
  agentid-lint                                     lint every manifest under this folder
  agentid-lint lint agents/ --fail-on medium       see "agentid-lint lint --help"
  agentid-lint scan --tenant contoso.com           read a tenant and judge it
  agentid-lint rules show accountability/no-owner  what a rule asks for, and why
  agentid-lint config print agents/invoice.yaml    what holds for a file, and where it was set`;
