import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report, ReportedResource } from '../../src/findings/report.ts';
import { InventoryBuilder } from '../../src/lint/inventory.ts';
import { PrincipalTexts } from '../../src/model/principal-texts.ts';
import type { TenantRecord } from '../../src/model/tenant-resource.ts';
import { describeOpen } from '../../src/scan/describe-open.ts';
import { described } from '../../src/scan/places.ts';
import { SharedParts } from '../../src/scan/shared-parts.ts';
import type { SnapshotSource } from '../../src/scan/source.ts';
import { portalUrl } from '../../src/model/portal.ts';
import { tenantResource } from '../../src/model/tenant-resource.ts';
import { PAIRS } from '../../src/tenant/collect/pairs.ts';
import { ownRules } from '../policy/foreign.ts';
import { scanTenant, TENANT, type ScanTenantOptions } from '../support/scan-tenant.ts';
import { bundle } from '../support/subjects.ts';
import { aBlueprint, anAgent, aPrincipal, GRAPH, guid, only, person } from './tenants.ts';

const NO_SPONSOR = 'accountability/agent-no-sponsor';
const NAMING = 'metadata/naming';
const PORTAL = 'https://entra.microsoft.com';

const API = { resourceId: guid(1), resourceAppId: GRAPH, resourceDisplayName: 'Microsoft Graph' };
const MAIL = {
  id: 'a1',
  appRoleId: guid(2),
  appRoleValue: 'Mail.Read',
  createdDateTime: '2026-01-01T00:00:00Z',
  ...API,
};
const FILES = {
  id: 'g1',
  consentType: 'AllPrincipals',
  principalId: null,
  scope: 'Files.Read User.Read',
  ...API,
};
const INHERITABLE = {
  resourceAppId: GRAPH,
  inheritableScopes: { '@odata.type': '#microsoft.graph.enumeratedScopes', scopes: ['files.read'] },
};

/** A tenant with one of everything, and two agents of a blueprint. */
const WHOLE: ScanTenantOptions['streams'] = {
  blueprints: [
    aBlueprint(1, { inheritablePermissions: [INHERITABLE] }),
    aBlueprint(2, { inheritablePermissions: [] }),
  ],
  blueprintPrincipals: [aPrincipal(1, { oauth2PermissionGrants: [FILES] }), aPrincipal(7)],
  conditionalAccessPolicies: [{ id: guid(501), properties: { displayName: 'Block risky agents' } }],
  riskyAgents: [{ id: guid(402), properties: { agentDisplayName: 'Agent 2', riskLevel: 'high' } }],
  agentUsers: [{ id: guid(601), properties: { displayName: 'Agent user', sponsors: [person(3)] } }],
  agentIdentities: [
    anAgent(1, { appRoleAssignments: [MAIL], owners: [person(4)] }),
    anAgent(2),
    anAgent(3, { agentIdentityBlueprintId: guid(107) }),
    anAgent(4, { agentIdentityBlueprintId: guid(199), sponsors: [{ id: guid(9), state: 'deleted' }] }),
  ],
};

/** Scans with these rules alone. */
function scanned(rules: readonly string[], options: ScanTenantOptions): Promise<Report> {
  return scanTenant({ ruleSeverities: only(...rules), ...options });
}

function named(report: Report, name: string): ReportedResource | undefined {
  return report.resources.find((each) => each.name === name);
}

function uris({ resources }: Report): readonly string[] {
  return resources.map(({ location }) => location.uri);
}

/** A row with nothing to tell. */
function aRow(
  kind: ReportedResource['kind'],
  uri: string,
  parts: Partial<ReportedResource> = {},
): ReportedResource {
  const id = uri.slice(uri.lastIndexOf('/') + 1);
  return {
    ref: `${kind}/${id}`,
    kind,
    name: id,
    id,
    appId: null,
    location: { kind: 'tenant', uri },
    portalUrl: portalUrl(PORTAL, kind, { id, appId: parts.appId ?? null }),
    blueprint: null,
    sponsors: null,
    owners: null,
    permissions: [],
    passesOn: [],
    agents: null,
    checks: 0,
    broken: null,
    ...parts,
  };
}

