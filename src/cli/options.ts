import { Option, type Command } from 'commander';
import { AUTH_METHODS, CLOUDS } from '../config/tenants.ts';
import { SEVERITIES } from '../model/vocabulary.ts';
import { REPORTERS } from '../reporters/index.ts';

type OptionSpec = {
  readonly short?: string;
  /** Name of its value in help; in brackets when it may be left out. A switch has none. */
  readonly value?: string;
  /** What the option stands for when its value is left out. */
  readonly bare?: string;
  readonly description: string;
  readonly group: keyof typeof GROUPS;
  /** The values that can be completed. */
  readonly choices?: readonly string[];
};

const GROUPS = {
  input: 'What is read:',
  tenant: 'Tenant:',
  collecting: 'Collecting:',
  rules: 'Rules and config:',
  verdict: 'What fails the run:',
  output: 'Output:',
} as const;

export const FAIL_ON = [...SEVERITIES, 'none'] as const;
export const KINDS = ['blueprint', 'blueprintPrincipal', 'agentIdentity', 'agentUser'] as const;
export const RELATIONSHIPS = ['declared', 'elsewhere'] as const;
export const REDACTIONS = ['names', 'ids'] as const;

/** Every option by its name, in the order of help; help, completion and environment variables come from here. */
const OPTIONS = {
  '--exclude': { value: '<glob>', group: 'input', description: 'leave these files out (repeatable)' },
  '--no-ignore': { group: 'input', description: 'also read files that .gitignore leaves out' },
  '--stdin-filename': {
    value: '<name>',
    group: 'input',
    description: 'path of the file that "-" stands for',
  },
  '--max-file-size': {
    value: '<size>',
    group: 'input',
    description: 'refuse larger files, in bytes or as 500k, 20M (default: 10M)',
  },
  '--as': {
    value: '<kind>',
    group: 'input',
    choices: KINDS,
    description: `what application JSON without a marker is: ${listed(KINDS)}`,
  },
  '--relationships': {
    value: '<where>',
    group: 'input',
    choices: RELATIONSHIPS,
    description:
      'whether sponsors, owners, federated credentials and inheritable permissions are declared in the files (default) or kept elsewhere',
  },
  '--changed': {
    group: 'input',
    description:
      'report only what is in, or points at, files that differ from the last commit; all are judged',
  },

  '--snapshot': {
    value: '<file>',
    group: 'tenant',
    description: 'judge this snapshot; without one, the tenant is collected first',
  },
  '--tenant': {
    value: '<name|id>',
    group: 'tenant',
    description: 'the tenant: its name in the config, its GUID or a domain of it',
  },
  '--cloud': {
    value: '<cloud>',
    group: 'tenant',
    choices: CLOUDS,
    description: `the cloud that it is in: ${listed(CLOUDS)} (default: global)`,
  },
  '--auth': {
    value: '<method>',
    group: 'tenant',
    choices: AUTH_METHODS,
    description: `how to sign in: ${listed(AUTH_METHODS)} (default: auto)`,
  },
  '--client-id': {
    value: '<id>',
    group: 'tenant',
    description: 'application (client) id of the app registration that signs in',
  },
  '--graph-url': {
    value: '<url>',
    group: 'tenant',
    description: "address of Microsoft Graph, where it is not the cloud's own",
  },
  '--login-url': {
    value: '<url>',
    group: 'tenant',
    description: "address to sign in at, where it is not the cloud's own",
  },
  '--allow-write-scopes': {
    group: 'tenant',
    description: 'accept a token that could also change agents or the directory; only reads are sent',
  },

  '--no-beta': {
    group: 'collecting',
    description: 'read nothing from the beta of Graph; rules that need it are skipped',
  },
  '--redact': {
    value: '[what]',
    bare: REDACTIONS.join(),
    group: 'collecting',
    description: `hide ${REDACTIONS.join(', ')} or both (default: both) in the snapshot`,
  },
  '--since': {
    value: '<snapshot>',
    group: 'collecting',
    description: 'read what has changed since this snapshot, where Graph can tell',
  },
  '--resume': { group: 'collecting', description: 'go on where an interrupted run has ended' },
  '--concurrency': {
    value: '<number>',
    group: 'collecting',
    description: 'requests at the same time at most; it goes down by itself when Graph throttles',
  },
  '--expect-min': {
    value: '<number>',
    group: 'collecting',
    description: 'incomplete (exit code 4) when fewer agent objects are found',
  },
  '--keep': {
    value: '<file>',
    group: 'collecting',
    description: 'keep the snapshot that is judged in this file',
  },

  '--config': {
    value: '<file>',
    group: 'rules',
    description: 'use this config file instead of looking for one',
  },
  '--no-config': { group: 'rules', description: 'use no config file' },
  '--rules': {
    value: '<source>',
    group: 'rules',
    description:
      'also use own rules: a folder, a bundle (.tar.gz), https://…#sha256=…, or an npm package (repeatable)',
  },
  '--no-builtin-rules': { group: 'rules', description: 'use own rules only' },
  '--offline': { group: 'rules', description: 'fetch no rules; use what was fetched before' },
  '--opa': {
    value: '<file>',
    group: 'rules',
    description: 'compile own rules with this opa executable instead of the compiler that comes along',
  },
  '--no-cache': { group: 'rules', description: 'compile and fetch again, and keep nothing' },
  '--rule': {
    value: '<glob>',
    group: 'rules',
    description: 'run only rules of these ids, such as "permissions/*" (repeatable)',
  },
  '--skip-rule': {
    value: '<glob>',
    group: 'rules',
    description: 'do not run rules of these ids (repeatable)',
  },
  '--now': {
    value: '<time>',
    group: 'rules',
    description: 'judge expiry as of this time (RFC 3339), for reproducible runs',
  },

  '--fail-on': {
    value: '<severity>',
    group: 'verdict',
    choices: FAIL_ON,
    description: `fail on findings of this severity or worse: ${listed(FAIL_ON)} (default: high)`,
  },
  '--allow-empty': { group: 'verdict', description: 'do not fail when there is nothing to judge' },
  '--allow-incomplete': {
    group: 'verdict',
    description: 'do not fail when something could not be read or judged',
  },

  '--format': {
    short: '-f',
    value: '<format>',
    group: 'output',
    choices: Object.keys(REPORTERS),
    description: 'format of the report on stdout (default: pretty)',
  },
  '--output': {
    value: '<format=file>',
    group: 'output',
    description: 'also write the report to a file (repeatable)',
  },
  '--no-annotations': {
    group: 'output',
    description: 'in a GitHub workflow, print no annotations after the report',
  },
  '--color': { group: 'output', description: 'colour the output even when it is not a terminal' },
  '--no-color': { group: 'output', description: 'do not colour the output' },
  '--quiet': { short: '-q', group: 'output', description: 'print the report and errors only, no notices' },
  '--stats': { group: 'output', description: 'print how long each stage took, on stderr' },
  '--debug': { group: 'output', description: 'print what a bug report needs, on stderr' },
} as const satisfies { readonly [name: `--${string}`]: OptionSpec };

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

/** What `lint` takes: everything that is not about a tenant. */
const LINT_OPTIONS = OPTION_NAMES.filter((name) => name in IN_LINT || !isOfTenant(name));

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

function isOfTenant(name: OptionName): boolean {
  const { group } = OPTIONS[name];
  return group === 'tenant' || group === 'collecting';
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
