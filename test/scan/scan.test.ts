import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import { scan } from '../../src/scan.ts';
import { temporaryFolder } from '../sources/temporary.ts';
import { scanTenant, TENANT, writeTenant, type ScanTenantOptions } from '../support/scan-tenant.ts';
import { settingsWith } from '../support/settings.ts';
import { bundle } from '../support/subjects.ts';
import { aBlueprint, anAgent, aPrincipal, GRAPH, guid, only } from './tenants.ts';

const NO_SPONSOR = 'accountability/blueprint-no-sponsor';
const NAMING = 'metadata/naming';
const BLOCKED = 'permissions/blocked-for-agents';

const WHOLE = {
  blueprints: [aBlueprint(1)],
  blueprintPrincipals: [aPrincipal(1)],
  agentIdentities: [anAgent(1)],
};

/** Scans with these rules alone. */
function judged(rules: readonly string[], options: ScanTenantOptions) {
  return scanTenant({ ruleSeverities: only(...rules), ...options });
}

describe('the verdict', () => {
  test('is a pass when everything was read and judged', async () => {
    const report = await judged([NO_SPONSOR, NAMING], { streams: WHOLE });
    expect(report).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      exitReasons: [],
      findings: [],
    });
    expect(report.now).toBe('2026-11-23T00:00:00Z');
    expect(report.tenant).toMatchObject({
      id: TENANT,
      displayName: 'Contoso',
      cloud: 'global',
      complete: true,
    });
    expect(report.ledger).toMatchObject({
      inputs: { read: 0, failed: 0, ignored: 0, unmarked: [], excluded: [] },
      resources: { total: 4, judged: 4, failed: 0 },
    });
  });

  test('is a failure for a finding, which says where it is', async () => {
    const report = await judged([NO_SPONSOR], { streams: { blueprints: [aBlueprint(1, { sponsors: [] })] } });
    expect(report).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(report.findings).toEqual([
      {
        rule: NO_SPONSOR,
        severity: 'high',
        message: 'blueprint "Blueprint 1" has no sponsor',
        remediation: expect.any(String) as unknown,
        resource: { kind: 'blueprint', ref: `blueprint/${guid(101)}`, name: 'Blueprint 1' },
        owner: 1,
        location: {
          kind: 'tenant',
          uri: `applications/${guid(201)}`,
          pointer: '/sponsors',
          range: null,
          snippet: [],
          portalUrl: `https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/${guid(101)}`,
          tenantId: TENANT,
        },
        path: ['sponsors'],
        args: expect.any(Object) as unknown,
        related: [],
        fingerprint: expect.stringMatching(/^v1:[0-9a-f]{32}$/) as unknown,
        suppressed: null,
        formerFingerprints: [],
        expired: null,
      },
    ]);
  });

  test('S05 is nothing to judge when the tenant has no agents, unless that is allowed', async () => {
    const loud = '0 agents found: the tenant has no blueprint, agent identity or agent user';
    const report = await judged([NO_SPONSOR], { streams: {} });
    expect(report).toMatchObject({
      verdict: 'error',
      exitCode: 3,
      exitReasons: [{ code: 3, reason: loud }],
    });
    expect(await judged([NO_SPONSOR], { streams: {}, allowEmpty: true })).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['blueprints', 'blueprint'],
    ['blueprintPrincipals', 'blueprintPrincipal'],
    ['agentIdentities', 'agentIdentity'],
    ['agentUsers', 'agentUser'],
  ] as const)('is never "no agents" when the list of %s was not read', async (group, of) => {
    const report = await scanTenant({ streams: {}, missing: [{ group, of, status: 'forbidden' }] });
    expect(report).toMatchObject({ verdict: 'incomplete', exitCode: 4 });
  });

  test('is incomplete with fewer agents than expected', async () => {
    const options = { streams: WHOLE, expectMin: 2 };
    expect(await judged([NO_SPONSOR], options)).toMatchObject({
      exitCode: 4,
      exitReasons: [{ code: 4, reason: '1 agent identity was read, at least 2 expected' }],
    });
    expect(await judged([NO_SPONSOR], { ...options, expectMin: 1 })).toMatchObject({ exitCode: 0 });
  });
});

