import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { addOptions, SIGN_IN_OPTIONS, SOURCE_OPTIONS } from '../options.ts';
import { SIGN_IN_HELP } from '../sign-in-help.ts';
import { textOrJson, type FormatFlag } from '../text-or-json.ts';

const HELP = `
Examples:
  agentid-lint doctor                        what is set up, and whether the tenant can be read
  agentid-lint doctor --offline              what is set up, without asking anybody
  agentid-lint doctor --tenant prod --format json

${SIGN_IN_HELP}`;

/** `doctor`: what is set up, and what of the tenant can be read. */
export function addDoctorCommand(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const command = program
    .command('doctor')
    .summary('check config, sign-in and what can be read')
    .description(
      'Checks versions, config, network settings and sign-in, and asks Graph for one thing\nof every group of facts that the rules need. --offline asks nobody.',
    )
    .addOption(textOrJson())
    .addHelpText('after', HELP);
  const given = addOptions(command, [
    ...SIGN_IN_OPTIONS,
    ...SOURCE_OPTIONS,
    ...(['--rule', '--skip-rule', '--no-beta', '--color', '--no-color', '--quiet', '--debug'] as const),
  ]);
  command.action(async ({ format }: FormatFlag) => {
    const { examine } = await import('../other-commands.ts');
    setExitCode(await examine(format, readFlags(given, context.env), context));
  });
}
