import { describe, expect, test } from 'vitest';
import { closeAfterwards, get, stand, type Got } from './client.ts';
import { virtualClock } from './clock.ts';
import { IDS, SMALL_TENANT } from './fixtures.ts';
import { createMemoryTenant } from './memory-tenant.ts';

closeAfterwards();

const DELTA = '/v1.0/servicePrincipals/delta';

function linkOf({ body }: Got): string {
  return String(body['@odata.deltaLink']);
}

async function begin() {
  const tenant = createMemoryTenant(SMALL_TENANT);
  const clock = virtualClock();
  return { tenant, clock, server: await stand({ tenant, clock }) };
}

describe('delta queries', () => {
  test('begin with everything there is', async () => {
    const { server } = await begin();
    const first = await get(server, `${DELTA}?$select=displayName`);
    expect(first.body['value']).toHaveLength(SMALL_TENANT.servicePrincipals?.length ?? 0);
    expect((first.body['value'] as readonly unknown[])[3]).toEqual({
      '@odata.type': '#microsoft.graph.agentIdentity',
      id: IDS.agentA1,
      displayName: 'claims-triage-emea',
    });
  });

  test('begin with nothing, from now on', async () => {
    const { server } = await begin();
    const first = await get(server, `${DELTA}?$deltatoken=latest`);
    expect(first.body['value']).toEqual([]);
    expect((await get(server, linkOf(first))).body['value']).toEqual([]);
  });

  test('tell what changed: new objects, only the changed properties of others, and what is gone', async () => {
    const { server, tenant } = await begin();
    const first = await get(server, `${DELTA}?$deltatoken=latest`);
    tenant.change.update(IDS.agentA2, { accountEnabled: true });
    tenant.change.remove(IDS.agentB1);
    tenant.change.remove(IDS.pipeline, 'for good');
    tenant.change.add('servicePrincipals', {
      '@odata.type': '#microsoft.graph.agentIdentity',
      id: IDS.gone,
      displayName: 'new',
    });
    const second = await get(server, linkOf(first));
    expect(second.body['value']).toEqual([
      { '@odata.type': '#microsoft.graph.agentIdentity', id: IDS.agentA2, accountEnabled: true },
      { id: IDS.agentB1, '@removed': { reason: 'changed' } },
      { id: IDS.pipeline, '@removed': { reason: 'deleted' } },
      { '@odata.type': '#microsoft.graph.agentIdentity', id: IDS.gone, displayName: 'new' },
    ]);
    expect((await get(server, linkOf(second))).body['value']).toEqual([]);
  });

  test('keep to the properties that were selected, and to ids', async () => {
    const { server, tenant } = await begin();
    const filter = `$filter=id eq '${IDS.agentA1}' or id eq '${IDS.agentA2}'`;
    const first = await get(server, `${DELTA}?$select=displayName&${filter}`);
    expect(first.body['value']).toHaveLength(2);
    tenant.change.update(IDS.agentA1, { accountEnabled: false });
    tenant.change.update(IDS.agentA2, { displayName: 'renamed' });
    tenant.change.update(IDS.agentB1, { displayName: 'renamed' });
    const second = await get(server, linkOf(first));
    expect((second.body['value'] as readonly { id: string }[]).map(({ id }) => id)).toEqual([IDS.agentA2]);
  });

  test('lead over several pages', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({
      '@odata.type': '#microsoft.graph.servicePrincipal',
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    }));
    const server = await stand({ tenant: createMemoryTenant({ ...SMALL_TENANT, servicePrincipals: many }) });
    const sizes: number[] = [];
    let at: unknown = DELTA;
    for (let last: Got; typeof at === 'string'; at = last.body['@odata.nextLink']) {
      last = await get(server, at);
      sizes.push((last.body['value'] as readonly unknown[]).length);
      if (last.body['@odata.nextLink'] === undefined) expect(linkOf(last)).toContain('$deltatoken=');
    }
    expect(sizes).toEqual([200, 200, 50]);
  });

  test('refuse what they do not support, and tokens of others', async () => {
    const { server } = await begin();
    const link = linkOf(await get(server, `${DELTA}?$deltatoken=latest`));
    const statuses = await Promise.all(
      [
        `${DELTA}?$top=5`,
        `${DELTA}?$expand=owners`,
        `${DELTA}?$filter=displayName eq 'x'`,
        `${DELTA}?$deltatoken=made-up`,
        link.replace('servicePrincipals', 'applications'),
        `${link}&$select=id`,
      ].map(async (path) => (await get(server, path)).status),
    );
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400]);
  });

  test('forget after a week', async () => {
    const { server, clock } = await begin();
    const link = linkOf(await get(server, `${DELTA}?$deltatoken=latest`));
    clock.advance(8 * 86_400_000);
    const { status, body, headers } = await get(server, link);
    expect([status, body, headers.get('location')]).toMatchObject([
      410,
      { error: { code: 'syncStateNotFound' } },
      `${server.url}${DELTA}`,
    ]);
  });
});
