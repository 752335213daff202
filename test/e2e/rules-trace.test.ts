import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonFinding, JsonProblem } from '../../src/reporters/json-v1.ts';
import { compilerIsBuilt } from '../support/compiler.ts';
import { folderWith, NOW, ROOT, run, type RunOptions } from './cli.ts';
import { clean, NO_SPONSOR, unsponsored } from './manifests.ts';

type Trace = {
  readonly rule: string;
  readonly source: { readonly kind: string; readonly name: string };
  readonly needs: { readonly helpers: readonly string[]; readonly tables: readonly string[] } | null;
  readonly resources: readonly {
    readonly resource: { readonly kind: string; readonly name: string };
    readonly location: { readonly uri: string };
    readonly outcome: { readonly status: string; readonly findings?: readonly JsonFinding[] };
    readonly severity: string;
    readonly settings: readonly {
      readonly pointer: string;
      readonly value: unknown;
      readonly source: string;
    }[];
    readonly input: { readonly [key: string]: unknown };
    readonly lookUps: { readonly [name: string]: object } | null;
    readonly why: { readonly status: string; readonly reason?: string } | null;
  }[];
  readonly problems: readonly JsonProblem[];
  readonly empty: string | null;
};

async function traceJson(args: readonly string[], options: RunOptions) {
  const ran = await run(['rules', 'trace', ...args, '--now', NOW, '--format', 'json'], options);
  return { ...ran, trace: JSON.parse(ran.stdout) as Trace };
}

const CONFIG = `version: 1
extends: [strict]
manifests:
  - files: ["exports/*"]
    relationships: elsewhere
rules:
  metadata/naming: off
  credentials/secret-lifetime:
    maxDays: 30
overrides:
  - match: { path: "lab/*" }
    rules:
      credentials/secret-lifetime: low
`;

const SECRET = `passwordCredentials:
  - displayName: old
    startDateTime: "2026-01-01T00:00:00Z"
    endDateTime: "2028-01-01T00:00:00Z"
    secretText: Kx7~Q2abcdEFGH1234567890secretvalue
  - displayName: short
    startDateTime: "2026-11-01T00:00:00Z"
    endDateTime: "2026-11-20T00:00:00Z"
`;

test('a rule that is skipped is told with what was missing, and where that was set', async () => {
  const cwd = folderWith({ 'agentid-lint.config.yaml': CONFIG, 'exports/a.yaml': unsponsored('night-desk') });
  const { status, stdout, stderr } = await run(['rules', 'trace', NO_SPONSOR, 'exports/a.yaml'], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n').slice(0, 12)).toEqual([
    `${NO_SPONSOR}  Blueprint has no sponsor`,
    '',
    'blueprint "night-desk"  exports/a.yaml:1:1',
    'skipped: it needs sponsors, which are kept elsewhere (set by agentid-lint.config.yaml:5:5)',
    '',
    'In effect',
    '  manifest:',
    '    relationships: elsewhere  # from agentid-lint.config.yaml:5:5',
    '  rules:',
    `    ${NO_SPONSOR}:`,
    '      severity: high          # from default',
    '',
  ]);
  expect(stdout).not.toContain('Why');
});

test('a rule that is off is told with the line, or the flag, that switched it off', async () => {
  const cwd = folderWith({ 'agentid-lint.config.yaml': CONFIG, 'a.yaml': clean() });
  const byConfig = await traceJson(['metadata/naming', 'a.yaml'], { cwd });
  expect(byConfig.trace.resources[0]).toMatchObject({
    outcome: { status: 'skipped', reason: 'off', missing: [], origin: 'agentid-lint.config.yaml:7:3' },
    severity: 'off',
    why: null,
  });
  const args = ['rules', 'trace', NO_SPONSOR, 'a.yaml', '--skip-rule', 'accountability/*'];
  const byFlag = await run(args, { cwd });
  expect(byFlag.stdout).toContain('\nskipped: the rule is off (set by --skip-rule)\n');
});

test('a rule says that it is for other kinds', async () => {
  const cwd = folderWith({ 'a.json': '{ "kind": "agentIdentity", "displayName": "night-desk" }' });
  const { status, stdout } = await run(['rules', 'trace', NO_SPONSOR, 'a.json'], { cwd });
  expect(status).toBe(0);
  expect(stdout).toBe(
    [
      `${NO_SPONSOR}  Blueprint has no sponsor`,
      '',
      'agent identity "night-desk"  a.json:1:1',
      'skipped: this is an agent identity; the rule is for blueprint',
      '',
    ].join('\n'),
  );
});

