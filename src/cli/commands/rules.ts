import { Argument, type Command } from 'commander';
import { suggest } from '../../util/suggest.ts';
import { builtInExamples, builtInRules, findRule } from '../../rules.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { usageError } from '../errors.ts';
import { readFlags } from '../flags.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { ruleList, rulePage } from '../rule-text.ts';
import { isJson, jsonText, textOrJson, type FormatFlag } from '../text-or-json.ts';

export function addRulesCommands(program: Command, context: CliContext): void {
  const rules = program
    .command('rules')
    .summary('list and explain the rules')
    .description('Lists and explains the built-in rules. Works offline.')
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint rules list\n  agentid-lint rules show permissions/blocked-for-agents',
    );
  addList(rules, context);
  addShow(rules, context);
}

function addList(rules: Command, context: CliContext): void {
  const command = rules
    .command('list')
    .summary('print every rule with its severity and title')
    .description('Prints every built-in rule with its severity and title, by domain.')
    .addOption(textOrJson())
    .addHelpText('after', '\nExamples:\n  agentid-lint rules list\n  agentid-lint rules list --format json');
  const given = addOptions(command, ['--color', '--no-color', '--debug']);
  command.action(async ({ format }: FormatFlag) => {
    const { catalogue } = builtInRules();
    const color = wantsColor(context, readFlags(given, context.env).either('--color', '--no-color'));
    await reportToStdout(
      context,
      isJson(format) ? jsonText(catalogue.rules) : ruleList(catalogue.rules, { color }),
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
  const given = addOptions(command, ['--color', '--no-color', '--debug']);
  command.action(async (id: string, { format }: FormatFlag) => {
    const { catalogue } = builtInRules();
    const rule = findRule(catalogue.rules, id);
    if (rule === undefined)
      throw unknownRule(
        id,
        catalogue.rules.map((known) => known.id),
      );
    const examples = builtInExamples(rule.id);
    const color = wantsColor(context, readFlags(given, context.env).either('--color', '--no-color'));
    await reportToStdout(
      context,
      isJson(format) ? jsonText({ ...rule, examples }) : rulePage(rule, examples, { color }),
    );
  });
}

function unknownRule(id: string, known: readonly string[]): Error {
  const near =
    known.find((candidate) => candidate.endsWith(`/${id}`)) ?? suggest(id, known) ?? nearName(id, known);
  return usageError(
    `there is no rule ${JSON.stringify(id)}`,
    near === null ? '"agentid-lint rules list" prints all of them.' : `Did you mean "${near}"?`,
  );
}

/** The rule whose name without its domain is near. */
function nearName(id: string, known: readonly string[]): string | null {
  const name = suggest(
    id,
    known.map((candidate) => candidate.slice(candidate.indexOf('/') + 1)),
  );
  return name === null ? null : (known.find((candidate) => candidate.endsWith(`/${name}`)) ?? null);
}
