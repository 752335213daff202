import { Option, type Command } from 'commander';
import { builtInLibrary } from '../../rules.ts';
import { wantsColor } from '../color.ts';
import type { CliContext } from '../context.ts';
import { choiceOf, readFlags } from '../flags.ts';
import { opaOf } from '../load-config.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';
import { reportToStdout } from '../report-to-stdout.ts';
import { ruleCheckJson, ruleCheckText } from '../rule-check-text.ts';
import { FOLDER_OPTIONS, ruleFolders } from '../rule-folders.ts';
import { jsonText } from '../text-or-json.ts';
import { VERSION } from '../version.ts';

const FORMATS = ['pretty', 'json'] as const;

type CheckFlags = { readonly format: string; readonly fix?: true };

/** `rules check`: ends with code 2 when anything was found. */
export function addRulesCheck(
  rules: Command,
  context: CliContext,
  setExitCode: (code: number) => void,
): void {
  const format = new Option('-f, --format <format>', 'pretty for people (default) or json for programs')
    .default('pretty')
    .helpGroup('Output:');
  format.argChoices = [...FORMATS];
  const command = rules
    .command('check')
    .argument('[path]', 'folder of own rules; without one, those of the config, or ./rules')
    .summary('find what is wrong with own rules')
    .description(
      'Finds what is wrong with own rules: whether they compile, read fields that exist, have METADATA, tests and\nexamples, do what their examples say, and keep to the house rules. Builds nothing and reports everything at once.',
    )
    .addOption(new Option('--fix', 'write files that are not formatted').helpGroup('Rules and config:'))
    .addOption(format)
    .addHelpText(
      'after',
      '\nExamples:\n  agentid-lint rules check\n  agentid-lint rules check ./rules --fix\n  agentid-lint rules check ./rules --format json',
    );
  const given = addOptions(command, [
    ...FOLDER_OPTIONS,
    ...(['--opa', '--color', '--no-color', '--quiet', '--debug'] as const),
  ]);
  command.action(async (path: string | undefined, { format: wanted, fix }: CheckFlags) => {
    const flags = readFlags(given, context.env);
    const isForPeople = choiceOf({ value: wanted, source: '--format' }, FORMATS) === 'pretty';
    const color = wantsColor(context, flags.either('--color', '--no-color'));
    if (!flags.isOn('--quiet')) noticeVariables(context);
    const folders = await ruleFolders(path, flags, context);
    const { checkRules } = await import('../../rules/check.ts');
    const checked = await checkRules(folders, {
      cwd: context.cwd,
      library: await builtInLibrary(),
      opa: opaOf(flags, context),
      version: VERSION,
      fix: fix === true,
    });
    await reportToStdout(
      context,
      isForPeople ? ruleCheckText(checked, { color }) : jsonText(ruleCheckJson(checked)),
    );
    if (checked.some(({ problems }) => problems.length > 0)) setExitCode(2);
  });
}
