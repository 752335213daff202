import { Argument, type Command } from 'commander';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { loadRuleSet } from '../load-config.ts';
import { noticeWarnings } from '../notices.ts';
import { addOptions, SOURCE_OPTIONS } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { ruleNamed } from '../rule-named.ts';
import { ruleOutput } from '../rule-page.ts';
import { ruleList } from '../rule-text.ts';
import { isJson, jsonText, textOrJson, type FormatFlag } from '../text-or-json.ts';
import { addRulesBuild } from './rules-build.ts';
import { addRulesCheck } from './rules-check.ts';
import { addRulesDocs } from './rules-docs.ts';
import { addRulesNew } from './rules-new.ts';
import { addRulesTest } from './rules-test.ts';
import { addRulesTrace } from './rules-trace.ts';

export function addRulesCommands(
  program: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const rules = program
    .command('rules')
    .summary('list, explain, write, test and ship rules')
    .description('Lists and explains the rules, built-in and own; writes, tests and ships own ones.')
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint rules list\n  agentid-lint rules show permissions/blocked-for-agents\n  agentid-lint rules new ownership/team-tag',
    );
  addList(rules, context);
  addShow(rules, context);
  addRulesNew(rules, context);
  addRulesCheck(rules, context, setExitCode);
  addRulesTest(rules, context, setExitCode);
  addRulesBuild(rules, context);
  addRulesDocs(rules, context, setExitCode);
  addRulesTrace(rules, context, setExitCode);
}

function addList(rules: Command, context: CliContext): void {
  const command = rules
    .command('list')
    .summary('print every rule with its severity and title')
    .description('Prints every rule, built-in and own, with its severity and title, by domain.')
    .addOption(textOrJson())
    .addHelpText('after', '\nExamples:\n  agentid-lint rules list\n  agentid-lint rules list --format json');
  const given = addOptions(command, [...SOURCE_OPTIONS, '--color', '--no-color', '--quiet', '--debug']);
  command.action(async ({ format }: FormatFlag) => {
    const flags = readFlags(given, context.env);
    const asJson = isJson(format);
    const { ruleSet, warnings } = await loadRuleSet(flags, context);
    if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
    const { rules: all, sourceOf } = ruleSet;
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    await reportToStdout(
      context,
      asJson
        ? jsonText(all.map((rule) => ({ ...rule, source: sourceOf(rule) })))
        : ruleList(ruleSet, { color }),
    );
  });
}

function addShow(rules: Command, context: CliContext): void {
  const command = rules
    .command('show')
    .summary('print everything about a rule')
    .description(
      'Prints what a rule asks for and why, how to put it right, its options, controls and examples.',
    )
    .addArgument(new Argument('<rule>', 'id or former id of the rule'))
    .addOption(textOrJson())
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint rules show accountability/no-owner\n  agentid-lint rules show credentials/secret-lifetime --format json',
    );
  const given = addOptions(command, [...SOURCE_OPTIONS, '--color', '--no-color', '--quiet', '--debug']);
  command.action(async (id: string, { format }: FormatFlag) => {
    const flags = readFlags(given, context.env);
    const asJson = isJson(format);
    const { ruleSet, warnings } = await loadRuleSet(flags, context);
    if (!flags.isOn('--quiet')) noticeWarnings(warnings, context);
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    await reportToStdout(context, ruleOutput(ruleNamed(id, ruleSet), ruleSet, { asJson, color }));
  });
}
