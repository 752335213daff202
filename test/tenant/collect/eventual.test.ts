import { expect, test } from 'vitest';
import { IDS } from '../../graph-server/fixtures.ts';
import { createMemoryTenant } from '../../graph-server/memory-tenant.ts';
import { collected, collectFrom, incomplete, serverOf, tidyUp } from './support.ts';
import { MORE_AGENTS, TWO_PAGES } from './tenant.ts';

tidyUp();

const AGENTS = '/servicePrincipals/microsoft.graph.agentIdentity';
const PEOPLE = Array.from(
  { length: 25 },
  (_, index) => `aaaa0000-0000-4000-8000-${String(index).padStart(12, '0')}`,
);

test('a relationship that was cut at 20 is read in full', async () => {
  const tenant = createMemoryTenant({
    ...TWO_PAGES,
    users: [
      ...(TWO_PAGES.users ?? []),
      ...PEOPLE.map((id) => ({
        '@odata.type': '#microsoft.graph.user',
        id,
        displayName: id,
        accountEnabled: true,
        userType: 'Member',
      })),
    ],
    sponsors: { ...TWO_PAGES.sponsors, [IDS.agentA2]: PEOPLE },
  });
  const { header, streams } = await collected(await collectFrom(await serverOf(tenant)));
  expect(incomplete(header)).toEqual([]);
  const agent = streams['agentIdentities']?.find(({ id }) => id === IDS.agentA2);
  expect((agent?.properties['sponsors'] as { id: string }[]).map(({ id }) => id)).toEqual(PEOPLE);
});

test('a relationship that stays cut is unknown for that object alone', async () => {
  const tenant = createMemoryTenant({ ...TWO_PAGES, sponsors: { [IDS.agentA2]: PEOPLE } });
  const server = await serverOf(tenant, {
    faults: [
      {
        match: { label: '/servicePrincipals/{id}/microsoft.graph.agentIdentity/sponsors' },
        fault: { kind: 'status', status: 500 },
        times: Infinity,
      },
    ],
  });
  const { header, streams } = await collected(
    await collectFrom(server, { wanted: [{ group: 'sponsors', of: 'agentIdentity' }] }),
  );
  // People who are not there are not expanded, so that only the number of those who are decides.
  const unknown = streams['agentIdentities']?.filter((record) => record.unknown !== undefined) ?? [];
  const line = header.collections.find(({ group, of }) => group === 'sponsors' && of === 'agentIdentity');
  expect(line?.unread).toBe(unknown.length);
});

test('G20 an agent that vanishes while it is read is gone, not a failure', async () => {
  const [gone = ''] = MORE_AGENTS;
  const server = await serverOf(createMemoryTenant(TWO_PAGES), {
    faults: [{ match: { label: AGENTS, url: /expand=owners/ }, fault: { kind: 'vanish', id: gone } }],
  });
  const { header, streams } = await collected(
    await collectFrom(server, { wanted: [{ group: 'owners', of: 'agentIdentity' }] }),
  );
  expect(incomplete(header).filter((line) => !line.endsWith('notAsked'))).toEqual([]);
  expect(header.complete).toBe(true);
  expect(streams['agentIdentities']?.map(({ id }) => id)).not.toContain(gone);
  expect(streams['agentIdentities']).toHaveLength(112);
});

test('G21 an object that comes twice is kept once and counted', async () => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES), {
    faults: [
      { match: { label: AGENTS, url: /expand=sponsors/, continued: true }, fault: { kind: 'duplicate' } },
    ],
  });
  const { header, streams } = await collected(
    await collectFrom(server, { wanted: [{ group: 'agentIdentities', of: 'agentIdentity' }] }),
  );
  expect(streams['agentIdentities']).toHaveLength(113);
  const line = header.collections.find(({ group }) => group === 'agentIdentities');
  expect(line).toMatchObject({ status: 'complete', objects: 113, duplicates: 1 });
});

test('G22 objects that paging leaves out each time are counted as missing', async () => {
  const server = await serverOf(createMemoryTenant(TWO_PAGES), {
    faults: [
      {
        match: { label: AGENTS, continued: true },
        fault: { kind: 'gap', objects: 2 },
        times: Infinity,
      },
    ],
  });
  const { header } = await collected(
    await collectFrom(server, { wanted: [{ group: 'agentIdentities', of: 'agentIdentity' }] }),
  );
  const line = header.collections.find(({ group }) => group === 'agentIdentities');
  expect(line).toMatchObject({
    status: 'partial',
    objects: 111,
    reason: 'Graph counts 113, and 111 came in two passes',
  });
  expect(header.complete).toBe(false);
});
