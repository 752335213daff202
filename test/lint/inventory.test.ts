import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report, ReportedResource } from '../../src/findings/report.ts';
import { lintFiles, type LintFilesOptions } from '../support/lint-files.ts';
import { bundle as builtIn } from '../support/subjects.ts';
import { handMade, ownRules } from '../policy/foreign.ts';
import { forEver } from '../policy/wasm-module.ts';
import { blueprint as anyBlueprint } from './blueprints.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const API = { resourceAppId: GRAPH, resourceDisplayName: 'Microsoft Graph' };
const NO_SPONSOR = 'accountability/blueprint-no-sponsor';

function guid(number: number): string {
  return `00000000-0000-4000-a000-${String(number).padStart(12, '0')}`;
}

/** An object as Graph answers with it. */
function graphFile(type: string, properties: object): string {
  const context = 'https://graph.microsoft.com/v1.0/$metadata#x/$entity';
  return JSON.stringify({
    '@odata.context': context,
    '@odata.type': `#microsoft.graph.${type}`,
    ...properties,
  });
}

function blueprintFile(properties: object): string {
  return JSON.stringify({ kind: 'agentIdentityBlueprint', ...properties });
}

/** A row with nothing to tell. */
function aRow(parts: Partial<ReportedResource> & Pick<ReportedResource, 'kind'>): ReportedResource {
  return {
    ref: `${parts.kind}/a`,
    name: 'a',
    id: null,
    appId: null,
    location: { kind: 'file', uri: 'a.json', pointer: '' },
    portalUrl: null,
    blueprint: null,
    sponsors: [],
    owners: [],
    permissions: [],
    passesOn: [],
    agents: null,
    checks: 0,
    broken: null,
    ...parts,
  };
}

/** With only these built-in rules on. */
function only(...ids: readonly string[]): LintFilesOptions {
  const off = builtIn.catalogue.rules.filter(({ id }) => !ids.includes(id));
  return { ruleSeverities: Object.fromEntries(off.map(({ id }) => [id, 'off'])) };
}

function rowsOf({ resources }: Report): readonly string[] {
  return resources.map(({ location }) =>
    location.kind === 'file' ? `${location.uri}#${location.pointer}` : location.uri,
  );
}

/** How many of the listed resources each rule judged, as the outcomes have it. */
function evaluatedIn({ resources, checks }: Report): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { checks: place } of resources)
    for (const rule of checks[place]?.evaluated ?? []) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

function subjectsIn({ outcomes }: Report): Record<string, number> {
  return Object.fromEntries(
    outcomes.flatMap((outcome) =>
      outcome.status === 'evaluated' && outcome.subjects > 0 ? [[outcome.rule, outcome.subjects]] : [],
    ),
  );
}

