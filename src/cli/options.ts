import { Option, type Command } from 'commander';
import { GROUPS, OPTIONS, type OptionSpec } from './option-table.ts';

export type OptionName = keyof typeof OPTIONS;

/** An option as it stands on a command line; a switch has an empty value. */
export type GivenOption = { readonly name: OptionName; readonly value: string };

/** What `lint` means by an option that other commands have too. */
const IN_LINT: { readonly [name in OptionName]?: OptionSpec } = {
  '--since': {
    value: '<commit>',
    group: 'input',
    description: 'the same, compared with where this branch has parted from another one, or with a commit',
  },
};

export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** What `lint` takes: everything that is not about a tenant or about many runs. */
const LINT_OPTIONS = OPTION_NAMES.filter((name) => name in IN_LINT || !isOfOthers(name));

/** Options that say which tenant, and how to sign in to it. */
export const SIGN_IN_OPTIONS = [
  '--tenant',
  '--cloud',
  '--auth',
  '--client-id',
  '--graph-url',
  '--login-url',
  '--allow-write-scopes',
] as const satisfies readonly OptionName[];

/** Options that say what is collected, and how. */
export const COLLECT_OPTIONS = [
  '--no-beta',
  '--redact',
  '--since',
  '--resume',
  '--concurrency',
  '--expect-min',
] as const satisfies readonly OptionName[];

/** Options that choose what keeps findings from counting. */
export const SUPPRESSION_OPTIONS = [
  '--baseline',
  '--no-baseline',
  '--no-waivers',
  '--no-inline',
] as const satisfies readonly OptionName[];

/** Options that say what fails a run. */
export const VERDICT_OPTIONS = [
  '--fail-on',
  '--max-findings',
  '--fail-on-new',
  '--previous',
  '--strict',
  '--allow-empty',
  '--allow-incomplete',
] as const satisfies readonly OptionName[];

/** Options that choose which rules there are; the same for every command that knows own rules. */
export const SOURCE_OPTIONS = [
  '--config',
  '--no-config',
  '--rules',
  '--no-builtin-rules',
  '--offline',
  '--opa',
  '--no-cache',
] as const satisfies readonly OptionName[];

/** Options that choose and layer the config; the same for every command that reads all of one. */
export const CONFIG_OPTIONS = [
  ...SOURCE_OPTIONS,
  '--as',
  '--relationships',
  '--rule',
  '--skip-rule',
  '--fail-on',
] as const satisfies readonly OptionName[];

/** Options of commands that judge, and say which findings need not count. */
export const SUPPRESSION_RUN_OPTIONS: readonly OptionName[] = [
  ...(['--exclude', '--no-ignore', '--stdin-filename', '--max-file-size', '--snapshot'] as const),
  ...CONFIG_OPTIONS.filter((name) => name !== '--fail-on'),
  ...(['--now', '--baseline', '--no-waivers', '--no-inline'] as const),
  ...(['--allow-empty', '--allow-incomplete', '--quiet', '--debug'] as const),
];

/** Options that choose what is judged and by what, for commands that say why and give no verdict. */
export const TRACE_OPTIONS: readonly OptionName[] = [
  ...(['--exclude', '--no-ignore', '--stdin-filename', '--max-file-size'] as const),
  ...CONFIG_OPTIONS.filter((name) => name !== '--fail-on'),
  '--now',
];

/**
 * Gives a command options. What stands on the command line is collected in its order and as it is written; values
 * are read by `readFlags`, which knows the environment too.
 */
export function addOptions(
  command: Command,
  names: readonly OptionName[],
  specs: { readonly [name in OptionName]?: OptionSpec } = {},
): readonly GivenOption[] {
  const given: GivenOption[] = [];
  for (const name of OPTION_NAMES.filter((candidate) => names.includes(candidate))) {
    const spec: OptionSpec = specs[name] ?? OPTIONS[name];
    const { short, value, bare, description, group, choices } = spec;
    const flags = [
      short === undefined ? name : `${short}, ${name}`,
      ...(value === undefined ? [] : [value]),
    ].join(' ');
    const option = new Option(flags, description).helpGroup(GROUPS[group]);
    if (choices !== undefined) option.argChoices = [...choices];
    command.addOption(option);
    command.on(`option:${option.name()}`, (text: unknown) => {
      given.push({ name, value: typeof text === 'string' ? text : (bare ?? '') });
    });
  }
  return given;
}

/** The same for `lint`. */
export function addLintOptions(command: Command): readonly GivenOption[] {
  return addOptions(command, LINT_OPTIONS, IN_LINT);
}

function isOfOthers(name: OptionName): boolean {
  const { group } = OPTIONS[name];
  return group === 'tenant' || group === 'collecting' || group === 'history';
}
