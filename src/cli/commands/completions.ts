import { Argument, type Command } from 'commander';
import { builtInRules } from '../../rules.ts';
import { completionScript, SHELLS } from '../completions/index.ts';
import type { CliContext } from '../context.ts';
import { choiceOf } from '../flags.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';

const HELP = `
Examples:
  source <(agentid-lint completions bash)                                now, in bash
  agentid-lint completions zsh > "\${fpath[1]}/_agentid-lint"              for good, in zsh
  agentid-lint completions fish > ~/.config/fish/completions/agentid-lint.fish`;

export function addCompletionsCommand(program: Command, context: CliContext): void {
  const argument = new Argument('<shell>', 'bash, zsh or fish');
  argument.argChoices = [...SHELLS];
  const command = program
    .command('completions')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands, options, their values and rule ids.')
    .addArgument(argument)
    .addHelpText('after', HELP)
    .action(async (name: string) => {
      const shell = choiceOf({ value: name, source: 'completions' }, SHELLS);
      const rules = builtInRules().catalogue.rules.map(({ id }) => id);
      await reportToStdout(context, completionScript(shell, program, rules));
    });
  addOptions(command, ['--debug']);
}
