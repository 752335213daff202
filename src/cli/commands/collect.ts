import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import { exitCodesHelp } from '../exit-codes-help.ts';
import { readFlags } from '../flags.ts';
import { addOptions, COLLECT_OPTIONS, SIGN_IN_OPTIONS, SOURCE_OPTIONS } from '../options.ts';
import { SIGN_IN_HELP } from '../sign-in-help.ts';

const EXAMPLES = `Examples:
  agentid-lint collect -o tenant.snapshot --tenant contoso.onmicrosoft.com
  agentid-lint collect -o tenant.snapshot --resume           after an interruption
  agentid-lint collect -o today.snapshot --since yesterday.snapshot
  agentid-lint collect -o tenant.snapshot --redact=names     for someone else to judge`;

/** `collect`: what the rules that are on need of a tenant, in one file. */
export function addCollectCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('collect')
    .summary('read a tenant into a snapshot')
    .description(
      'Reads what the rules that are on need to know of a tenant into one file, which\n"agentid-lint scan --snapshot" judges. Only reads are sent to Microsoft Graph, and\nno secret of the tenant is kept.',
    )
    .addOption(
      new Option('-o, --output <file>', 'write the snapshot to this file')
        .makeOptionMandatory()
        .helpGroup('Output:'),
    )
    .addHelpText('after', `\n${[EXAMPLES, SIGN_IN_HELP, exitCodesHelp()].join('\n\n')}`);
  const given = addOptions(command, [
    ...SIGN_IN_OPTIONS,
    ...COLLECT_OPTIONS,
    ...SOURCE_OPTIONS,
    ...(['--rule', '--skip-rule', '--allow-incomplete', '--quiet', '--stats', '--debug'] as const),
  ]);
  command.action(async ({ output }: { readonly output: string }) => {
    const { collectSnapshot } = await import('../other-commands.ts');
    setExitCode(await collectSnapshot(output, readFlags(given, context.env), context));
  });
}
