import type { ManifestHints } from '../manifest/result.ts';
import type { FileGroup } from './patterns.ts';

/** What a new config says. */
export type ConfigDraft = {
  /** Profiles that it extends. */
  readonly profiles: readonly string[];
  readonly declared: FileGroup;
  readonly bare: FileGroup;
  readonly unmarked: FileGroup;
  /** What the unmarked files are; `null` when nobody has said it. */
  readonly as: NonNullable<ManifestHints['as']> | null;
};

const HOME = 'https://github.com/agentid-lint/agentid-lint';
const SCHEMA = 'https://raw.githubusercontent.com/agentid-lint/agentid-lint/main/schemas/config.schema.json';

/** A config with comments for who has never seen one. */
export function configText(draft: ConfigDraft): string {
  return `# yaml-language-server: $schema=${SCHEMA}
# Every key: ${HOME}/blob/main/docs/configuration.md
version: 1

# recommended: every rule as its page says; strict: more of them, and stricter;
# agent365, after another one: accepts what the Agent 365 CLI creates by default.
extends: [${draft.profiles.join(', ')}]

${manifestLines(draft).join('\n')}

# Findings of this severity or worse fail a run: critical, high, medium, low, info or none.
failOn: high
`;
}

function manifestLines({ declared, bare, unmarked, as }: ConfigDraft): readonly string[] {
  const said = [
    ...entry(declared),
    ...(entry(bare).length === 0 ? [] : BARE),
    ...entry(bare, 'relationships: elsewhere'),
    ...(as === null ? [] : entry(unmarked, `as: ${as}`, 'relationships: elsewhere')),
  ];
  const open = as === null ? entry(unmarked, 'as: blueprint', 'relationships: elsewhere') : [];
  const asked = open.length === 0 ? [] : UNMARKED;
  const head = '# What files hold. Those that say it themselves are found without being named here.';
  if (said.length > 0)
    return [head, 'manifests:', ...said, ...[...asked, ...open.map(outdented)].map((line) => `  # ${line}`)];
  // A key with nothing but comments below it would have no value.
  return open.length === 0
    ? [head, ...EXAMPLE]
    : [head, ...[...asked, 'manifests:', ...open].map((line) => `# ${line}`)];
}

const BARE = [
  '  # Exports without sponsors, owners and the like: what they do not state is unknown, not missing.',
];
const UNMARKED = [
  'These files do not say what they are, and are not judged. If they are blueprints (or name another kind:',
  'blueprintPrincipal, agentIdentity, agentUser), remove the number signs below:',
];
const EXAMPLE = ['# manifests:', "#   - files: ['agents/**/*.yaml']"];

function entry({ patterns }: FileGroup, ...keys: readonly string[]): readonly string[] {
  if (patterns === null || patterns.length === 0) return [];
  const listed = patterns.map((pattern) => `'${pattern}'`);
  const files =
    listed.length === 1
      ? [`  - files: [${listed.join(', ')}]`]
      : ['  - files:', ...listed.map((pattern) => `      - ${pattern}`)];
  return [...files, ...keys.map((key) => `    ${key}`)];
}

function outdented(line: string): string {
  return line.replace(/^ {2}/, '');
}

/** A workflow that lints every pull request; no right but to read, and every action pinned. */
export function workflowText({
  version,
  branch,
  folder,
}: {
  readonly version: string;
  /** What is merged into. */
  readonly branch: string;
  /** The working directory seen from the top of the repository; empty when it is the top. */
  readonly folder: string;
}): string {
  const workingDirectory = folder === '' ? '' : `          working-directory: ${quoted(folder)}\n`;
  return `name: agentid-lint
on:
  pull_request:
  push:
    branches: [${quoted(branch)}]

permissions: {}

concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  lint:
    name: lint agents
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read # checks the repository out, and reads the settings of the base
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false

      # Alerts in code scanning, comments and more: ${HOME}/blob/main/docs/github-action.md
      - uses: agentid-lint/agentid-lint@<commit> # v${version}
        with:
${workingDirectory}          changed-only: \${{ github.event_name == 'pull_request' }}
`;
}

function quoted(text: string): string {
  return /^[a-z][a-z/-]*$/i.test(text) && !/^(?:y|yes|n|no|true|false|on|off|null)$/i.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`;
}

/** What `.pre-commit-config.yaml` has under `repos` for an exact version of the package. */
export function preCommitEntry(version: string): readonly string[] {
  return [
    '  - repo: local',
    '    hooks:',
    '      - id: agentid-lint',
    '        name: agentid-lint',
    '        language: node',
    `        additional_dependencies: ['agentid-lint@${version}']`,
    '        entry: agentid-lint lint',
    String.raw`        files: \.(json|ya?ml|rego)$`,
    '        pass_filenames: false',
    '        require_serial: true',
  ];
}

export function preCommitText(version: string): string {
  return `${['repos:', ...preCommitEntry(version)].join('\n')}\n`;
}
