import { Option, type Command } from 'commander';
import type { CliContext } from '../context.ts';
import { readFlags } from '../flags.ts';
import { noticeVariables } from '../notices.ts';
import { addOptions } from '../options.ts';
import { FOLDER_OPTIONS } from '../rule-folders.ts';
import { TEST_FORMATS, type TestFlags } from '../rule-test-flags.ts';

const EXAMPLES = `Examples:
  agentid-lint rules test                           the folders of the config, or ./rules
  agentid-lint rules test ./rules --run team-tag    one rule: its tests and its examples
  agentid-lint rules test --run "test_passes_.*tag" tests whose names fit
  agentid-lint rules test --threshold 95            fail when tests reach less of the rules
  agentid-lint rules test --watch                   again whenever a file changes`;

const EXIT_CODES = `Exit codes:
  0   everything passed
  1   a test or an example failed, OPA and WebAssembly disagree, or coverage is below --threshold
  2   the rules or their tests do not compile, or the command is used wrongly; nothing was tested
  3   there is no test and no example
  130 ended with Ctrl-C`;

/** `rules test`: unit tests in both engines, and examples. */
export function addRulesTest(rules: Command, context: CliContext, setExitCode: (code: number) => void): void {
  const format = output('-f, --format <format>', 'pretty for people (default) or json for programs');
  format.argChoices = [...TEST_FORMATS];
  const command = rules
    .command('test')
    .argument('[path]', 'folder of own rules; without one, those of the config, or ./rules')
    .summary('run the tests and examples of own rules')
    .description(
      'Runs the unit tests of own rules in OPA and in WebAssembly, which rules run in for users, and their examples through the whole pipeline. A test about which the two disagree fails.',
    )
    .addOption(
      tests(
        '--run <pattern>',
        'only what this regular expression finds: in the id of the rule, in <package>.<test>, or in the name of an example',
      ),
    )
    .addOption(tests('--coverage', 'say which lines of rules and helpers the tests reach'))
    .addOption(
      tests('--threshold <percent>', 'fail when they reach less; exact, never rounded (with --coverage)'),
    )
    .addOption(tests('--watch', 'run again whenever a file of the rules changes, until Ctrl-C'))
    .addOption(format.default('pretty'))
    .addHelpText('after', `\n${EXAMPLES}\n\n${EXIT_CODES}`);
  const given = addOptions(command, [
    ...FOLDER_OPTIONS,
    ...(['--opa', '--no-cache', '--color', '--no-color', '--quiet', '--debug'] as const),
  ]);
  command.action(async (path: string | undefined, options: TestFlags) => {
    const flags = readFlags(given, context.env);
    if (!flags.isOn('--quiet')) noticeVariables(context);
    const { testOwnRules } = await import('../other-commands.ts');
    setExitCode(await testOwnRules(path, options, { flags, context }));
  });
}

function tests(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('Tests:');
}

function output(flags: string, description: string): Option {
  return new Option(flags, description).helpGroup('Output:');
}
