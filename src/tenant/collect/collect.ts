import type { SnapshotHeader, SnapshotRecord } from '../snapshot/types.ts';
import type { SnapshotWriter, WrittenSnapshot } from '../snapshot/writing.ts';
import type { Before } from './before.ts';
import { deletedIn, gather, rolesOfGroups } from './gather.ts';
import { readGroups, type GroupsRead } from './groups.ts';
import { AGENT_KINDS, KIND_PLANS, type AgentKind } from './kinds.ts';
import type { Known } from './known.ts';
import { LISTS } from './lists.ts';
import { readKind, type KindLists } from './objects.ts';
import type { Outcome } from './outcome.ts';
import type { Wanted } from './pairs.ts';
import { readPrincipals, type PrincipalsRead } from './principals.ts';
import type { Reading } from './reading.ts';
import { isComplete, receiptOf } from './receipt.ts';
import { readInherited, readResources } from './resources.ts';
import type { Ref } from './facets.ts';
import { readTenantList } from './tenant-lists.ts';
import { allEnded } from './together.ts';
import { writeStreams } from './write.ts';
import type { ListName } from './endpoints.ts';

export type CollectOptions = {
  readonly wanted: Wanted;
  readonly beta: boolean;
  /** Groups that the organisation counts among those that give rights. */
  readonly namedGroups: readonly string[];
  readonly organization: SnapshotRecord;
  /** What an earlier snapshot tells; `null` to read everything. */
  readonly before: Before | null;
};

/** Everything that was read, ready to be written. */
export type Collected = {
  readonly known: Known;
  /** `header` is asked when everything has been written. */
  readonly write: (writer: SnapshotWriter, header: () => HeaderFacts) => Promise<WrittenSnapshot>;
};

/** What the header says that reading does not tell. */
type HeaderFacts = Pick<
  SnapshotHeader,
  'tool' | 'tenant' | 'startedAt' | 'finishedAt' | 'deltaLinks' | 'basis' | 'requests'
>;

/**
 * Reads everything that is wanted: first all lists, side by side; then, kind by kind, what they left open; then everyone
 * and everything that the objects refer to. What cannot be read ends in the receipt; only a run that is stopped throws.
 * @throws {Interrupted}
 */
export async function collect(reading: Reading, options: CollectOptions): Promise<Collected> {
  const { wanted, beta, namedGroups, organization, before } = options;
  const kindLists: { [kind in AgentKind]?: KindLists } = {};
  const lists: Record<string, Outcome> = {};
  let groups: GroupsRead | null = null;
  await allEnded([
    ...AGENT_KINDS.filter((kind) => wanted.has(KIND_PLANS[kind].group, kind)).map(async (kind) => {
      kindLists[kind] = await readKind(reading, KIND_PLANS[kind], { wanted, beta, before });
    }),
    ...tenantLists(wanted).map(async (name) => {
      lists[name] = await readTenantList(reading, name);
    }),
    needsGroups(wanted)
      ? readGroups(reading, namedGroups).then((read) => {
          groups = read;
          lists['groups'] = read.list;
        })
      : Promise.resolve(),
  ]);
  // Assigned in the callback above, which the compiler does not see.
  const groupsRead = groups as GroupsRead | null;
  const gathered = await gather(reading, kindLists, { wanted, beta, report: lists['signInReport'] });
  if (gathered.signIns !== null) lists['signIns'] = gathered.signIns;
  const referred = await readReferred(reading, wanted, gathered);
  const { principals, resources, inherited } = referred;
  const groupMap = groupsRead?.groups ?? new Map();
  const known: Known = {
    ...gathered,
    wanted,
    beta,
    principals: principals.principals,
    resources: resources.resources,
    inherited: inherited.inherited,
    groups: groupMap,
    groupRoles: await rolesOfGroups(reading, groupMap),
    deleted: await deletedIn(reading),
    lists,
    membersKnown: areMembersKnown(groupsRead),
  };
  const write: Collected['write'] = async (writer, header) => {
    const records = await writeStreams(reading, writer, known, organization);
    const collections = receiptOf({
      wanted,
      kinds: gathered.kinds,
      lists,
      groups: groupsRead,
      principals: principals.tallies,
      resources: resources.tallies,
      inherited: inherited.tallies,
      records,
    });
    return writer.finish({ ...header(), collections, complete: isComplete(collections) });
  };
  return { known, write };
}

/** Lists that are read as they are; groups come with their members, and the sign-in log only when it is needed. */
function tenantLists(wanted: Wanted): readonly ListName[] {
  const others: ReadonlySet<string> = new Set(['organization', 'groups', 'signIns']);
  const kinds: ReadonlySet<string> = new Set(
    AGENT_KINDS.flatMap((kind) => {
      const { list, ids, passes } = KIND_PLANS[kind];
      return [list, ids ?? list, ...Object.values(passes)];
    }),
  );
  return (Object.keys(LISTS) as ListName[]).filter(
    (name) =>
      !others.has(name) &&
      !kinds.has(name) &&
      name !== 'agentIdentities.credentials' &&
      LISTS[name].feeds.some(({ group, of }) => wanted.has(group, of)),
  );
}

function needsGroups(wanted: Wanted): boolean {
  return LISTS.groups.feeds.some(({ group, of }) => wanted.has(group, of));
}

function areMembersKnown(groups: GroupsRead | null): boolean {
  if (groups === null) return false;
  const tallies = [...Object.values(groups.named), ...Object.values(groups.members)];
  const asked = Object.values(groups.members).reduce((sum, tally) => sum + tally.read + tally.missing, 0);
  // A group that is refused altogether is not asked for again, so that it is in no number.
  return tallies.every(({ failed }) => failed === 0) && asked >= groups.groups.size;
}

type Referred = {
  readonly principals: PrincipalsRead;
  readonly resources: Awaited<ReturnType<typeof readResources>>;
  readonly inherited: Awaited<ReturnType<typeof readInherited>>;
};

/** Reads everyone and everything that objects of any kind refer to, each once. */
async function readReferred(
  reading: Reading,
  wanted: Wanted,
  { kinds, samples }: Awaited<ReturnType<typeof gather>>,
): Promise<Referred> {
  const refs = new Map<string, Ref>();
  const sponsors = new Set<string>();
  const apis = new Set<string>();
  for (const read of Object.values(kinds)) {
    const { kind } = read.plan;
    for (const id of read.survey.resources) apis.add(id);
    if (!wanted.has('principals', kind)) continue;
    for (const [id, ref] of read.survey.refs) refs.set(id, ref);
    for (const id of read.survey.sponsors) sponsors.add(id);
  }
  const asks = wanted.has('inheritedPermissions', 'blueprintPrincipal');
  const inherited = await readInherited(reading, asks ? samples.values() : []);
  for (const { appRoleAssignments, oauth2PermissionGrants } of inherited.inherited.values())
    for (const { resourceId } of [...appRoleAssignments, ...oauth2PermissionGrants])
      if (typeof resourceId === 'string') apis.add(resourceId);
  const principals = readPrincipals(reading, refs, sponsors);
  const resources = readResources(reading, apis);
  await allEnded([principals, resources]);
  return { principals: await principals, resources: await resources, inherited };
}
