import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import { readFlags, SIGNING_KEY_VARIABLE } from '../flags.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { FOLDER_OPTIONS } from '../rule-folders.ts';
import type { BuildFlags } from '../rule-bundle.ts';
import { textOrJson } from '../text-or-json.ts';

/** `rules build`: own rules as one file, signed or not. */
export function addRulesBuild(rules: Command, context: CliContext): void {
  const command = rules
    .command('build')
    .argument('[path]', 'folder of own rules; without one, that of the config, or ./rules')
    .summary('build own rules into a bundle to share')
    .description(
      'Builds a folder of own rules into one file, which is used with --rules and read by OPA, too.\nEqual rules give equal bytes.',
    )
    .requiredOption('-o, --output <file>', 'write the bundle to this file, which ends in .tar.gz')
    .addOption(signing('--sign', 'sign the bundle'))
    .addOption(
      signing(
        '--key <file>',
        `the private key in PEM, or the secret of an HS algorithm (default: what ${SIGNING_KEY_VARIABLE} holds)`,
      ),
    )
    .addOption(signing('--key-id <id>', 'name under which others configure the key (default: default)'))
    .addOption(signing('--algorithm <name>', 'such as RS256, PS256, ES256 or HS256 (default: RS256)'))
    .addOption(textOrJson())
    .addHelpText(
      'after',
      `\nExamples:\n  agentid-lint rules build -o team-rules.tar.gz\n  agentid-lint rules build ./rules -o team-rules.tar.gz --sign --key team.pem --key-id team\n\nEnvironment:\n  ${SIGNING_KEY_VARIABLE}  the key itself, for pipelines that keep it as a secret; never printed`,
    );
  const given = addOptions(command, [...FOLDER_OPTIONS, '--opa', '--quiet', '--debug']);
  command.action(async (path: string | undefined, options: BuildFlags) => {
    const flags = readFlags(given, context.env);
    if (!flags.isOn('--quiet')) noticeVariables(context);
    const { buildRules } = await import('../other-commands.ts');
    await reportToStdout(context, await buildRules(path, options, { flags, context }));
  });
}

function signing(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('Signing:');
}
