import type { JsonObject } from '../../model/resource.ts';
import type { FactGroup, ResourceKind } from '../../model/vocabulary.ts';
import { isObject } from '../../util/is-object.ts';
import type { SnapshotRecord, StreamName } from '../snapshot/types.ts';
import type { SnapshotWriter } from '../snapshot/writing.ts';
import { wholeOf, type Whole } from './fragments.ts';
import { KIND_PLANS, type AgentKind, type KindPlan } from './kinds.ts';
import type { Known } from './known.ts';
import { PAIRS, pairKey, type PairKey } from './pairs.ts';
import type { Reading } from './reading.ts';
import type { Counts } from './receipt.ts';
import { recordOf } from './record.ts';
import { objectsOf } from './survey.ts';
import { textOf, without } from './values.ts';

/** Joins everything that was read and writes it, stream by stream. Tells for how many records each pair is known. */
export async function writeStreams(
  reading: Reading,
  writer: SnapshotWriter,
  known: Known,
  organization: SnapshotRecord,
): Promise<ReadonlyMap<PairKey, Counts>> {
  const counts = new Map<PairKey, Counts>();
  const kind = async (name: AgentKind): Promise<void> => {
    const plan = KIND_PLANS[name];
    if (!known.wanted.has(plan.group, name)) return;
    await writeKind(reading, writer, plan, known, counts);
  };
  const list = (
    stream: StreamName,
    group: FactGroup,
    of: ResourceKind,
    steps: readonly string[],
    make: MakeRecord,
  ) =>
    known.wanted.has(group, of)
      ? writeList({ reading, writer, counts }, { stream, group, of, steps, make })
      : Promise.resolve();

  await writer.append('organization', [organization]);
  await kind('blueprint');
  await kind('blueprintPrincipal');
  await list(
    'conditionalAccessPolicies',
    'conditionalAccessPolicies',
    'conditionalAccessPolicy',
    ['conditionalAccessPolicies'],
    (properties) => ({
      ...properties,
      excludedAgents: excludedAgentsOf(properties).map((id) => {
        const found = known.excluded.get(id);
        return { id, displayName: found?.displayName ?? null, kind: found?.kind ?? null };
      }),
    }),
  );
  await list('riskyAgents', 'riskyAgents', 'riskyAgent', ['riskyAgents'], asItIs);
  await list('lifecyclePolicies', 'lifecyclePolicies', 'organization', ['lifecyclePolicies'], asItIs);
  await list(
    'deletedItems',
    'deletedItems',
    'organization',
    ['deletedServicePrincipals', 'deletedApplications'],
    asItIs,
  );
  await kind('agentUser');
  await kind('agentIdentity');
  return counts;
}

type MakeRecord = (properties: JsonObject) => JsonObject;

const asItIs: MakeRecord = (properties) => properties;

/** Ids of the agents and principals that a policy leaves out. */
export function excludedAgentsOf(policy: JsonObject): readonly string[] {
  const { conditions } = policy;
  const clients = isObject(conditions) ? conditions['clientApplications'] : null;
  const excluded = isObject(clients) ? clients['excludeAgentIdServicePrincipals'] : null;
  if (!Array.isArray(excluded)) return [];
  return excluded.flatMap((id: unknown) => textOf(id) ?? []);
}

async function writeKind(
  reading: Reading,
  writer: SnapshotWriter,
  plan: KindPlan,
  known: Known,
  counts: Map<PairKey, Counts>,
): Promise<void> {
  const groups = PAIRS.filter(({ group, of }) => of === plan.kind && known.wanted.has(group, of));
  for await (const batch of objectsOf(reading, plan)) {
    const records: SnapshotRecord[] = [];
    for (const object of batch) {
      const record = recordOf(object, plan, known);
      if (record === null) continue;
      records.push(record);
      for (const pair of groups) count(counts, pairKey(pair), record.unknown?.[pair.group] === undefined);
    }
    await writer.append(plan.stream, records);
  }
}

type ListPlan = {
  readonly stream: StreamName;
  readonly group: FactGroup;
  readonly of: ResourceKind;
  readonly steps: readonly string[];
  readonly make: MakeRecord;
};

async function writeList(
  {
    reading,
    writer,
    counts,
  }: { readonly reading: Reading; readonly writer: SnapshotWriter; readonly counts: Map<PairKey, Counts> },
  { stream, group, of, steps, make }: ListPlan,
): Promise<void> {
  const api = stream === 'deletedItems' ? 'v1.0' : 'beta';
  for await (const batch of reading.join(steps)) {
    const records: SnapshotRecord[] = [];
    for (const { id, rows } of batch.joined) {
      const whole: Whole = wholeOf(
        id,
        steps.flatMap((name) => rows[name] ?? []),
      );
      if (whole.base === null) continue;
      const properties = without(whole.base, 'id');
      const record = { id, api, properties: make(properties) } as const;
      records.push(whole.bad.length === 0 ? record : { ...record, unknown: { [group]: 'facts-missing' } });
      count(counts, pairKey({ group, of }), whole.bad.length === 0);
    }
    await writer.append(stream, records);
  }
}

function count(counts: Map<PairKey, Counts>, key: PairKey, isKnown: boolean): void {
  const entry = counts.get(key) ?? { known: 0, unknown: 0 };
  if (isKnown) entry.known += 1;
  else entry.unknown += 1;
  counts.set(key, entry);
}