describe('the resources of a report about a tenant', () => {
  const people = (...numbers: readonly number[]) =>
    numbers.map((number) => ({
      kind: 'user' as const,
      id: guid(9000 + number),
      name: `Person ${number}`,
      state: 'enabled' as const,
    }));
  const resource = { appId: GRAPH, displayName: 'Microsoft Graph' };
  const delegated = { kind: 'delegated', resource, consent: 'allUsers' } as const;
  const inherited = {
    ...delegated,
    name: 'Files.Read',
    origin: { by: 'inherited', from: `blueprintPrincipal/${guid(301)}`, name: 'Blueprint 1' },
  } as const;

  test('say who they are, who answers for them and what they may do, in the order of the streams', async () => {
    const report = await scanned([], { streams: WHOLE });
    const blueprint = (number: number, parts: Partial<ReportedResource>) =>
      aRow('blueprint', `applications/${guid(200 + number)}`, {
        ref: `blueprint/${guid(100 + number)}`,
        name: `Blueprint ${number}`,
        appId: guid(100 + number),
        sponsors: people(1, 2),
        owners: people(1, 2),
        ...parts,
      });
    const principal = (number: number, parts: Partial<ReportedResource> = {}) =>
      aRow('blueprintPrincipal', `servicePrincipals/${guid(300 + number)}`, {
        name: `Blueprint ${number}`,
        appId: guid(100 + number),
        sponsors: [],
        owners: [],
        ...parts,
      });
    const agent = (number: number, parts: Partial<ReportedResource>) =>
      aRow('agentIdentity', `servicePrincipals/${guid(400 + number)}`, {
        name: `Agent ${number}`,
        appId: guid(400 + number),
        sponsors: people(1, 2),
        owners: [],
        ...parts,
      });
    const made = { ref: `blueprint/${guid(101)}`, name: 'Blueprint 1' };
    expect(report.resources).toEqual([
      aRow('organization', `organization/${TENANT}`, { name: 'Contoso' }),
      blueprint(1, { passesOn: [inherited], agents: 2 }),
      blueprint(2, { agents: 0 }),
      principal(1, {
        permissions: ['Files.Read', 'User.Read'].map((name) => ({
          ...delegated,
          name,
          origin: { by: 'direct' },
        })),
      }),
      principal(7),
      aRow('conditionalAccessPolicy', `identity/conditionalAccess/policies/${guid(501)}`, {
        name: 'Block risky agents',
      }),
      aRow('riskyAgent', `identityProtection/riskyAgents/${guid(402)}`, { name: 'Agent 2' }),
      aRow('agentUser', `users/${guid(601)}`, { name: 'Agent user', sponsors: people(3) }),
      agent(1, {
        blueprint: made,
        owners: people(4),
        permissions: [
          { kind: 'application', name: 'Mail.Read', resource, origin: { by: 'direct' }, consent: 'admin' },
          inherited,
        ],
      }),
      agent(2, { blueprint: made, permissions: [inherited] }),
      agent(3, { blueprint: { ref: `blueprintPrincipal/${guid(307)}`, name: 'Blueprint 7' } }),
      agent(4, { sponsors: [{ kind: 'unknown', id: guid(9), name: guid(9), state: 'deleted' }] }),
    ]);
    expect([report.unlisted, report.checks]).toEqual([0, [{ evaluated: [], skipped: [] }]]);
  });

  test('come in the order of the run, whatever was found', async () => {
    const broken = anAgent(2, { displayName: 'x'.repeat(300) });
    const report = await scanned([NAMING], {
      streams: { agentIdentities: [anAgent(1), broken, anAgent(3)] },
    });
    expect(report.findings).toHaveLength(1);
    expect(uris(report).slice(1)).toEqual(
      [1, 2, 3].map((number) => `servicePrincipals/${guid(400 + number)}`),
    );
  });
});