describe('the resources of a report about files', () => {
  const inherited = {
    kind: 'delegated',
    name: 'Files.Read',
    resource: { appId: GRAPH, displayName: 'Microsoft Graph' },
    origin: { by: 'inherited', from: `blueprintPrincipal/${guid(1)}`, name: 'Invoices' },
    consent: 'allUsers',
  } as const;
  const direct = {
    kind: 'application',
    name: 'Mail.Send',
    resource: { appId: GRAPH, displayName: 'Microsoft Graph' },
    origin: { by: 'direct' },
    consent: 'admin',
  } as const;
  const files = {
    'agents.json': JSON.stringify({
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#servicePrincipals',
      value: [7, 8].map((number) => ({
        '@odata.type': '#microsoft.graph.agentIdentity',
        id: guid(number).toUpperCase(),
        displayName: `Agent ${number}`,
        agentIdentityBlueprintId: guid(1),
        sponsors: [],
        ...(number === 7
          ? { appRoleAssignments: [{ ...API, appRoleId: 'r', appRoleValue: 'Mail.Send' }] }
          : {}),
      })),
    }),
    'blueprint.json': graphFile('agentIdentityBlueprint', {
      id: guid(2),
      appId: guid(1),
      displayName: 'Invoices',
      sponsors: [
        { '@odata.type': '#microsoft.graph.user', userPrincipalName: 'ada@contoso.com' },
        { '@odata.type': '#microsoft.graph.group', id: guid(3) },
      ],
      owners: [
        { '@odata.type': '#microsoft.graph.user', id: guid(4), displayName: 'Grace' },
        { id: guid(9) },
      ],
      inheritablePermissions: [
        { resourceAppId: GRAPH, inheritableScopes: { kind: 'enumerated', scopes: ['files.read'] } },
      ],
    }),
    'more.json': graphFile('agentIdentity', {
      id: guid(8),
      displayName: 'Agent 8 again',
      agentIdentityBlueprintId: guid(1),
    }),
    'principal.json': graphFile('agentIdentityBlueprintPrincipal', {
      id: guid(5),
      appId: guid(1),
      displayName: 'Invoices',
      oauth2PermissionGrants: [{ ...API, consentType: 'AllPrincipals', scope: 'Files.Read User.Read' }],
    }),
    'user.json': graphFile('agentUser', { id: guid(6), displayName: 'Invoice agent' }),
  };

  test('say who they are, who answers for them and what they may do, in the order of the files', async () => {
    const report = await lintFiles(files, only());
    expect(report.problems).toEqual([]);
    const made = { ref: `blueprint/${guid(1)}`, name: 'Invoices' };
    const agent = (number: number, parts: Partial<ReportedResource>) =>
      aRow({
        kind: 'agentIdentity',
        ref: `agentIdentity/${guid(number)}`,
        name: `Agent ${number}`,
        id: guid(number),
        appId: guid(number),
        blueprint: made,
        permissions: [inherited],
        ...parts,
      });
    const at = (uri: string, pointer = '') => ({ kind: 'file', uri, pointer }) as const;
    expect(report.resources).toEqual([
      agent(7, { location: at('agents.json', '/value/0'), permissions: [direct, inherited] }),
      agent(8, { location: at('agents.json', '/value/1') }),
      aRow({
        kind: 'blueprint',
        ref: `blueprint/${guid(1)}`,
        name: 'Invoices',
        id: guid(2),
        appId: guid(1),
        location: at('blueprint.json'),
        sponsors: [
          { kind: 'user', id: null, name: 'ada@contoso.com', state: 'unknown' },
          { kind: 'group', id: guid(3), name: guid(3), state: 'unknown' },
        ],
        owners: [
          { kind: 'user', id: guid(4), name: 'Grace', state: 'unknown' },
          { kind: 'unknown', id: guid(9), name: guid(9), state: 'unknown' },
        ],
        passesOn: [inherited],
        // One of them stands in two files.
        agents: 2,
      }),
      agent(8, { location: at('more.json'), name: 'Agent 8 again' }),
      aRow({
        kind: 'blueprintPrincipal',
        ref: `blueprintPrincipal/${guid(1)}`,
        name: 'Invoices',
        id: guid(5),
        appId: guid(1),
        location: at('principal.json'),
        permissions: ['Files.Read', 'User.Read'].map((name) => ({
          ...inherited,
          name,
          origin: { by: 'direct' },
        })),
      }),
      aRow({
        kind: 'agentUser',
        ref: `agentUser/${guid(6)}`,
        name: 'Invoice agent',
        id: guid(6),
        location: at('user.json'),
        owners: null,
      }),
    ]);
    expect([report.unlisted, report.checks]).toEqual([0, [{ evaluated: [], skipped: [] }]]);
  });

  test('have no id when a template holds a placeholder', async () => {
    const { resources } = await lintFiles(
      {
        'a.json': blueprintFile({ displayName: 'a', appId: '00000000-0000-0000-0000-000000000000' }),
        'b.json': graphFile('agentIdentity', {
          displayName: 'b',
          id: '{{AGENT_ID}}',
          agentIdentityBlueprintId: '00000000-0000-0000-0000-000000000000',
        }),
      },
      only(),
    );
    expect(resources.map(({ id, appId, blueprint, agents }) => [id, appId, blueprint, agents])).toEqual([
      [null, null, null, 0],
      [null, null, null, null],
    ]);
  });

  test('do not say who answers for them when that is kept elsewhere, nor for what nobody answers for', async () => {
    const report = await lintFiles(
      {
        'a.json': blueprintFile({ displayName: 'a' }),
        'b.json': blueprintFile({ displayName: 'b', owners: [] }),
        'ToolingManifest.json': JSON.stringify({ mcpServers: [] }),
      },
      { ...only(NO_SPONSOR), relationships: 'elsewhere' },
    );
    expect(
      report.resources.map(({ kind, sponsors, owners, checks }) => [
        kind,
        sponsors,
        owners,
        report.checks[checks],
      ]),
    ).toEqual([
      ['toolingManifest', null, null, { evaluated: [], skipped: [] }],
      ['blueprint', null, null, lacking('sponsors')],
      ['blueprint', null, [], lacking('sponsors')],
    ]);
  });

  test('do not include what was not judged because of a problem in it', async () => {
    const report = await lintFiles({
      'a.json': blueprintFile({ displayName: 'a', sponsers: [] }),
      'b.json': blueprintFile({ displayName: 'b' }),
    });
    expect([rowsOf(report), report.unlisted, report.ledger.resources.failed]).toEqual([['b.json#'], 0, 1]);
  });

  test('are the same in each run, and come in the order of the run whatever was found', async () => {
    const names = ['d', 'a', 'c', 'b'];
    const some = Object.fromEntries(
      names.map((name) => [
        `${name}.json`,
        blueprintFile({ displayName: name, sponsors: name < 'c' ? [] : ['x@y.z'] }),
      ]),
    );
    const [one, other] = await Promise.all([lintFiles(some), lintFiles(some)]);
    expect(rowsOf(one)).toEqual(['a.json#', 'b.json#', 'c.json#', 'd.json#']);
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });
});

