import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { ENVIRONMENT_HELP } from '../environment-help.ts';
import { exitCodesHelp } from '../exit-codes-help.ts';
import { readFlags } from '../flags.ts';
import {
  addOptions,
  COLLECT_OPTIONS,
  SIGN_IN_OPTIONS,
  SOURCE_OPTIONS,
  SUPPRESSION_OPTIONS,
  VERDICT_OPTIONS,
} from '../options.ts';
import { formatsHelp } from '../outputs.ts';
import { SIGN_IN_HELP } from '../sign-in-help.ts';

const EXAMPLES = `Examples:
  agentid-lint scan --tenant contoso.onmicrosoft.com   collect the tenant and judge it
  agentid-lint scan --snapshot tenant.snapshot         judge what was collected before
  agentid-lint scan --keep tenant.snapshot --output json=scan.json
  agentid-lint scan --snapshot tenant.snapshot --rule "lifecycle/*" --now 2027-01-01T00:00:00Z`;

/** `scan`: a tenant, or a snapshot of one, judged by the rules. */
export function addScanCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('scan')
    .summary('judge a tenant, or a snapshot of one')
    .description(
      'Judges the agents of a tenant by the rules and reports what is wrong. Without\n--snapshot, the tenant is collected first: only reads are sent to Microsoft Graph.',
    )
    .addHelpText(
      'after',
      `\n${[EXAMPLES, formatsHelp(), SIGN_IN_HELP, ENVIRONMENT_HELP, exitCodesHelp()].join('\n\n')}`,
    );
  const given = addOptions(command, [
    '--snapshot',
    ...SIGN_IN_OPTIONS,
    ...COLLECT_OPTIONS,
    '--keep',
    ...SOURCE_OPTIONS,
    ...(['--rule', '--skip-rule', '--now'] as const),
    ...SUPPRESSION_OPTIONS,
    ...VERDICT_OPTIONS,
    ...([
      '--format',
      '--output',
      '--framework',
      '--show-suppressed',
      '--history',
      '--no-annotations',
      '--color',
      '--no-color',
      '--quiet',
      '--stats',
      '--debug',
    ] as const),
  ]);
  command.action(async () => {
    const { scanTenant } = await import('../other-commands.ts');
    setExitCode(await scanTenant(readFlags(given, context.env), context));
  });
}
