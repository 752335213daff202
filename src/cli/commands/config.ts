import { Option, type Command } from 'commander';
import { describeConfig } from '../../config/print.ts';
import { withOwnRules } from '../../config/rules-schema.ts';
import { configSchema } from '../../rules.ts';
import { wantsColor } from '../color.ts';
import { configQuestion, type AskedResource } from '../config-question.ts';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { loadEffectiveConfig, loadRuleSet } from '../load-config.ts';
import { noticeWarnings } from '../notices.ts';
import { addOptions, CONFIG_OPTIONS, SOURCE_OPTIONS } from '../options.ts';
import { renderConfigText } from '../render-config.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { isJson, jsonText, textOrJson, type FormatFlag } from '../text-or-json.ts';

export function addConfigCommands(program: Command, context: CliContext): void {
  const config = program
    .command('config')
    .summary('print the effective config and its schema')
    .description('Prints the config as it takes effect, and the schema of config files.')
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint config print\n  agentid-lint config schema > agentid-lint.schema.json',
    );
  addPrint(config, context);
  addSchema(config, context);
}

function addSchema(config: Command, context: CliContext): void {
  const command = config
    .command('schema')
    .summary('print the JSON Schema of config files')
    .description(
      'Prints the JSON Schema of config files, with every rule, built-in and own, and its options.',
    )
    .addHelpText('after', '\nExample:\n  agentid-lint config schema > agentid-lint.schema.json');
  const given = addOptions(command, [...SOURCE_OPTIONS, '--quiet', '--debug']);
  command.action(async () => {
    const flags = readFlags(given, context.env);
    const { ruleSet, warnings } = await loadRuleSet(flags, context);
    if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
    const own = ruleSet.rules.filter((rule) => ruleSet.sourceOf(rule).kind !== 'built-in');
    await reportToStdout(
      context,
      jsonText(own.length === 0 ? configSchema() : withOwnRules(configSchema(), own)),
    );
  });
}

function addPrint(config: Command, context: CliContext): void {
  const command = config
    .command('print')
    .argument('[path]', 'a file, which need not exist; without one, what holds in general')
    .summary('print each value that takes effect, and where it came from')
    .description(
      'Prints each value that takes effect, in general, for a file or for a resource, and where it came from.',
    )
    .addOption(textOrJson())
    .addOption(about('--environment <name>', 'for a resource in this environment, or with this tag'))
    .addOption(about('--blueprint <id|name>', 'for a blueprint, its principal and its agents'))
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint config print\n  agentid-lint config print agents/invoice.yaml --format json\n  agentid-lint config print --tenant prod --environment sandbox',
    );
  const given = addOptions(command, [
    ...CONFIG_OPTIONS,
    '--tenant',
    '--color',
    '--no-color',
    '--quiet',
    '--debug',
  ]);
  command.action(async (path: string | undefined, options: FormatFlag & AskedResource) => {
    const flags = readFlags(given, context.env);
    const asJson = isJson(options.format);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    const { config: effective, ruleSet, warnings } = await loadEffectiveConfig(flags, context);
    if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
    const question = await configQuestion({ path, ...options }, { flags, config: effective, context });
    const entries = describeConfig(effective, ruleSet.rules, question);
    await reportToStdout(context, asJson ? jsonText(entries) : renderConfigText(entries, { color }));
  });
}

function about(flag: string, description: string): Option {
  return new Option(flag, description).helpGroup('Resource:');
}