describe('what nobody knows is not told as nothing', () => {
  test('G18 when sponsors could not be read of any object of a kind', async () => {
    const report = await scanned([NO_SPONSOR], {
      streams: { ...WHOLE, agentIdentities: [anAgent(1, { sponsors: undefined, owners: [person(4)] })] },
      missing: [{ group: 'sponsors', of: 'agentIdentity', status: 'forbidden' }],
    });
    expect(named(report, 'Agent 1')).toMatchObject({ sponsors: null, owners: [{ name: 'Person 4' }] });
    expect(named(report, 'Blueprint 1')?.sponsors).toHaveLength(2);
    expect(report.checks[named(report, 'Agent 1')?.checks ?? -1]).toEqual({
      evaluated: [],
      skipped: [{ rule: NO_SPONSOR, reason: 'facts-missing', missing: ['sponsors'] }],
    });
  });

  test('when they could not be read of one object', async () => {
    const report = await scanned([NO_SPONSOR], {
      streams: {
        agentIdentities: [
          { ...anAgent(1, { sponsors: [] }), unknown: { sponsors: 'facts-missing' } },
          anAgent(2),
        ],
      },
      missing: [{ group: 'sponsors', of: 'agentIdentity', status: 'partial', unread: 1 }],
    });
    expect([named(report, 'Agent 1')?.sponsors, named(report, 'Agent 2')?.sponsors?.length]).toEqual([
      null,
      2,
    ]);
    expect(report.resources.map(({ checks }) => checks)).toEqual([0, 1, 2]);
    expect(report.checks.slice(1)).toEqual([
      { evaluated: [], skipped: [{ rule: NO_SPONSOR, reason: 'facts-missing', missing: ['sponsors'] }] },
      { evaluated: [NO_SPONSOR], skipped: [] },
    ]);
  });

  test('when the state of people could not be read', async () => {
    const unread = { ...person(1), state: 'unread', accountEnabled: undefined };
    const report = await scanned([], { streams: { agentIdentities: [anAgent(1, { sponsors: [unread] })] } });
    expect(named(report, 'Agent 1')?.sponsors).toEqual([
      { kind: 'user', id: guid(9001), name: 'Person 1', state: 'unknown' },
    ]);
  });
});

test('redacted names and ids are not told', async () => {
  const report = await scanned([], {
    streams: WHOLE,
    redact: { what: ['names', 'ids'], key: new Uint8Array(32), publicIds: new Set([GRAPH]) },
  });
  const text = JSON.stringify(report.resources);
  expect(report.resources).toHaveLength(12);
  for (const word of ['Person', 'contoso', 'Agent 1', 'Blueprint 1', guid(9001), guid(401), TENANT, PORTAL])
    expect([word, text.includes(word)]).toEqual([word, false]);
});

