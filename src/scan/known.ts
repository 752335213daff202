import { FamilyIndex, type Families } from '../model/families.ts';
import { uriOf, type Known } from '../model/known.ts';
import { TenantKnownIndex } from '../model/known-tenant.ts';
import { BlueprintNames } from '../model/settings-target.ts';
import type { JsonObject, Origin } from '../model/resource.ts';
import { nameOf, tenantResource, type TenantPlace, type TenantRecord } from '../model/tenant-resource.ts';
import type { ResourceKind } from '../model/vocabulary.ts';
import type { StreamName } from '../tenant/snapshot/types.ts';
import type { SnapshotSource } from './source.ts';
import { JUDGED } from './streams.ts';
import type { Gaps } from './unread.ts';

/** What is known of a tenant before its resources are judged. */
export type TenantKnown = {
  readonly known: Known;
  /** Number of resources, by stream, as the header has it. */
  readonly counts: { readonly [stream in StreamName]?: number };
  /** What the tenant as a whole has besides its own properties. */
  readonly organization: JsonObject;
  readonly families: Families;
  readonly names: BlueprintNames;
  /** Where the resources stand that findings in others may point at, by their places in the run. */
  readonly places: ReadonlyMap<number, ObjectPlace>;
};

export type ObjectPlace = { readonly uri: string; readonly portalUrl: string | null };

/** Kinds of which a tenant may have very many, and in which others look nothing up. */
const MANY: ReadonlySet<ResourceKind> = new Set(['agentIdentity', 'agentUser', 'riskyAgent']);

/** Gathers what resources are judged with. It reads the small streams of a snapshot. */
export async function readKnown(
  source: SnapshotSource,
  place: TenantPlace,
  gaps: (kind: ResourceKind) => Gaps,
): Promise<TenantKnown> {
  const index = new TenantKnownIndex();
  const families = new FamilyIndex();
  const names = new BlueprintNames();
  const places = new Map<number, ObjectPlace>();
  const policies: JsonObject[] = [];
  const counts = Object.fromEntries(source.header.streams.map(({ name, records }) => [name, records]));
  let start = 0;
  for (const { stream, kind } of JUDGED) {
    if (!MANY.has(kind)) {
      const { told } = gaps(kind);
      let next = start;
      for await (const { records } of source.records(stream)) {
        for (const record of records) {
          const resource = tenantResource(kind, record, place, told);
          index.add(resource, next);
          families.add(resource);
          names.add({ kind, properties: record.properties, id: record.id });
          places.set(next, objectPlace(resource.origin));
          if (kind === 'conditionalAccessPolicy') policies.push(policyOf(record));
          next += 1;
        }
      }
    }
    start += counts[stream] ?? 0;
  }
  const lifecyclePolicies: JsonObject[] = [];
  for await (const { records } of source.records('lifecyclePolicies'))
    for (const { id, properties } of records) lifecyclePolicies.push({ id, ...properties });
  for await (const { records } of source.records('deletedItems'))
    for (const record of records) index.addDeleted(record);
  const { agentIdentities = 0, blueprintPrincipals = 0, agentUsers = 0 } = counts;
  return {
    known: index.result(),
    counts,
    organization: {
      conditionalAccessPolicies: policies,
      lifecyclePolicies,
      agentCounts: { agentIdentities, blueprintPrincipals, agentUsers },
    },
    families: families.result(),
    names,
    places,
  };
}

function objectPlace(origin: Origin): ObjectPlace {
  return { uri: uriOf(origin), portalUrl: origin.from === 'tenant' ? origin.portalUrl : null };
}

function policyOf(record: TenantRecord): JsonObject {
  const { state = null, conditions = null, grantControls = null } = record.properties;
  return { id: record.id, displayName: nameOf(record), state, conditions, grantControls };
}