test('O01 names that attack the terminal are shown, not obeyed', async () => {
  const name = JSON.stringify('\u001b[2J\n::error::x \u202e##vso[task]');
  const manifest = `{ "kind": "agentIdentityBlueprint", "displayName": ${name}, "sponsors": [] }`;
  const cwd = folderWith({ 'a.json': manifest });
  const harmful = /[\u0000-\u0009\u000b-\u001f\u202e]|^\s*::|##vso\[/m;
  for (const format of ['text', 'json']) {
    const args = ['rules', 'trace', NO_SPONSOR, 'a.json', '--relationships', 'elsewhere', '--format', format];
    const { status, stdout } = await run(args, { cwd });
    expect(status).toBe(0);
    expect(stdout).not.toMatch(harmful);
    expect(stdout).toContain('error::x');
  }
});

test('an unknown rule is a mistake, with the one that was meant', async () => {
  const cwd = folderWith({ 'a.yaml': clean() });
  const { status, stdout, stderr } = await run(['rules', 'trace', 'blueprint-no-sponser', 'a.yaml'], { cwd });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: `error: there is no rule "blueprint-no-sponser"\n  Did you mean "${NO_SPONSOR}"?\n`,
  });
});

test('a file that cannot be read, and files with nothing to judge, have codes of their own', async () => {
  const cwd = folderWith({ 'torn.json': '{ "kind":', 'other.json': '{}' });
  const torn = await traceJson([NO_SPONSOR, 'torn.json'], { cwd });
  expect(torn.status).toBe(4);
  expect(torn.trace.problems.map(({ code }) => code)).toEqual(['json-truncated']);
  const other = await run(['rules', 'trace', NO_SPONSOR, 'other.json'], { cwd });
  expect({ status: other.status, last: other.stdout.trimEnd().split('\n').at(-1) }).toEqual({
    status: 3,
    last: 'nothing was judged: no manifest was found in 1 file',
  });
});

test('an executable that is none is a mistake of the command line', async () => {
  const cwd = folderWith({ 'a.yaml': clean() });
  const args = ['rules', 'trace', NO_SPONSOR, 'a.yaml', '--opa', './no-opa'];
  const { status, stdout, stderr } = await run(args, { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error: --opa: .*no-opa cannot be run as an opa executable\n {2}Name an opa/);
});

test('without the compiler everything but the lines of the rule is told', async () => {
  const cwd = folderWith({ 'a.yaml': unsponsored('night-desk') });
  // A package as it is installed without its optional dependency.
  for (const name of ['dist', 'schemas', 'policies'])
    cpSync(join(ROOT, name), join(cwd, 'package', name), { recursive: true });
  mkdirSync(join(cwd, 'work'));
  cpSync(join(cwd, 'a.yaml'), join(cwd, 'work', 'a.yaml'));
  const cli = join(cwd, 'package/dist/cli.js');
  const args = ['rules', 'trace', NO_SPONSOR, 'a.yaml', '--now', NOW];
  const { status, stdout, stderr } = await run(args, { cwd: join(cwd, 'work'), cli });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`\n1 finding\n\nhigh[${NO_SPONSOR}] blueprint "night-desk" has no sponsor\n`);
  expect(stdout).toContain('\nInput\n  {\n    "ref": "blueprint/night-desk",\n');
  expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
    'Why it fired',
    "  Which lines hold can only be told with OPA's compiler: the package @agentid-lint/opa-compiler is not installed.",
  ]);
});

