import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { WORKFLOWS, type InitOptions } from '../init-options.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';

const EXAMPLES = `Examples:
  agentid-lint init              asks, then writes
  agentid-lint init --yes        writes what it proposes
  agentid-lint init --dry-run    shows what it would write`;

/** `init`: asks what to write when there is somebody to ask. */
export function addInitCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('init')
    .summary('write the files that a repository begins with')
    .description(
      'Looks at what is in this folder, proposes a config for it, and writes it, with a workflow, a pre-commit hook and a baseline if they are wanted. Never overwrites or edits a file; what is there stays.',
    )
    .addOption(initOption('-y, --yes', 'ask nothing, and write what is proposed'))
    .addOption(initOption('--dry-run', 'ask nothing, and show what --yes would write'))
    .addOption(
      initOption(
        '--workflow <service>',
        'write a workflow: github or none (default: github, if the repository is there)',
        WORKFLOWS,
      ),
    )
    .addOption(initOption('--pre-commit', 'write a pre-commit hook'))
    .addOption(initOption('--no-pre-commit', 'write none, and do not ask'))
    .addOption(initOption('--baseline', 'record what is found today, so that only new findings count'))
    .addOption(initOption('--no-baseline', 'record nothing, and do not ask'))
    .addHelpText('after', `\n${EXAMPLES}`);
  const given = addOptions(command, ['--quiet', '--debug']);
  command.action(async (options: InitOptions) => {
    const flags = readFlags(given, context.env);
    if (!flags.isOn('--quiet')) noticeVariables(context);
    const { initRepository } = await import('../other-commands.ts');
    setExitCode(await initRepository(options, flags, context));
  });
}

function initOption(flags: string, description: string, choices: readonly string[] = []): Option {
  const option = new Option(flags, description).helpGroup('What is written:');
  if (choices.length > 0) option.argChoices = [...choices];
  return option;
}
