import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints } from '../../src/util/code-points.ts';
import type { Report } from '../../src/findings/report.ts';
import type { Collection, CollectionStatus } from '../../src/model/collection.ts';
import type { FactGroup, ResourceKind } from '../../src/model/vocabulary.ts';
import { builtInRules } from '../../src/rules.ts';
import { scan, type ScanRequest } from '../../src/scan.ts';
import { BETA_GROUPS, PAIRS } from '../../src/tenant/collect/pairs.ts';
import { STREAMS, type SnapshotRecord, type StreamName } from '../../src/tenant/snapshot/types.ts';
import { writeSnapshot } from '../../src/tenant/snapshot/writer.ts';
import type { HeaderParts, RedactionRequest } from '../../src/tenant/snapshot/writing.ts';
import { settingsWith, type SettingsParts } from './settings.ts';

const bundle = builtInRules();

export const TENANT = '7a3fbd64-0c7e-4b5c-9f0c-2d5d8a1e4b00';
const STARTED = '2026-11-23T00:00:00Z';

/** An object as a test writes it. */
export type TestRecord = Pick<SnapshotRecord, 'id' | 'properties'> & Partial<SnapshotRecord>;

/** The records of a tenant. The organization is there even when it is not named. */
export type TestStreams = { readonly [stream in StreamName]?: readonly TestRecord[] };

/** A collection that is not complete. */
export type Missing = {
  readonly group: FactGroup;
  readonly of: ResourceKind;
  readonly status: Exclude<CollectionStatus, 'complete'>;
} & Partial<Collection>;

export type ScanTenantOptions = Partial<ScanRequest> &
  SettingsParts & {
    readonly streams: TestStreams;
    /** Every other collection is complete. */
    readonly missing?: readonly Missing[];
    /** Of the header, over what is usual. */
    readonly header?: Partial<HeaderParts>;
    /** What is hidden in the snapshot; nothing unless given. */
    readonly redact?: RedactionRequest;
  };

/** Scans a tenant that exists only for this call, with every rule on, through the whole pipeline. */
export async function scanTenant({
  streams,
  missing = [],
  header = {},
  redact,
  ruleOptions,
  ruleSeverities,
  ...request
}: ScanTenantOptions): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-lint-scan-'));
  try {
    const snapshot = join(folder, 'tenant.snapshot');
    await writeTenant(snapshot, { streams, missing, header, ...(redact === undefined ? {} : { redact }) });
    const settings = settingsWith(
      (request.bundles ?? [bundle]).flatMap(({ catalogue }) => catalogue.rules),
      {
        ...(ruleOptions === undefined ? {} : { ruleOptions }),
        ...(ruleSeverities === undefined ? {} : { ruleSeverities }),
      },
    );
    return await scan({
      snapshot,
      settingsFor: () => settings,
      production: {
        environments: ['prd', 'prod', 'production'],
        tags: ['env:prd', 'env:prod', 'env:production'],
      },
      failOn: 'high',
      allowEmpty: false,
      allowIncomplete: false,
      expectMin: null,
      bundles: [bundle],
      version: '0.0.0-test',
      now: null,
      ...request,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes a snapshot with these records. */
export async function writeTenant(
  path: string,
  {
    streams,
    missing = [],
    header = {},
    redact,
  }: Pick<ScanTenantOptions, 'streams' | 'missing' | 'header' | 'redact'>,
): Promise<void> {
  const all: TestStreams = {
    organization: [{ id: TENANT, properties: { displayName: 'Contoso' } }],
    ...streams,
  };
  const parts: HeaderParts = {
    tool: { name: 'agentid-lint', version: '0.0.0-test' },
    tenant: { id: TENANT, displayName: 'Contoso', cloud: 'global' },
    startedAt: STARTED,
    finishedAt: '2026-11-23T00:01:00Z',
    complete: missing.length === 0,
    collections: collectionsOf(missing),
    requests: { roundTrips: 1, requests: 1, batches: 0, retries: 0, throttled: 0, waited: 0 },
    deltaLinks: { applications: null, servicePrincipals: null },
    basis: { kind: 'full', digest: null, note: null },
    ...header,
  };
  const ordered = Object.fromEntries(STREAMS.map((stream) => [stream, inOrder(stream, all[stream] ?? [])]));
  await writeSnapshot(path, { parts, streams: ordered }, { redact: redact ?? null });
}

const BETA_STREAMS: ReadonlySet<StreamName> = new Set([
  'conditionalAccessPolicies',
  'riskyAgents',
  'lifecyclePolicies',
]);

function inOrder(stream: StreamName, records: readonly TestRecord[]): readonly SnapshotRecord[] {
  const api = BETA_STREAMS.has(stream) ? 'beta' : 'v1.0';
  const whole = records.map((record): SnapshotRecord => ({ api, ...record }));
  return whole.toSorted((a, b) => compareCodePoints(a.id, b.id));
}

/** The receipt of a collection of everything, with what is missing. */
export function collectionsOf(missing: readonly Missing[]): readonly Collection[] {
  return PAIRS.map(({ group, of }) => {
    const given = missing.find((each) => each.group === group && each.of === of);
    const status = given?.status ?? 'complete';
    const collection: Collection = {
      group,
      of,
      status,
      api: BETA_GROUPS.has(group) ? 'beta' : 'v1.0',
      objects: 0,
      unread: 0,
      requests: 1,
      duplicates: 0,
      permissions: [],
      reason: status === 'complete' ? null : `a test says that it is ${status}`,
      by: status === 'notAsked' ? 'plan' : null,
      evidence: null,
    };
    return { ...collection, ...given };
  });
}
