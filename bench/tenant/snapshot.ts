import { recordsOf, type LargeStream } from '../../test/graph-server/large/snapshot.ts';
import { largeTenant } from '../../test/graph-server/large-tenant.ts';
import { BETA_GROUPS, PAIRS } from '../../src/tenant/collect/pairs.ts';
import { STREAMS, type SnapshotRecord } from '../../src/tenant/snapshot/types.ts';
import { writeSnapshot } from '../../src/tenant/snapshot/writer.ts';

/** Writes the snapshot of a generated tenant, the same bytes in every run. */
export async function writeLargeSnapshot(path: string, agents: number): Promise<void> {
  const large = largeTenant({ agents });
  const streams = Object.fromEntries(
    STREAMS.map((stream) => [stream, recordsOf(large, stream as LargeStream) as Iterable<SnapshotRecord>]),
  );
  const collections = PAIRS.map(({ group, of }) => ({
    ...({ group, of, status: 'complete', api: BETA_GROUPS.has(group) ? 'beta' : 'v1.0' } as const),
    ...{ objects: 0, unread: 0, requests: 1, duplicates: 0, permissions: [], reason: null, by: null },
    evidence: null,
  }));
  const parts = {
    tool: { name: 'agentid-lint', version: '0.0.0-bench' },
    tenant: { id: large.id, displayName: 'Larkspur Freight', cloud: 'global' },
    startedAt: '2026-11-23T00:00:00Z',
    finishedAt: '2026-11-23T00:10:00Z',
    complete: true,
    collections,
    requests: { roundTrips: 1, requests: 1, batches: 0, retries: 0, throttled: 0, waited: 0 },
    deltaLinks: { applications: null, servicePrincipals: null },
    basis: { kind: 'full', digest: null, note: null },
  } as const;
  await writeSnapshot(path, { parts, streams }, { redact: null });
}
