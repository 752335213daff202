import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openSnapshot } from '../../../src/tenant/snapshot/reader.ts';
import { STREAMS, type SnapshotRecord, type StreamName } from '../../../src/tenant/snapshot/types.ts';
import { writeSnapshot } from '../../../src/tenant/snapshot/writer.ts';
import type {
  HeaderParts,
  RedactionRequest,
  SnapshotContent,
  WrittenSnapshot,
} from '../../../src/tenant/snapshot/writing.ts';
import { readTarHeader } from '../../../src/util/tar.ts';

export const TENANT = 'f470eba6-5b3d-58e3-8bae-7d058027d4fb';

export const PARTS: HeaderParts = {
  tool: { name: 'agentid-lint', version: '1.2.3' },
  tenant: { id: TENANT, displayName: 'Larkspur Freight', cloud: 'global' },
  startedAt: '2026-11-23T00:00:00Z',
  finishedAt: '2026-11-23T00:04:10Z',
  complete: false,
  collections: [
    {
      group: 'owners',
      of: 'blueprint',
      status: 'forbidden',
      api: 'v1.0',
      objects: 0,
      unread: 0,
      requests: 1,
      duplicates: 0,
      permissions: ['Application.Read.All'],
      reason: 'The permission Application.Read.All is missing',
      by: null,
      evidence: {
        status: 403,
        code: 'Authorization_RequestDenied',
        request: '/applications/{id}/owners',
        requestId: 'f0a1',
      },
    },
  ],
  requests: { roundTrips: 12, requests: 90, batches: 5, retries: 1, throttled: 1, waited: 1500.5 },
  deltaLinks: {
    applications: 'https://graph.microsoft.com/v1.0/applications/delta?$deltatoken=a',
    servicePrincipals: null,
  },
  basis: { kind: 'full', digest: null, note: null },
};

export type Streams = SnapshotContent['streams'];

let folder: string | null = null;

/** Removes every folder that was given; for the end of each test file. */
export function removeFolders(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
}

/** A path in a folder of its own, where nothing is yet. */
export function freshPath(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'agentid-snapshot-'));
  return join(mkdtempSync(join(folder, 'x')), 'tenant.snapshot');
}

/** What lies beside a file, itself included. */
export function beside(path: string): readonly string[] {
  return readdirSync(join(path, '..')).sort();
}

export function record(id: string, properties: SnapshotRecord['properties'] = {}): SnapshotRecord {
  return { id, api: 'v1.0', properties };
}

export async function written(
  streams: Streams,
  redact: RedactionRequest | null = null,
  path = freshPath(),
): Promise<WrittenSnapshot & { readonly path: string }> {
  return { ...(await writeSnapshot(path, { parts: PARTS, streams }, { redact })), path };
}

/** Everything in a snapshot, as its reader tells it. */
export async function contentOf(
  path: string,
): Promise<{ readonly [stream in StreamName]?: SnapshotRecord[] }> {
  const snapshot = await openSnapshot(path);
  try {
    const content: { [stream in StreamName]?: SnapshotRecord[] } = {};
    for (const stream of STREAMS) {
      const all: SnapshotRecord[] = [];
      for await (const { records } of snapshot.records(stream)) all.push(...records);
      if (all.length > 0) content[stream] = all;
    }
    return content;
  } finally {
    await snapshot.close();
  }
}

/** What records of one stream are after they were written and read. */
export async function stored(
  stream: StreamName,
  properties: SnapshotRecord['properties'],
  redact: RedactionRequest | null = null,
): Promise<unknown> {
  const { path } = await written({ [stream]: [record('1', properties)] }, redact);
  return (await contentOf(path))[stream]?.[0]?.properties;
}

/** The files in the archive, by name, in their order; streams unpacked. */
export function filesIn(path: string): Map<string, Buffer> {
  const tar = readFileSync(path);
  const found = new Map<string, Buffer>();
  for (let at = 0; tar[at] !== 0;) {
    const reading = readTarHeader(tar.subarray(at, at + 512));
    if (!reading.ok) throw new Error(reading.reason);
    const { name, size } = reading.header;
    const content = tar.subarray(at + 512, at + 512 + size);
    found.set(name, name.endsWith('.gz') ? gunzipSync(content) : content);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

/** All text in a snapshot. */
export function textIn(path: string): string {
  return [...filesIn(path).values()].map(String).join('\n');
}
