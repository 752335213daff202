import { compareCodePoints } from '../documents/code-points.ts';
import type { Collection } from '../model/collection.ts';
import type { ExampleRecord, ExampleStreams, MissingCollection } from '../policy/types.ts';
import type { SnapshotSource } from '../scan/source.ts';
import { BETA_GROUPS, PAIRS } from '../tenant/collect/pairs.ts';
import {
  STREAMS,
  type SnapshotHeader,
  type SnapshotRecord,
  type StreamName,
} from '../tenant/snapshot/types.ts';

/** The tenant of examples that have no `organization` of their own. */
const TENANT: ExampleRecord = {
  id: 'f470eba6-5b3d-58e3-8bae-7d058027d4fb',
  properties: { displayName: 'Example' },
};

type Tenant = {
  readonly streams: ExampleStreams;
  readonly missing: readonly MissingCollection[];
  /** RFC 3339: when it was read. */
  readonly time: string;
  readonly version: string;
};

/** A tenant of an example as a snapshot that was read to its end, but for what is missing. */
export function exampleSnapshot({ streams, missing, time, version }: Tenant): SnapshotSource {
  const organization = streams['organization']?.[0] ?? TENANT;
  const all: ExampleStreams = { organization: [organization], ...streams };
  return {
    header: { ...headerOf({ organization, missing, time, version }), streams: streamsOf(all) },
    records: async function* (stream: StreamName) {
      await Promise.resolve();
      const records = inOrder(all[stream] ?? []);
      yield { records, lines: records.map(lineOf) };
    },
  };
}

/** Nothing is written, so nothing has a size or a digest. */
function streamsOf(all: ExampleStreams): SnapshotHeader['streams'] {
  return STREAMS.map((name) => ({
    name,
    records: all[name]?.length ?? 0,
    bytes: 0,
    digest: '',
    replaced: { malformed: 0, secrets: 0 },
  }));
}

function headerOf({
  organization,
  missing,
  time,
  version,
}: Omit<Tenant, 'streams'> & { readonly organization: ExampleRecord }): Omit<SnapshotHeader, 'streams'> {
  const { displayName } = organization.properties;
  return {
    format: 'agentid-lint-snapshot',
    version: 1,
    tool: { name: 'agentid-lint', version },
    tenant: {
      id: organization.id,
      displayName: typeof displayName === 'string' ? displayName : null,
      cloud: 'global',
    },
    startedAt: time,
    finishedAt: time,
    complete: missing.length === 0,
    collections: collectionsOf(missing),
    requests: { roundTrips: 0, requests: 0, batches: 0, retries: 0, throttled: 0, waited: 0 },
    redacted: [],
    deltaLinks: { applications: null, servicePrincipals: null },
    basis: { kind: 'full', digest: null, note: null },
  };
}

function collectionsOf(missing: readonly MissingCollection[]): readonly Collection[] {
  return PAIRS.map(({ group, of }): Collection => {
    const status = missing.find((each) => each.group === group && each.of === of)?.status ?? 'complete';
    return {
      group,
      of,
      status,
      api: BETA_GROUPS.has(group) ? 'beta' : 'v1.0',
      objects: 0,
      unread: 0,
      requests: 0,
      duplicates: 0,
      permissions: [],
      reason: status === 'complete' ? null : 'the example says so',
      by: status === 'notAsked' ? 'plan' : null,
      evidence: null,
    };
  });
}

/** As a stream has it. */
function lineOf({ id, api, properties }: SnapshotRecord): string {
  return JSON.stringify({ id, api, properties });
}

function inOrder(records: readonly ExampleRecord[]): readonly SnapshotRecord[] {
  return records
    .map((record): SnapshotRecord => ({ api: 'v1.0', ...record }))
    .toSorted((one, other) => compareCodePoints(one.id, other.id));
}
