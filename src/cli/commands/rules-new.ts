import { Option, type Command } from 'commander';
import { DOCUMENT_KINDS, SEVERITIES } from '../../model/vocabulary.ts';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import type { GivenRule } from '../new-rule-draft.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';

/** `rules new`: asks for what it is not given when there is somebody to ask. */
export function addRulesNew(rules: Command, context: CliContext): void {
  const command = rules
    .command('new')
    .argument('[id]', '<domain>/<rule-name>, such as ownership/team-tag')
    .summary('start a rule of your own')
    .description(
      'Writes a rule with its unit test and its examples. They pass every check, and are there to be changed.\nAsks for what it is not given, but not in CI and not without a terminal. Never overwrites a file.',
    )
    .addOption(
      ruleOption('--dir <folder>', 'folder of own rules (default: first one of the config, or ./rules)'),
    )
    .addOption(ruleOption('--title <text>', 'what is wrong, in a few words'))
    .addOption(ruleOption('--severity <severity>', 'how bad that is (default: low)', SEVERITIES))
    .addOption(
      ruleOption(
        '--applies-to <kind>',
        'kind of resource that it judges (repeatable; default: blueprint)',
        DOCUMENT_KINDS,
      ).argParser((kind: string, kinds: readonly string[] | undefined) => [...(kinds ?? []), kind]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint rules new ownership/team-tag\n  agentid-lint rules new ownership/team-tag --title "Blueprint has no team tag" --severity medium',
    );
  const given = addOptions(command, ['--config', '--no-config', '--quiet', '--debug']);
  command.action(
    async (id: string | undefined, options: Omit<GivenRule, 'id'> & { readonly dir?: string }) => {
      const flags = readFlags(given, context.env);
      if (!flags.isOn('--quiet')) noticeVariables(context);
      const { newRule } = await import('../other-commands.ts');
      await reportToStdout(context, await newRule({ ...options, id }, flags, context));
    },
  );
}

function ruleOption(flags: string, description: string, choices: readonly string[] = []): Option {
  const option = new Option(flags, description).helpGroup('The rule:');
  if (choices.length > 0) option.argChoices = [...choices];
  return option;
}
