import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { collectTenant, type CollectOutcome, type CollectRequest } from '../../../src/collect.ts';
import type { Collection } from '../../../src/model/collection.ts';
import { PAIRS } from '../../../src/tenant/collect/pairs.ts';
import { virtualClock, type VirtualClock } from '../../graph-server/clock.ts';
import { endpointsOf } from '../../../src/tenant/graph/clouds.ts';
import { openSnapshot } from '../../../src/tenant/snapshot/reader.ts';
import { STREAMS, type SnapshotHeader, type SnapshotRecord } from '../../../src/tenant/snapshot/types.ts';
import type { TenantData } from '../../graph-server/memory-tenant.ts';
import { createMemoryTenant } from '../../graph-server/memory-tenant.ts';
import { startGraphServer, type GraphServer, type GraphServerOptions } from '../../graph-server/server.ts';

const open: { close: () => Promise<void> }[] = [];
const folders: string[] = [];

/** Closes and removes what a test file used; to be called once at its top. */
export function tidyUp(): void {
  afterAll(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-collect-'));
  folders.push(folder);
  return folder;
}

const clocks = new WeakMap<GraphServer, VirtualClock>();

/** The stand-in, with a clock that only waiting moves. */
export async function serverOf(
  tenant: TenantData | GraphServerOptions['tenant'],
  options: Partial<GraphServerOptions> = {},
): Promise<GraphServer> {
  const clock = virtualClock();
  const server = await startGraphServer({
    clock,
    tenant: 'rows' in tenant ? tenant : createMemoryTenant(tenant),
    ...options,
  });
  open.push(server);
  clocks.set(server, clock);
  return server;
}

/** Collects from the stand-in with everything wanted; waits take no time. */
export function collectFrom(
  server: GraphServer,
  options: Partial<CollectRequest> & { readonly roles?: readonly string[] } = {},
): Promise<CollectOutcome> {
  const endpoints = endpointsOf({ cloud: 'global', graphUrl: server.url });
  if (!endpoints.ok) throw new Error(endpoints.problem.message);
  const { roles, ...request } = options;
  const limits = {
    sleep: (milliseconds: number): Promise<void> => {
      clocks.get(server)?.advance(milliseconds);
      return Promise.resolve();
    },
    tries: 3,
    requestBudget: 60_000,
    runBudget: 600_000,
    ...request.graph?.limits,
  };
  return collectTenant({
    output: join(newFolder(), 'tenant.snapshot'),
    wanted: PAIRS,
    beta: true,
    namedGroups: [],
    resume: false,
    since: null,
    redact: null,
    version: '0.0.0-test',
    now: () => server.clock.now(),
    random: () => 0.5,
    owner: { pid: 1, startedAt: '2026-11-23T00:00:00Z', isRunning: () => false },
    signal: new AbortController().signal,
    ...request,
    graph: {
      endpoints: endpoints.endpoints,
      ask: () =>
        Promise.resolve({ ok: true, token: server.token(roles), expiresAt: server.clock.now() + 3_600_000 }),
      tenant: null,
      allowWriteScopes: false,
      ...request.graph,
      limits,
    },
  });
}

export type Content = {
  readonly header: SnapshotHeader;
  readonly streams: { readonly [name: string]: readonly SnapshotRecord[] };
};

async function contentOf(path: string): Promise<Content> {
  const snapshot = await openSnapshot(path);
  const streams: Record<string, SnapshotRecord[]> = {};
  try {
    for (const name of STREAMS) {
      streams[name] = [];
      for await (const batch of snapshot.records(name)) streams[name].push(...batch.records);
    }
  } finally {
    await snapshot.close();
  }
  return { header: snapshot.header, streams };
}

/** What a collection gave; throws when there is none. */
export async function collected(outcome: CollectOutcome): Promise<Content> {
  if (!outcome.ok) throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`);
  return contentOf(outcome.path);
}

/** Lines of the receipt that are not complete: `sponsors/agentIdentity forbidden`. */
export function incomplete({
  collections,
}: {
  readonly collections: readonly Collection[];
}): readonly string[] {
  return collections
    .filter(({ status }) => status !== 'complete')
    .map(({ group, of, status }) => `${group}/${of} ${status}`);
}
