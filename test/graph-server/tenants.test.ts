import { describe, expect, test } from 'vitest';
import { believableTenant, PLANTED, PLANTED_FOR_OPTIONS } from './believable-tenant.ts';
import { closeAfterwards, stand, values } from './client.ts';
import { everyRow, text, typeOf, type Entity } from './entities.ts';
import { expectedOfAgents, largeTenant, VIOLATIONS } from './large-tenant.ts';
import { largeGraphTenant } from './large/graph.ts';
import { recordsOf } from './large/snapshot.ts';
import { createMemoryTenant, type TenantData } from './memory-tenant.ts';

closeAfterwards();

const SETS = ['applications', 'servicePrincipals', 'users', 'groups', 'deletedItems'] as const;

function objectsOf(data: TenantData): readonly Entity[] {
  return SETS.flatMap((set) => data[set] ?? []);
}

describe('the believable tenant', () => {
  const data = believableTenant();
  const objects = objectsOf(data);
  const ids = new Set(objects.map((object) => text(object, 'id')));

  test('is of a believable size', () => {
    const counts: Record<string, number> = {};
    for (const object of objects) counts[typeOf(object)] = (counts[typeOf(object)] ?? 0) + 1;
    expect(counts).toEqual({
      agentIdentityBlueprint: 42,
      agentIdentityBlueprintPrincipal: 43,
      agentIdentity: 292,
      agentUser: 26,
      user: 61,
      group: 7,
      servicePrincipal: 6,
    });
  });

  test('has each id once, and relationships only to what is there', () => {
    expect(ids.size).toBe(objects.length);
    const links = [data.owners, data.sponsors, data.members, data.managers].flatMap((of) =>
      Object.entries(of ?? {}).flatMap(([id, targets]) => [id, ...targets]),
    );
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
    const grants = [...(data.appRoleAssignments ?? []), ...(data.oauth2PermissionGrants ?? [])];
    expect(new Set(grants.map((grant) => grant['id'])).size).toBe(grants.length);
    const ends = grants.flatMap((grant) => [grant['resourceId'], grant['principalId'] ?? grant['clientId']]);
    expect(ends.filter((id) => !ids.has(String(id)))).toEqual([]);
  });

  test('has what was planted where it says, once a rule and place', () => {
    const appIds = new Set((data.applications ?? []).map((application) => text(application, 'appId')));
    const others = [...data.organization, ...(data.conditionalAccessPolicies ?? [])].map((one) =>
      text(one, 'id'),
    );
    const planted = [...PLANTED, ...PLANTED_FOR_OPTIONS];
    const lost = planted.filter(({ resource }) => {
      const id = resource.split('/')[1] ?? '';
      return !ids.has(id) && !appIds.has(id) && !others.includes(id);
    });
    expect(lost).toEqual([]);
    expect(new Set(planted.map(({ rule, resource }) => `${rule} ${resource}`)).size).toBe(planted.length);
  });

  test('is the same in every run, and moves with the time', () => {
    expect(believableTenant()).toEqual(data);
    const later = objectsOf(believableTenant(Date.parse('2027-03-01T00:00:00Z')));
    expect(later.map((object) => object['id'])).toEqual(objects.map((object) => object['id']));
    expect(JSON.stringify(later)).not.toBe(JSON.stringify(objects));
  });

  test('passes on what is inheritable and granted, and nothing else', () => {
    const tenant = createMemoryTenant(data);
    const agents = [...everyRow(tenant.rows('servicePrincipals', 'agentIdentity'))];
    const sorter = agents.find((agent) => agent['displayName'] === 'mail sorter 1');
    const plain = agents.find((agent) => text(agent, 'displayName').startsWith('claims-triage'));
    const roles = (agent: Entity | undefined) =>
      [...everyRow(tenant.related('inheritedAppRoleAssignments', text(agent ?? {}, 'id')))].length;
    const scopes = (agent: Entity | undefined) =>
      [...everyRow(tenant.related('inheritedOauth2PermissionGrants', text(agent ?? {}, 'id')))].map(
        (grant) => grant['scope'],
      );
    expect([roles(sorter), scopes(sorter)]).toEqual([1, []]);
    expect([roles(plain), scopes(plain)]).toEqual([
      0,
      ['User.Read Team.ReadBasic.All', 'McpServers.Calendar.All McpServersMetadata.Read.All'],
    ]);
  });
});

describe('the large tenant', () => {
  const large = largeTenant({ agents: 1000, blueprints: 40, people: 200 });

  test('makes ids that grow with the index, and finds the index again', () => {
    for (const [kind, count] of [
      ['agent', 1000],
      ['blueprint', 40],
      ['person', 200],
    ] as const) {
      const made = Array.from({ length: count }, (_, index) => large.ids[kind].idOf(index));
      expect(made.toSorted()).toEqual(made);
      expect(made.map((id) => large.ids[kind].indexOf(id))).toEqual(made.map((_, index) => index));
      expect(
        made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
      ).toBe(true);
    }
    expect(large.ids.agent.indexOf(large.ids.person.idOf(3))).toBeNull();
  });

  test('has something wrong with two in a hundred agents, of each sort', () => {
    const expected = [...expectedOfAgents(large)];
    expect(expected).toHaveLength(20);
    expect(new Set(expected.map(({ rule }) => rule))).toEqual(new Set(VIOLATIONS));
  });

  test('tells the same over HTTP as in a snapshot', async () => {
    const server = await stand({ tenant: largeGraphTenant(large) });
    const records = new Map(
      [...recordsOf(large, 'agentIdentities')].map((record) => [record.id, record.properties]),
    );
    const path = '/v1.0/servicePrincipals/microsoft.graph.agentIdentity';
    const served = await values(
      server,
      `${path}?$select=id,displayName,tags,passwordCredentials&$expand=sponsors($select=id)`,
    );
    expect(served).toHaveLength(100);
    for (const agent of served) {
      const record = records.get(text(agent, 'id'));
      const told = (agent['sponsors'] as readonly Entity[]).map((sponsor) => sponsor['id']);
      const kept = (record?.['sponsors'] as readonly Entity[]).map((sponsor) => sponsor['id']);
      expect(agent['displayName']).toBe(record?.['displayName']);
      expect(told).toHaveLength(Math.min(20, kept.length));
      expect(kept).toEqual(expect.arrayContaining(told));
    }
    const size = JSON.stringify([...recordsOf(large, 'agentIdentities')]).length / 1000;
    expect(size).toBeGreaterThan(2000);
    expect(size).toBeLessThan(4000);
  });
});
