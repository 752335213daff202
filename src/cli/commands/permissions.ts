import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { addOptions, SOURCE_OPTIONS } from '../options.ts';
import { PERMISSION_FORMATS, type PermissionFlags } from '../permission-formats.ts';

const HELP = `
Examples:
  agentid-lint permissions                       each permission, and what it is for
  agentid-lint permissions --rule "accountability/*" --no-beta
  agentid-lint permissions --format az --repository contoso/agents > register.sh
  agentid-lint permissions --format powershell --delegated`;

/** `permissions`: what the rules that are on need to read a tenant. Prints, and asks nobody. */
export function addPermissionsCommand(program: Command, context: CliContext): void {
  const command = program
    .command('permissions')
    .summary('print the permissions that reading a tenant takes')
    .description(
      'Prints the least permissions of Microsoft Graph that the rules which are on need, and\nwhy; or a script that registers an app with them. Nothing is run, and nobody is asked.',
    )
    .addOption(script('--delegated', 'for a signed-in user instead of an app that signs in by itself'))
    .addOption(script('--app-name <name>', 'name of the app registration (default: agentid-lint)'))
    .addOption(
      script('--repository <owner/name>', 'the GitHub repository whose workflows may sign in as the app'),
    )
    .addOption(script('--branch <name>', 'the branch whose workflows may (default: main)'))
    .addOption(formatOption())
    .addHelpText('after', HELP);
  const given = addOptions(command, [
    ...SOURCE_OPTIONS,
    ...(['--rule', '--skip-rule', '--no-beta', '--cloud'] as const),
    ...(['--color', '--no-color', '--quiet', '--debug'] as const),
  ]);
  command.action(async (options: PermissionFlags) => {
    const { printPermissions } = await import('../other-commands.ts');
    await printPermissions(options, readFlags(given, context.env), context);
  });
}

function script(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('App registration:');
}

function formatOption(): Option {
  const option = new Option(
    '-f, --format <format>',
    'text for people (default), json for programs, or a script: az for the Azure CLI, powershell for Microsoft Graph PowerShell',
  );
  option.argChoices = [...PERMISSION_FORMATS];
  return option.default('text').helpGroup('Output:');
}
