import { describe, expect, test } from 'vitest';
import type { SettingsTarget } from '../../src/model/settings-target.ts';
import { explainFinding } from '../../src/rules/explain.ts';
import { traceRule, type RuleTrace } from '../../src/rules/trace.ts';
import { builtInLibrary, builtInRules } from '../../src/rules.ts';
import { withFiles, type LintFilesOptions } from '../support/lint-files.ts';

const { source, catalogue } = builtInRules();
const library = await builtInLibrary();

/** A rule that came compiled, so that no compiler is asked. */
function traced(
  id: string,
  files: { readonly [name: string]: string },
  options: LintFilesOptions = {},
): Promise<RuleTrace> {
  const rule = catalogue.rules.find((other) => other.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const settingsOf = ({ uri }: SettingsTarget) => [
    { pointer: `/rules/${id.replace('/', '~1')}/severity`, value: 'off', source: `config for ${uri ?? ''}` },
    { pointer: '/manifest/relationships', value: 'elsewhere', source: 'manifests of the config' },
  ];
  return withFiles(files, options, (lint) =>
    traceRule({ lint, rule, source, folder: null, settingsOf, opa: null, library }),
  );
}

const NO_OWNER = 'accountability/no-owner';
const blueprint = (name: string, more: object = {}) =>
  JSON.stringify({ kind: 'agentIdentityBlueprint', displayName: name, ...more });

describe('what a rule did', () => {
  test('a finding is that of lint, with its fingerprint', async () => {
    const files = { 'a.json': blueprint('one'), 'b.json': blueprint('two') };
    const { resources, exitCode, problems, empty } = await traced(NO_OWNER, files);
    expect({ exitCode, problems, empty }).toEqual({ exitCode: 0, problems: [], empty: null });
    const findings = resources.map(({ outcome }) => (outcome.status === 'found' ? outcome.findings : []));
    const report = await withFiles(files, {}, async (lint) => (await import('../../src/lint.ts')).lint(lint));
    expect(findings.flat()).toEqual(report.findings.filter(({ rule }) => rule === NO_OWNER));
    expect(findings.map((list) => list.map(({ location }) => location.uri))).toEqual([
      ['a.json'],
      ['b.json'],
    ]);
  });

  test('two files that mean the same resource keep their findings apart', async () => {
    const appId = '11111111-2222-4333-8444-555555555555';
    const files = { 'a.json': blueprint('one', { appId }), 'b.json': blueprint('one', { appId }) };
    const { resources } = await traced(NO_OWNER, files);
    const uris = resources.map(({ outcome }) =>
      outcome.status === 'found' ? outcome.findings.map(({ location }) => location.uri) : [],
    );
    expect(uris).toEqual([['a.json'], ['b.json']]);
  });

  test('the input is the facts, without the values of secrets', async () => {
    const passwordCredentials = [{ displayName: 'ci', secretText: 'Kx7~Q2abcdEFGH1234567890secretvalue' }];
    const { resources } = await traced(NO_OWNER, { 'a.json': blueprint('one', { passwordCredentials }) });
    expect(resources[0]?.input).toMatchObject({
      ref: 'blueprint/a.json#',
      properties: { passwordCredentials: [{ displayName: 'ci', secretText: null }] },
      secrets: [{ path: ['passwordCredentials', 0, 'secretText'], form: 'value' }],
    });
    expect(JSON.stringify(resources)).not.toContain('Kx7');
  });

  test.each([
    [
      'is off',
      { ruleSeverities: { [NO_OWNER]: 'off' } } as const,
      { reason: 'off', missing: [], origin: 'config for a.json' },
    ],
    [
      'needs what is kept elsewhere',
      { relationships: 'elsewhere' } as const,
      { reason: 'declared-elsewhere', missing: ['owners'], origin: 'manifests of the config' },
    ],
  ])('a rule that %s is skipped', async (_, options, outcome) => {
    const { resources, exitCode } = await traced(NO_OWNER, { 'a.json': blueprint('one') }, options);
    expect(resources[0]).toMatchObject({ outcome: { status: 'skipped', ...outcome }, why: null });
    expect(exitCode).toBe(0);
  });

  test('a rule that is for other kinds is skipped', async () => {
    const identity = JSON.stringify({ kind: 'agentIdentity', displayName: 'one' });
    const { resources } = await traced(NO_OWNER, { 'a.json': identity });
    const outcome = { status: 'skipped', reason: 'not-applicable', missing: [], origin: null };
    expect(resources[0]).toMatchObject({ outcome, why: null });
  });

  test('a resource in production has the severity of production', async () => {
    const severities = (severity: 'low') => ({
      key: 'production',
      rules: {
        [NO_OWNER]: {
          severity,
          severityInProduction: 'critical' as const,
          waivable: true,
          allowInline: true,
          options: { allowCreators: [] },
        },
      },
    });
    const { resources } = await traced(
      NO_OWNER,
      { 'a.json': blueprint('one', { environment: 'prod' }), 'b.json': blueprint('two') },
      { settingsFor: () => severities('low') },
    );
    expect(resources.map(({ severity }) => severity)).toEqual(['critical', 'low']);
  });
});

describe('what a rule looks up', () => {
  test('is told as far as it is about the resource', async () => {
    const { resources, needs } = await traced('metadata/naming', {
      'a.json': blueprint('same'),
      'b.json': blueprint('Same'),
      'c.json': blueprint('other'),
    });
    expect(needs).toBeNull();
    const shared = resources.map(({ lookUps }) => Object.keys(lookUps?.shared_names ?? {}));
    expect(shared).toEqual([['blueprint/same'], ['blueprint/same'], []]);
  });
});

describe('why', () => {
  test('a rule that came compiled has no lines to show', async () => {
    const { resources } = await traced(NO_OWNER, { 'a.json': blueprint('one') });
    const reason = 'The rule came compiled, from built-in: its source is not known.';
    expect(resources[0]?.why).toEqual({ status: 'untraced', reason });
  });

  test('beyond ten resources the source is left out', async () => {
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}.json`, blueprint(`n${i}`)]));
    const { resources } = await traced(NO_OWNER, files);
    const reason = 'The source is traced for the first 10 resources; name a file to see more.';
    expect(resources.map(({ why }) => why?.status === 'untraced' && why.reason === reason)).toEqual([
      ...Array.from({ length: 10 }, () => false),
      true,
    ]);
  });
});

describe('what cannot be traced', () => {
  test('a file with a problem is a gap', async () => {
    const { resources, problems, exitCode } = await traced(NO_OWNER, {
      'a.json': blueprint('one'),
      'b.json': '{ "kind": "agentIdentityBlueprint"',
    });
    expect(resources).toHaveLength(1);
    expect(problems.map(({ code, uri }) => ({ code, uri }))).toEqual([
      { code: 'json-truncated', uri: 'b.json' },
    ]);
    expect(exitCode).toBe(4);
  });

  test('files without a manifest are nothing to trace', async () => {
    const { empty, exitCode } = await traced(NO_OWNER, { 'a.json': '{}' });
    expect({ empty, exitCode }).toEqual({ empty: 'no manifest was found in 1 file', exitCode: 3 });
  });
});

describe('a finding', () => {
  const explained = (fingerprint: string, files: { readonly [name: string]: string }) =>
    withFiles(files, {}, (lint) =>
      explainFinding({ lint, fingerprint, folderOf: () => null, settingsOf: () => [], opa: null, library }),
    );

  test('that nobody has is unknown, with how much was looked at', async () => {
    const files = {
      'a.json': blueprint('one', { owners: [] }),
      'b.json': '{ "kind": "agentIdentityBlueprint"',
    };
    expect(await explained('v1:nothing', files)).toMatchObject({ status: 'unknown', problems: 1 });
  });

  test('is not told by a beginning that others have', async () => {
    const result = await explained('v1:', { 'a.json': blueprint('one') });
    expect(result.status).toBe('ambiguous');
  });
});
