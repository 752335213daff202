import { AUTH_METHODS, CLOUDS } from '../config/tenants.ts';
import { FRAMEWORK_NAMES } from '../frameworks/framework.ts';
import { SEVERITIES } from '../model/vocabulary.ts';
import { REPORTERS } from '../reporters/index.ts';

export type OptionSpec = {
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

export const GROUPS = {
  input: 'What is read:',
  tenant: 'Tenant:',
  collecting: 'Collecting:',
  rules: 'Rules and config:',
  suppressions: 'What does not count:',
  verdict: 'What fails the run:',
  history: 'What is told:',
  output: 'Output:',
} as const;

export const FAIL_ON = [...SEVERITIES, 'none'] as const;
export const KINDS = ['blueprint', 'blueprintPrincipal', 'agentIdentity', 'agentUser'] as const;
export const RELATIONSHIPS = ['declared', 'elsewhere'] as const;
export const REDACTIONS = ['names', 'ids'] as const;

/** Every option by its name, in the order of help; help, completion and environment variables come from here. */
export const OPTIONS = {
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

  '--baseline': {
    value: '<file>',
    group: 'suppressions',
    description: 'the baseline (default: .agentid-lint/baseline.ndjson, when there is one)',
  },
  '--no-baseline': { group: 'suppressions', description: 'use no baseline: what it knows counts' },
  '--no-waivers': { group: 'suppressions', description: 'use no waivers: what is waived counts' },
  '--no-inline': {
    group: 'suppressions',
    description: 'ignore what suppresses findings beside them in the files',
  },

  '--fail-on': {
    value: '<severity>',
    group: 'verdict',
    choices: FAIL_ON,
    description: `fail on findings of this severity or worse: ${listed(FAIL_ON)} (default: high)`,
  },
  '--max-findings': {
    value: '<severity=number>',
    group: 'verdict',
    description:
      'accept so many findings of a severity, whatever --fail-on says, and fail on more (repeatable)',
  },
  '--fail-on-new': {
    group: 'verdict',
    description: 'fail on every finding that is not in the baseline, whatever its severity',
  },
  '--previous': {
    value: '<file>',
    group: 'verdict',
    description:
      'tell what has changed since this JSON report; with --fail-on-new and no baseline, what it does not have fails',
  },
  '--strict': {
    group: 'verdict',
    description: 'take warnings of the config, and stale or expired suppressions, as errors (exit code 2)',
  },
  '--allow-empty': { group: 'verdict', description: 'do not fail when there is nothing to judge' },
  '--allow-incomplete': {
    group: 'verdict',
    description: 'do not fail when something could not be read or judged',
  },

  '--source': {
    value: '<source>',
    group: 'history',
    description: 'tell of runs of this source: files, or tenant:<id>',
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
  '--history': {
    value: '<folder>',
    group: 'output',
    description: 'also add the run to the history in this folder, for "agentid-lint trend"',
  },
  '--framework': {
    value: '<name|file>',
    group: 'output',
    choices: FRAMEWORK_NAMES,
    description: `also tell the result by the controls of a framework: ${listed(FRAMEWORK_NAMES)}, or a file`,
  },
  '--show-suppressed': {
    group: 'output',
    description: 'also show findings that do not count, and why: waived, in the baseline and so on',
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

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