describe('what was not read', () => {
  test('S07 of a kind is no pass of the rules for it, though others were judged', async () => {
    const report = await judged([NAMING], {
      streams: WHOLE,
      missing: [{ group: 'agentUsers', of: 'agentUser', status: 'failed' }],
    });
    expect(report).toMatchObject({ verdict: 'incomplete', exitCode: 4 });
    expect(report.outcomes.find(({ rule }) => rule === NAMING)).toEqual({
      rule: NAMING,
      status: 'evaluated',
      subjects: 2,
      failing: 0,
      skipped: [{ reason: 'facts-missing', subjects: 0, missing: ['agentUsers'] }],
    });
  });

  test.each([
    ['forbidden', 'facts-missing', 4],
    ['unlicensed', 'facts-missing', 4],
    ['failed', 'facts-missing', 4],
    ['notAsked', 'facts-missing', 4],
  ] as const)('of a group (%s) skips the rules that need it: %s', async (status, reason, exitCode) => {
    const report = await judged([NO_SPONSOR], {
      streams: WHOLE,
      missing: [{ group: 'sponsors', of: 'blueprint', status }],
    });
    expect(report.exitCode).toBe(exitCode);
    expect(report.outcomes.find(({ rule }) => rule === NO_SPONSOR)).toEqual({
      rule: NO_SPONSOR,
      status: 'skipped',
      reason,
      missing: ['sponsors'],
    });
  });

  test('because the user chose to do without is said, and is no gap', async () => {
    const report = await judged([NO_SPONSOR, NAMING], {
      streams: WHOLE,
      missing: [{ group: 'sponsors', of: 'blueprint', status: 'notAsked', by: 'user' }],
    });
    expect(report).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(report.outcomes.find(({ rule }) => rule === NO_SPONSOR)).toEqual({
      rule: NO_SPONSOR,
      status: 'skipped',
      reason: 'not-asked',
      missing: ['sponsors'],
    });
  });

  test('in part is said by each object that it is missing for', async () => {
    const second = { ...aBlueprint(2), unknown: { sponsors: 'facts-missing' } } as const;
    const report = await judged([NO_SPONSOR], {
      streams: { ...WHOLE, blueprints: [aBlueprint(1), second] },
      missing: [{ group: 'sponsors', of: 'blueprint', status: 'partial', unread: 1 }],
    });
    expect(report.exitCode).toBe(4);
    expect(report.outcomes.find(({ rule }) => rule === NO_SPONSOR)).toEqual({
      rule: NO_SPONSOR,
      status: 'evaluated',
      subjects: 1,
      failing: 0,
      skipped: [{ reason: 'facts-missing', subjects: 1, missing: ['sponsors'] }],
    });
  });

  test('in part is a gap as well when no object says so', async () => {
    const report = await judged([NO_SPONSOR], {
      streams: WHOLE,
      missing: [{ group: 'sponsors', of: 'blueprint', status: 'partial', unread: 1 }],
    });
    expect(report.exitCode).toBe(4);
    expect(report.outcomes.find(({ rule }) => rule === NO_SPONSOR)).toMatchObject({
      status: 'evaluated',
      skipped: [{ reason: 'facts-missing', subjects: 0, missing: ['sponsors'] }],
    });
  });
});

