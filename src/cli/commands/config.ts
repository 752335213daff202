import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { describeConfig } from '../../config/print.ts';
import { builtInRules, configSchemaText } from '../../rules.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { loadEffectiveConfig } from '../load-config.ts';
import { notice, noticeVariables } from '../notices.ts';
import { addOptions, CONFIG_OPTIONS } from '../options.ts';
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
  const schema = config
    .command('schema')
    .summary('print the JSON Schema of config files')
    .description('Prints the JSON Schema of config files, with every rule and its options.')
    .addHelpText('after', '\nExample:\n  agentid-lint config schema > agentid-lint.schema.json')
    .action(async () => {
      await reportToStdout(context, configSchemaText());
    });
  addOptions(schema, ['--debug']);
}

function addPrint(config: Command, context: CliContext): void {
  const command = config
    .command('print')
    .argument('[path]', 'a file, which need not exist; without one, what holds in general')
    .summary('print each value that takes effect, and where it came from')
    .description('Prints each value that takes effect, for one file or in general, and where it came from.')
    .addOption(textOrJson())
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint config print\n  agentid-lint config print agents/invoice.yaml --format json',
    );
  const given = addOptions(command, [...CONFIG_OPTIONS, '--color', '--no-color', '--quiet', '--debug']);
  command.action(async (path: string | undefined, { format }: FormatFlag) => {
    const flags = readFlags(given, context.env);
    const asJson = isJson(format);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    const { rules } = builtInRules().catalogue;
    const { config: effective, warnings } = await loadEffectiveConfig(flags, context, rules);
    if (!flags.isOn('--quiet')) {
      noticeVariables(context);
      for (const warning of warnings) notice(context, [warning]);
    }
    const uri =
      path === undefined ? null : relative(context.cwd, resolve(context.cwd, path)).replaceAll(sep, '/');
    const entries = describeConfig(effective, rules, uri);
    await reportToStdout(context, asJson ? jsonText(entries) : renderConfigText(entries, { color }));
  });
}
