import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IDS } from '../../graph-server/fixtures.ts';
import { createMemoryTenant } from '../../graph-server/memory-tenant.ts';
import { collected, collectFrom, incomplete, newFolder, serverOf, tidyUp } from './support.ts';
import { MORE_AGENTS, TWO_PAGES } from './tenant.ts';

tidyUp();

const [changed = '', removed = '', kept = ''] = MORE_AGENTS;

test('a delta read of a changed tenant gives the same as a full read of it', async () => {
  const tenant = createMemoryTenant(TWO_PAGES);
  const server = await serverOf(tenant);
  const since = join(newFolder(), 'before.snapshot');
  const first = await collectFrom(server, { output: since });
  expect(first.ok && first.header.basis).toEqual({ kind: 'full', digest: null, note: null });

  tenant.change.update(changed, { accountEnabled: true, displayName: 'renamed' });
  tenant.change.remove(removed);
  tenant.change.update(IDS.blueprintA, { signInAudience: 'AzureADMultipleOrgs' });
  tenant.change.add('servicePrincipals', {
    '@odata.type': '#microsoft.graph.agentIdentity',
    id: 'ffff0000-0000-4000-8000-000000000001',
    appId: 'ffff0000-0000-4000-8000-000000000001',
    displayName: 'a new one',
    accountEnabled: true,
    agentIdentityBlueprintId: IDS.appA,
    createdDateTime: '2026-11-22T09:00:00Z',
    servicePrincipalType: 'ServiceIdentity',
    keyCredentials: [{ keyId: 'b13ee51f-aa9d-576d-a6f5-18f0186f9ad2', type: 'Symmetric', key: 'never kept' }],
    tags: [],
  });
  tenant.change.link('sponsors', kept, [IDS.tomas]);

  const full = await collected(await collectFrom(server));
  server.log.clear();
  const delta = await collected(await collectFrom(server, { since }));
  expect(delta.header.basis).toEqual({ kind: 'delta', digest: first.ok ? first.digest : '', note: null });
  expect(delta.streams).toEqual(full.streams);
  expect(incomplete(delta.header)).toEqual(incomplete(full.header));
  expect(server.log.data().map(({ url }) => url)).not.toContain(
    '/servicePrincipals/microsoft.graph.agentIdentity?$top=100&$expand=sponsors($select=id)',
  );
});

test.each([
  [
    'of another tenant',
    { tenant: { ...TWO_PAGES, organization: [{ id: IDS.vendorTenant, displayName: 'Other' }] } },
    'it is of another tenant',
  ],
  ['incomplete', { roles: ['AgentIdentity.Read.All', 'Organization.Read.All'] }, 'it is incomplete'],
  ['redacted', { redact: true }, 'it is redacted'],
  [
    'made for other rules',
    { wanted: [{ group: 'agentUsers', of: 'agentUser' }] },
    'it was made for other rules',
  ],
] as const)('an earlier snapshot that is %s is not used, and that is said', async (_, how, note) => {
  const since = join(newFolder(), 'before.snapshot');
  const before = await serverOf(createMemoryTenant('tenant' in how ? how.tenant : TWO_PAGES));
  const first = await collectFrom(before, {
    output: since,
    ...('roles' in how ? { roles: how.roles } : {}),
    ...('wanted' in how ? { wanted: how.wanted } : {}),
    ...('redact' in how
      ? { redact: { what: ['names'] as const, key: new Uint8Array(32), publicIds: new Set<string>() } }
      : {}),
  });
  // Without the permission for delta queries there is no place to go on from either.
  expect(first.ok).toBe(true);
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  const { header } = await collected(await collectFrom(server, { since }));
  expect(header.basis.kind).toBe('full');
  expect([
    `The earlier snapshot was not used: ${note}.`,
    'The earlier snapshot was not used: Graph gave it no place to go on from.',
  ]).toContain(header.basis.note);
  expect(header.complete).toBe(true);
});

test('a delta token that is too old leads to a full read, and that is said', async () => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  const since = join(newFolder(), 'before.snapshot');
  await collectFrom(server, { output: since });
  server.addFault({
    match: { url: /deltatoken=(?!latest)/ },
    fault: { kind: 'status', status: 410 },
    times: 1,
  });
  const { header } = await collected(await collectFrom(server, { since }));
  expect(header.basis).toMatchObject({
    kind: 'full',
    note: 'The earlier snapshot was not used: it is too old for that.',
  });
  expect(header.deltaLinks.applications).not.toBeNull();
});

test("an earlier snapshot that cannot be read is the user's to see to", async () => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  const outcome = await collectFrom(server, { since: join(newFolder(), 'none.snapshot') });
  expect(outcome).toMatchObject({ ok: false, problem: { kind: 'setting' } });
});