describe('findings in a tenant', () => {
  test('point at other objects', async () => {
    const blueprints = [
      aBlueprint(1, { displayName: 'Sales' }),
      aBlueprint(2, { displayName: 'SALES' }),
      aBlueprint(3),
    ];
    const { findings } = await judged([NAMING], { streams: { ...WHOLE, blueprints } });
    expect(findings.map(({ location, related }) => [location.uri, related[0]?.location.uri])).toEqual([
      [`applications/${guid(201)}`, `applications/${guid(202)}`],
      [`applications/${guid(202)}`, `applications/${guid(201)}`],
    ]);
    expect(findings[0]?.related[0]?.location).toEqual({
      kind: 'tenant',
      uri: `applications/${guid(202)}`,
      pointer: '/displayName',
      range: null,
      snippet: [],
      portalUrl: `https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/${guid(102)}`,
      tenantId: TENANT,
    });
  });

  test('tell what the object may do, and how it came by it', async () => {
    const mail = {
      id: 'a1',
      appRoleId: '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
      resourceId: guid(1),
      resourceDisplayName: 'Microsoft Graph',
      createdDateTime: '2026-01-01T00:00:00Z',
      resourceAppId: GRAPH,
      appRoleValue: 'Mail.Read',
    };
    const files = {
      id: 'g1',
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId: guid(1),
      scope: 'Files.Read User.Read',
      resourceAppId: GRAPH,
      resourceDisplayName: 'Microsoft Graph',
    };
    const report = await scanTenant({
      streams: {
        blueprints: [
          aBlueprint(1, {
            inheritablePermissions: [
              {
                resourceAppId: GRAPH,
                inheritableScopes: {
                  '@odata.type': '#microsoft.graph.enumeratedScopes',
                  scopes: ['files.read'],
                },
              },
            ],
          }),
        ],
        blueprintPrincipals: [aPrincipal(1, { oauth2PermissionGrants: [files] })],
        agentIdentities: [anAgent(1, { sponsors: [], appRoleAssignments: [mail] })],
      },
    });
    const agent = report.resources.find(({ id }) => id === guid(401));
    expect(agent?.blueprint).toEqual({ ref: `blueprint/${guid(101)}`, name: 'Blueprint 1' });
    expect(agent?.permissions).toEqual([
      {
        kind: 'application',
        name: 'Mail.Read',
        resource: { appId: GRAPH, displayName: 'Microsoft Graph' },
        origin: { by: 'direct' },
        consent: 'admin',
      },
      {
        kind: 'delegated',
        name: 'Files.Read',
        resource: { appId: GRAPH, displayName: 'Microsoft Graph' },
        origin: { by: 'inherited', from: `blueprintPrincipal/${guid(301)}`, name: 'Blueprint 1' },
        consent: 'allUsers',
      },
    ]);
  });

  test('have the same fingerprint whatever else the tenant holds', async () => {
    const broken = anAgent(5, { displayName: 'x'.repeat(300) });
    const alone = await judged([NAMING], { streams: { agentIdentities: [broken] } });
    const among = await judged([NAMING], {
      streams: { ...WHOLE, agentIdentities: [anAgent(1), broken, anAgent(9)] },
    });
    expect(alone.findings.map(({ fingerprint }) => fingerprint)).toHaveLength(1);
    expect(among.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      alone.findings.map(({ fingerprint }) => fingerprint),
    );
  });

  test('have no portal page when ids are hidden', async () => {
    const { findings } = await judged([NAMING], {
      streams: { agentIdentities: [anAgent(5, { displayName: 'x'.repeat(300) })] },
      header: { tenant: { id: TENANT, displayName: null, cloud: 'nowhere' } },
    });
    expect(findings.map(({ location }) => location.kind === 'tenant' && location.portalUrl)).toEqual([null]);
  });

  test('of many objects come in one order, and each object is told once', async () => {
    const agents = Array.from({ length: 200 }, (_, index) =>
      anAgent(index, { displayName: `${'x'.repeat(300)}${index}`, requiredResourceAccess: [] }),
    );
    const report = await judged([NAMING, BLOCKED], { streams: { agentIdentities: agents } });
    const uris = report.findings.map(({ location }) => location.uri);
    expect(uris).toEqual(uris.toSorted());
    expect(new Set(uris).size).toBe(200);
    const agentsListed = report.resources.filter(({ kind }) => kind === 'agentIdentity');
    expect(agentsListed.map(({ location }) => location.uri)).toEqual([...new Set(uris)]);
    const { pairs, evaluated, failed, notApplicable, skipped } = report.ledger.evaluations;
    expect(evaluated + failed + notApplicable + skipped).toBe(pairs);
    expect(pairs).toBe(201 * bundle.catalogue.rules.length);
  });
});

test('`now` is when the snapshot was begun, unless it is given', async () => {
  const options = { streams: WHOLE, header: { startedAt: '2027-01-01T00:00:00Z' } };
  expect((await judged([], options)).now).toBe('2027-01-01T00:00:00Z');
  expect((await judged([], { ...options, now: '2026-06-01T00:00:00Z' })).now).toBe('2026-06-01T00:00:00Z');
  await expect(judged([], { ...options, now: 'tomorrow' })).rejects.toThrow(TypeError);
});

test('the same snapshot gives the same bytes', async () => {
  const folder = temporaryFolder({});
  const snapshot = join(folder, 'a.snapshot');
  await writeTenant(snapshot, { streams: { ...WHOLE, agentIdentities: [anAgent(1, { sponsors: [] })] } });
  const request = {
    snapshot,
    settingsFor: () => settingsWith(bundle.catalogue.rules, {}),
    production: { environments: [], tags: [] },
    failOn: 'high',
    allowEmpty: false,
    allowIncomplete: false,
    expectMin: null,
    bundles: [bundle],
    version: '0.0.0-test',
    now: null,
  } as const;
  const digests = [await scan(request), await scan(request)].map((report) =>
    createHash('sha256')
      .update(json(report, { color: false }))
      .digest('hex'),
  );
  expect(digests[0]).toBe(digests[1]);
  writeFileSync(snapshot, 'not a snapshot');
  await expect(scan(request)).rejects.toMatchObject({
    name: 'SnapshotError',
    code: 'snapshot-not-a-snapshot',
  });
});

test('the tenant itself is judged with its policies and its numbers of agents', async () => {
  const seen: number[] = [];
  const report = await scanTenant({
    streams: {
      ...WHOLE,
      conditionalAccessPolicies: [
        { id: guid(500), properties: { displayName: 'Block agents', state: 'enabled', conditions: {} } },
      ],
    },
    onProgress: (done, all) => {
      seen.push(done);
      expect(all).toBe(5);
    },
  });
  const ofTenant = report.findings.filter(({ resource }) => resource.kind === 'organization');
  expect(ofTenant.map(({ resource }) => resource.ref)).toContain(`organization/${TENANT}`);
  expect(seen.at(-1)).toBe(5);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});