function lacking(group: 'sponsors') {
  return {
    evaluated: [],
    skipped: [{ rule: NO_SPONSOR, reason: 'declared-elsewhere', missing: [group] }],
  };
}

test('5,000 are listed with all blueprints and all that have findings, and the others are counted', async () => {
  const agents = Array.from({ length: 5_010 }, (_, index) => ({
    '@odata.type': '#microsoft.graph.agentIdentity',
    id: guid(index),
    displayName: index === 5_005 ? 'x'.repeat(300) : `Agent ${index}`,
    agentIdentityBlueprintId: guid(9_001),
  }));
  const report = await lintFiles(
    {
      'a.json': JSON.stringify({
        '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#x',
        value: agents,
      }),
      'b.json': graphFile('agentIdentityBlueprint', { appId: guid(9_001), displayName: 'Invoices' }),
    },
    only('metadata/naming'),
  );
  expect(report.findings).toHaveLength(1);
  expect([report.resources.length, report.unlisted]).toEqual([5_000, 11]);
  expect(rowsOf(report).slice(-3)).toEqual(['a.json#/value/4997', 'a.json#/value/5005', 'b.json#']);
  expect(report.resources.at(-1)?.agents).toBe(5_010);
});

describe('the checks of a resource', () => {
  test('are, over all resources, what the outcomes count', async () => {
    const rules = fc.subarray(builtIn.catalogue.rules.map(({ id }) => id));
    const given = fc.array(anyBlueprint, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        given,
        rules,
        fc.constantFrom('declared', 'elsewhere'),
        async (blueprints, off, relationships) => {
          const report = await lintFiles(
            Object.fromEntries(blueprints.map((one, index) => [`${index}.json`, blueprintFile(one)])),
            {
              relationships: relationships === 'declared' ? 'declared' : 'elsewhere',
              ruleSeverities: Object.fromEntries(off.map((id) => [id, 'off'])),
            },
          );
          expect(evaluatedIn(report)).toEqual(subjectsIn(report));
          for (const { evaluated, skipped } of report.checks) {
            const ids = [...evaluated, ...skipped.map(({ rule }) => rule)];
            expect(ids.filter((id) => off.includes(id))).toEqual([]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('are told once for all of which the same was asked', async () => {
    const report = await lintFiles(
      { 'a.json': blueprintFile({ displayName: 'a' }), 'b.json': blueprintFile({ displayName: 'b' }) },
      { settingsFor: ({ uri }) => ({ key: uri ?? '', rules: {} }) },
    );
    expect(report.resources.map(({ checks }) => checks)).toEqual([0, 0]);
    expect(report.checks).toHaveLength(1);
  });

  test('leave out a rule that broke on any resource', async () => {
    const report = await lintFiles(
      {
        'a.json': blueprintFile({ displayName: 'plain' }),
        'b.json': blueprintFile({ displayName: 'two answers' }),
      },
      { bundles: [builtIn, ownRules()] },
    );
    const [checks] = report.checks;
    expect(checks?.evaluated.filter((id) => id.startsWith('acme/'))).toEqual([
      'acme/named',
      'acme/product',
      'acme/ranges',
    ]);
    expect(evaluatedIn(report)).toEqual(subjectsIn(report));
    expect(report.resources.map(({ broken }) => broken)).toEqual([null, null]);
  });

  test('are none of a resource that no rule could judge, which says why', async () => {
    const report = await lintFiles(
      { 'a.json': blueprintFile({ displayName: 'a' }) },
      { bundles: [handMade({ whole: forEver, rules: { 'acme/loop': forEver } })], limits: { call: 300 } },
    );
    expect(report.resources.map(({ broken }) => broken)).toEqual([
      'policy acme/loop (from ./rules) exceeded 0.3 s',
    ]);
    expect(report.checks).toEqual([{ evaluated: [], skipped: [] }]);
  });
});

describe('a change', () => {
  const files = {
    'a.json': blueprintFile({ displayName: 'a' }),
    'b.json': blueprintFile({ displayName: 'b' }),
    'broken.json': '{ "kind": "agentIdentityBlueprint", ',
  };

  test('leaves out findings elsewhere, and judges and lists everything', async () => {
    const all = await lintFiles(files, only(NO_SPONSOR));
    const report = await lintFiles(files, {
      ...only(NO_SPONSOR),
      change: { since: 'main', files: new Set(['b.json', 'README.md']) },
    });
    expect(report.findings).toEqual(all.findings.slice(1));
    expect(report.change).toEqual({ since: 'main', files: 2, leftOut: 1 });
    expect([rowsOf(report), report.outcomes, report.ledger]).toEqual([rowsOf(all), all.outcomes, all.ledger]);
  });

  test('leaves out nothing of the verdict but findings: what could not be read stays', async () => {
    const report = await lintFiles(files, {
      ...only(NO_SPONSOR),
      change: { since: 'main', files: new Set() },
    });
    expect(report.findings).toEqual([]);
    expect(report.problems.map(({ uri }) => uri)).toEqual(['broken.json']);
    expect([report.verdict, report.exitCode, report.change?.leftOut]).toEqual(['incomplete', 4, 2]);
  });

  test('keeps a finding that points into it', async () => {
    const federated = [{ name: 'ci', issuer: 'https://issuer.example', subject: 'agent', audiences: [] }];
    const shared = (displayName: string) =>
      blueprintFile({ displayName, federatedIdentityCredentials: federated });
    const report = await lintFiles(
      { 'a.json': shared('a'), 'b.json': shared('b') },
      { ...only('credentials/fic-shared'), change: { since: 'main', files: new Set(['b.json']) } },
    );
    expect(report.findings.map(({ location }) => location.uri)).toEqual(['a.json', 'b.json']);
    expect(report.change?.leftOut).toBe(0);
  });
});

test('O16 a report has no half characters, so that it is read again as it was written', async () => {
  const report = await lintFiles({ 'a.json': blueprintFile({ displayName: 'a' }) }, { version: 'x\ud83d' });
  expect(report.tool.version).toBe('x\ufffd');
  expect(JSON.parse(Buffer.from(JSON.stringify(report)).toString('utf8'))).toEqual(report);
});