describe('the checks of the resources of a tenant', () => {
  test('are, over all resources, what the outcomes count', async () => {
    const missing = fc
      .subarray([...PAIRS], { maxLength: 4 })
      .chain((pairs) =>
        fc
          .constantFrom('forbidden', 'failed', 'notAsked')
          .map((status) => pairs.map(({ group, of }) => ({ group, of, status }) as const)),
      );
    const off = fc.subarray(bundle.catalogue.rules.map(({ id }) => id));
    await fc.assert(
      fc.asyncProperty(missing, off, async (gaps, ids) => {
        const report = await scanTenant({
          streams: WHOLE,
          missing: gaps,
          ruleSeverities: Object.fromEntries(ids.map((id) => [id, 'off'])),
        });
        const counts = new Map<string, number>();
        for (const { checks } of report.resources)
          for (const rule of report.checks[checks]?.evaluated ?? [])
            counts.set(rule, (counts.get(rule) ?? 0) + 1);
        const expected = report.outcomes.map((outcome) => [
          outcome.rule,
          outcome.status === 'evaluated' ? outcome.subjects : 0,
        ]);
        expect(report.outcomes.map(({ rule }) => [rule, counts.get(rule) ?? 0])).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});

describe('of a large tenant', () => {
  const agents = Array.from({ length: 5_100 }, (_, index) =>
    anAgent(1_000 + index, index === 5_050 ? { sponsors: [] } : {}),
  );
  const options = {
    streams: { blueprints: [aBlueprint(1), aBlueprint(2)], agentIdentities: agents },
  } satisfies ScanTenantOptions;

  test('5,000 are listed with all blueprints and all that have findings, and every agent is counted', async () => {
    const report = await scanned([NO_SPONSOR], options);
    expect(report.findings).toHaveLength(1);
    expect([report.resources.length, report.unlisted]).toEqual([5_000, 103]);
    expect(uris(report).slice(-2)).toEqual([
      `servicePrincipals/${guid(6_395)}`,
      `servicePrincipals/${guid(6_450)}`,
    ]);
    expect([named(report, 'Blueprint 1')?.agents, named(report, 'Blueprint 2')?.agents]).toEqual([5_100, 0]);
    // Rules for files only keep the work on one thread, and have nothing to say about a tenant.
    const onOneThread = await scanned([NO_SPONSOR], { ...options, bundles: [bundle, ownRules()] });
    expect(onOneThread.resources).toEqual(report.resources);
    expect(onOneThread.checks).toEqual(report.checks);
  });
});

describe('what is described later', () => {
  const place = { tenantId: TENANT, portal: PORTAL };
  const shared = new SharedParts(new PrincipalTexts());
  const STREAM_OF: Record<string, readonly TenantRecord[]> = {
    blueprints: [aBlueprint(1), aBlueprint(2)].map((record) => ({ api: 'v1.0', ...record })),
    agentIdentities: [anAgent(1), anAgent(2), anAgent(3)].map((record) => ({ api: 'v1.0', ...record })),
  };
  const kinds = { blueprints: 'blueprint', agentIdentities: 'agentIdentity' } as const;

  /** A source that tells which streams are read, and gives one record at a time. */
  function sourceOf(read: string[]): Pick<SnapshotSource, 'records'> {
    return {
      records: async function* (stream) {
        read.push(stream);
        for (const record of STREAM_OF[stream] ?? []) {
          read.push(record.id);
          yield await Promise.resolve({ records: [record], lines: [] });
        }
      },
    };
  }

  /** Lists everything; what `isLater` says of a place is described later. */
  function built(isLater: (place: number) => boolean): InventoryBuilder {
    const builder = new InventoryBuilder(new Map());
    let next = 0;
    for (const stream of ['blueprints', 'agentIdentities'] as const) {
      for (const record of STREAM_OF[stream] ?? []) {
        const resource = tenantResource(kinds[stream], record, place, {});
        builder.add({
          asked: { kind: kinds[stream], from: 'tenant', unknown: {}, off: new Set() },
          hasFindings: false,
          fault: null,
          madeFrom: stream === 'agentIdentities' ? guid(101) : null,
          isAgain: false,
          describe: isLater(next) ? null : () => described({ resource, id: record.id }, shared),
        });
        next += 1;
      }
    }
    return builder;
  }

  test('is told as what is described at once', async () => {
    const [later, atOnce] = [built(() => true), built(() => false)];
    await describeOpen(sourceOf([]), later, { place, shared });
    expect(later.result([], [])).toEqual(atOnce.result([], []));
    expect(later.open().size).toBe(0);
  });

  test('is read as far as needed', async () => {
    const read: string[] = [];
    await describeOpen(
      sourceOf(read),
      built((at) => at === 0 || at === 2),
      { place, shared },
    );
    expect(read.filter((each) => each.startsWith('0'))).toEqual([guid(201), guid(202), guid(401)]);
    const nothing: string[] = [];
    await describeOpen(
      sourceOf(nothing),
      built(() => false),
      { place, shared },
    );
    expect(nothing).toEqual([]);
  });

  test('counts as unlisted when it is not there any more', () => {
    const builder = built((at) => at > 2);
    const { resources, unlisted } = builder.result([], []);
    expect([resources.length, unlisted]).toEqual([3, 2]);
  });
});
