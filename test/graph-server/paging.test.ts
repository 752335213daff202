import { describe, expect, test } from 'vitest';
import { closeAfterwards, EVENTUAL, get, stand, values } from './client.ts';
import { virtualClock } from './clock.ts';
import { IDS } from './fixtures.ts';
import { createMemoryTenant, type TenantData } from './memory-tenant.ts';
import { SMALL_TENANT } from './fixtures.ts';

closeAfterwards();

const AGENTS = '/v1.0/servicePrincipals/microsoft.graph.agentIdentity';

/** Ids of all pages. */
async function walk(
  server: Awaited<ReturnType<typeof stand>>,
  path: string,
): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  for (let next: unknown = path; typeof next === 'string';) {
    const { body } = await get(server, next);
    pages.push((body['value'] as readonly { readonly id: string }[]).map(({ id }) => id));
    next = body['@odata.nextLink'];
  }
  return pages;
}

function withSponsors(count: number): TenantData {
  const users = Array.from({ length: count }, (_, index) => ({
    '@odata.type': '#microsoft.graph.user',
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    displayName: `Sponsor ${index}`,
  }));
  return {
    ...SMALL_TENANT,
    users: [...(SMALL_TENANT.users ?? []), ...users],
    sponsors: { [IDS.agentA1]: users.map(({ id }) => id) },
  };
}

describe('pages', () => {
  test('lead from one to the next until the end', async () => {
    const server = await stand();
    expect(await walk(server, `${AGENTS}?$top=2&$select=id`)).toEqual([
      [IDS.agentA1, IDS.agentA2],
      [IDS.agentB1],
    ]);
    expect(await walk(server, `${AGENTS}?$select=id`)).toEqual([[IDS.agentA1, IDS.agentA2, IDS.agentB1]]);
  });

  test('are cut after the filter, and end without an empty page', async () => {
    const server = await stand();
    const filter = `$filter=agentIdentityBlueprintId eq '${IDS.appA}'`;
    expect(await walk(server, `${AGENTS}?${filter}&$top=1&$select=id`)).toEqual([
      [IDS.agentA1],
      [IDS.agentA2],
    ]);
  });

  test('count only in advanced queries', async () => {
    const server = await stand();
    const plain = await get(server, `${AGENTS}?$count=true&$top=1`);
    const advanced = await get(server, `${AGENTS}?$count=true&$top=1`, EVENTUAL);
    expect([plain.body['@odata.count'], advanced.body['@odata.count']]).toEqual([undefined, 3]);
    const filtered = `${AGENTS}?$count=true&$filter=accountEnabled ne true`;
    expect((await get(server, filtered, EVENTUAL)).body['@odata.count']).toBe(1);
  });

  test('have tokens that are opaque, bound to their query, and expire', async () => {
    const clock = virtualClock();
    const server = await stand({ clock });
    const { body } = await get(server, `${AGENTS}?$top=1&$select=id`);
    const link = String(body['@odata.nextLink']);
    const token = /skiptoken=(.*)$/.exec(link)?.[1] ?? '';
    const codes = async (path: string) => {
      const answer = await get(server, path);
      return [answer.status, (answer.body['error'] as { code: string } | undefined)?.code];
    };
    expect(await codes(`${AGENTS}?$top=2&$select=id&$skiptoken=${token}`)).toEqual([
      400,
      'Directory_InvalidPageToken',
    ]);
    expect(await codes(`/v1.0/users?$top=1&$select=id&$skiptoken=${token}`)).toEqual([
      400,
      'Directory_InvalidPageToken',
    ]);
    expect(await codes(link)).toEqual([200, undefined]);
    clock.advance(31 * 60_000);
    const later = { Authorization: `Bearer ${server.token()}` };
    const expired = await get(server, link, later);
    expect([expired.status, expired.body]).toMatchObject([
      400,
      { error: { code: 'Directory_ExpiredPageToken' } },
    ]);
  });

  test('go on where they were although objects come and go', async () => {
    const tenant = createMemoryTenant(SMALL_TENANT);
    const server = await stand({ tenant });
    const { body } = await get(server, `${AGENTS}?$top=1&$select=id`);
    tenant.change.remove(IDS.agentA1);
    tenant.change.remove(IDS.agentA2);
    expect(await walk(server, String(body['@odata.nextLink']))).toEqual([[IDS.agentB1]]);
  });

  test('hold at most 20 objects of an expanded relationship, the relationship itself all', async () => {
    const server = await stand({ tenant: createMemoryTenant(withSponsors(23)) });
    const [agent] = await values(server, `${AGENTS}?$top=1&$select=id&$expand=sponsors($select=id)`);
    expect(agent?.['sponsors']).toHaveLength(20);
    expect(await values(server, `${AGENTS}/${IDS.agentA1}/sponsors?$select=id`)).toHaveLength(23);
  });
});