describe.skipIf(!compilerIsBuilt())('with the compiler', () => {
  test('a finding is told with its place, what is in effect, the input, and the lines of the rule', async () => {
    const cwd = folderWith({
      'agentid-lint.config.yaml': CONFIG,
      'lab/a.yaml': clean('night-desk') + SECRET,
    });
    const args = ['rules', 'trace', 'credentials/secret-lifetime', 'lab/a.yaml', '--now', NOW];
    const { status, stdout, stderr } = await run(args, { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('golden/rules-trace.txt');
    expect(stdout).not.toContain('Kx7');
  });

  test('JSON has all of it, and resources that pass have the lines as well', async () => {
    const cwd = folderWith({
      'one/a.json': JSON.stringify({ kind: 'agentIdentityBlueprint', displayName: 'night-desk' }),
      'two/b.yaml': clean('Night-Desk'),
      'two/c.yaml': clean('parcel-sorter'),
    });
    const { status, stderr, trace } = await traceJson(['metadata/naming', 'one', 'two'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [first, second, third] = trace.resources;
    expect(trace.needs?.helpers).toContain('known');
    expect(first).toMatchObject({
      resource: { kind: 'blueprint', name: 'night-desk' },
      location: { kind: 'file', uri: 'one/a.json', pointer: '', range: { start: { line: 1, column: 1 } } },
      input: { ref: 'blueprint/one/a.json#', properties: { displayName: 'night-desk' } },
      outcome: { status: 'found', findings: [{ rule: 'metadata/naming', related: [{}] }] },
    });
    const names = { 'blueprint/night-desk': [{ name: 'night-desk' }, { name: 'Night-Desk' }] };
    expect(second?.lookUps).toMatchObject({ shared_names: names, tool_scopes: {} });
    expect(third).toMatchObject({
      outcome: { status: 'passed' },
      lookUps: { shared_names: {} },
      why: { status: 'traced', file: 'policies/metadata/naming.rego', disagreement: null },
    });
  });

  test('an own rule is traced in its own file', async () => {
    const cwd = folderWith({
      'rules/acme/team_tag.rego': OWN_RULE,
      'a.yaml': `${clean('night-desk')}tags: [env:prod]\n`,
      'agentid-lint.config.yaml': 'version: 1\nrules:\n  sources: ["./rules"]\n',
    });
    const { status, stdout } = await run(['rules', 'trace', 'acme/team-tag', 'a.yaml'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('acme/team-tag  Blueprint without a team tag  (./rules)\n');
    expect(stdout.slice(stdout.indexOf('Why it fired'))).toBe(`Why it fired: rules/acme/team_tag.rego
  ✓ 14 │ findings contains finding.at(["tags"], {"name": input.name}) if {
  ✓ 15 │     not has_tag("team:")
    16 │ }

    18 │ has_tag(prefix) if {
  ○ 19 │     some tag in input.properties.tags
  ○ 20 │     startswith(tag, prefix)
    21 │ }

  ✓ holds   ○ evaluated, its body does not hold
`);
  });

  test('an own rule that breaks is told with what OPA has against it', async () => {
    const breaks = OWN_RULE.replace(
      'startswith(tag, prefix)\n}',
      'startswith(tag, prefix)\n}\n\nhas_tag(prefix) := 1 if prefix',
    );
    const cwd = folderWith({
      'rules/acme/team_tag.rego': breaks,
      'a.yaml': `${clean()}tags: ["team:sorting"]\n`,
    });
    const args = ['rules', 'trace', 'acme/team-tag', 'a.yaml', '--rules', './rules'];
    const { status, stdout } = await run(args, { cwd });
    expect(status).toBe(10);
    expect(stdout).toContain('\nfailed: policy acme/team-tag (from ./rules) broke: ');
    expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
      'What OPA makes of it',
      '  OPA has no answer: functions must not produce multiple outputs for same inputs (line 23).',
    ]);
  });

  test('that OPA and the engine do not agree is told loudly', async () => {
    // One of the few functions that the two do not have in common.
    const differs = OWN_RULE.replace('not has_tag("team:")', 'indexof(input.name, "") == 0');
    const cwd = folderWith({ 'rules/acme/team_tag.rego': differs, 'a.yaml': clean('night-desk') });
    const args = ['rules', 'trace', 'acme/team-tag', 'a.yaml', '--rules', './rules'];
    const { status, stdout } = await run(args, { cwd });
    expect(status).toBe(10);
    expect(stdout).toContain(`
  DISAGREEMENT: OPA does not find what the engine that judges has found.
  Please report it: https://github.com/agentid-lint/agentid-lint/issues
  The engine finds:
    [{ "path": ["tags"], "args": { "name": "night-desk" }, "related": [] }]
  OPA finds:
    []
`);
  });
});

const OWN_RULE = `# METADATA
# title: Blueprint without a team tag
# description: Every blueprint says which team it belongs to.
# custom:
#   severity: low
#   applies_to: [blueprint]
#   requires: []
#   message: 'blueprint "{name}" has no team tag'
#   remediation: Add a tag.
package agentid.acme.team_tag

import data.agentid.lib.finding

findings contains finding.at(["tags"], {"name": input.name}) if {
	not has_tag("team:")
}

has_tag(prefix) if {
	some tag in input.properties.tags
	startswith(tag, prefix)
}
`;
