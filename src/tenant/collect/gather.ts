import type { JsonObject } from '../../model/resource.ts';
import type { Wanted } from './pairs.ts';
import { completeKind, KIND_ORDER, type KindLists, type KindRead } from './objects.ts';
import type { AgentKind } from './kinds.ts';
import type { Known, Named } from './known.ts';
import type { Outcome } from './outcome.ts';
import type { Reading } from './reading.ts';
import { readTenantList } from './tenant-lists.ts';
import { textOf } from './values.ts';
import { excludedAgentsOf } from './write.ts';
import { isObject } from '../../util/is-object.ts';

/** What is learnt while the kinds are completed, and that records of other kinds need. */
export type Gathered = {
  readonly kinds: { readonly [kind in AgentKind]?: KindRead };
  readonly agentCounts: ReadonlyMap<string, number> | null;
  readonly samples: ReadonlyMap<string, string>;
  readonly parents: ReadonlyMap<string, Named>;
  readonly excluded: Known['excluded'];
  /** The sign-in log, when it had to be asked. */
  readonly signIns: Outcome | null;
};

type Options = { readonly wanted: Wanted; readonly beta: boolean; readonly report: Outcome | undefined };

/** Completes the kinds one after the other: agent users first, whose parents are then looked for among the agents. */
export async function gather(
  reading: Reading,
  lists: { readonly [kind in AgentKind]?: KindLists },
  { wanted, beta, report }: Options,
): Promise<Gathered> {
  const kinds: { [kind in AgentKind]?: KindRead } = {};
  const parentIds = new Set<string>();
  const excludedIds = await excludedIn(reading);
  const counts = new Map<string, number>();
  const samples = new Map<string, string>();
  const parents = new Map<string, Named>();
  const excluded = new Map<string, Named & { readonly kind: 'agentIdentity' | 'blueprintPrincipal' }>();
  let reported = 0;
  for (const kind of KIND_ORDER) {
    const read = lists[kind];
    if (read === undefined) continue;
    kinds[kind] = await completeKind(reading, read, {
      wanted,
      beta,
      reset: () => {
        if (kind !== 'agentIdentity') return;
        counts.clear();
        samples.clear();
        parents.clear();
        reported = 0;
      },
      visit: ({ id, base }, joined) => {
        const name = { displayName: textOf(base?.['displayName']) };
        if (kind === 'agentUser') addId(parentIds, base?.['identityParentId']);
        if ((kind === 'agentIdentity' || kind === 'blueprintPrincipal') && excludedIds.has(id))
          excluded.set(id, { ...name, kind });
        if (kind !== 'agentIdentity') return;
        const blueprint = textOf(base?.['agentIdentityBlueprintId']) ?? '';
        counts.set(blueprint, (counts.get(blueprint) ?? 0) + 1);
        if (!samples.has(blueprint)) samples.set(blueprint, id);
        if (parentIds.has(id)) parents.set(id, name);
        reported += joined.signInReport.length;
      },
    });
  }
  const agents = kinds.agentIdentity;
  const needsLog =
    agents !== undefined && agents.survey.objects > 0 && reported === 0 && report !== undefined;
  const signIns = needsLog && report.status === 'complete' ? await readTenantList(reading, 'signIns') : null;
  const isWhole =
    agents !== undefined &&
    agents.list.status === 'complete' &&
    (agents.count === null || agents.count <= agents.survey.objects);
  return { kinds, agentCounts: isWhole ? counts : null, samples, parents, excluded, signIns };
}

function addId(ids: Set<string>, id: unknown): void {
  const text = textOf(id);
  if (text !== null) ids.add(text);
}

/** Everyone that a Conditional Access policy leaves out. */
async function excludedIn(reading: Reading): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  if (!reading.spool.steps().includes('conditionalAccessPolicies')) return ids;
  for await (const rows of reading.spool.step('conditionalAccessPolicies').rows())
    for (const { value } of rows)
      if (isObject(value['base'])) for (const id of excludedAgentsOf(value['base'])) ids.add(id);
  return ids;
}

/** Deleted agents, principals and blueprints by id. */
export async function deletedIn(reading: Reading): Promise<ReadonlyMap<string, Named>> {
  const deleted = new Map<string, Named>();
  for (const name of ['deletedServicePrincipals', 'deletedApplications']) {
    if (!reading.spool.steps().includes(name)) continue;
    for await (const rows of reading.spool.step(name).rows())
      for (const { id, value } of rows)
        if (isObject(value['base'])) deleted.set(id, { displayName: textOf(value['base']['displayName']) });
  }
  return deleted;
}

/** Directory roles that are given to groups. */
export async function rolesOfGroups(
  reading: Reading,
  groups: ReadonlyMap<string, unknown>,
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const roles = new Map<string, Map<string, JsonObject>>();
  if (groups.size === 0 || !reading.spool.steps().includes('roleAssignments')) return new Map();
  for await (const rows of reading.spool.step('roleAssignments').rows()) {
    for (const { id, key, value } of rows) {
      if (!groups.has(id)) continue;
      const own = roles.get(id) ?? new Map<string, JsonObject>();
      roles.set(id, own.set(key, value));
    }
  }
  return new Map(
    [...roles].map(([id, own]) => [
      id,
      [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
    ]),
  );
}
