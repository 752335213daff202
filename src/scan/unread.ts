import type { Collection } from '../model/collection.ts';
import type { Resource } from '../model/resource.ts';
import { FACT_GROUPS, isList, LISTED_KINDS, type FactGroup, type ResourceKind } from '../model/vocabulary.ts';
import type { Unread } from '../policy/outcomes.ts';
import { PAIRS } from '../tenant/collect/pairs.ts';

type Reason = Unread['reason'];

/** The group that lists a kind, for kinds of which a tenant may have any number. */
const LIST_OF = new Map(
  (Object.entries(LISTED_KINDS) as [FactGroup, ResourceKind][])
    .filter(([, kind]) => kind !== 'organization')
    .map(([group, kind]) => [kind, group]),
);

type Groups = { readonly [group in FactGroup]?: Reason };

/** What a snapshot does not know of the resources of one kind. */
export type Gaps = {
  /** Everything that was not read to its end, for rules that require it. */
  readonly all: Groups;
  /** Of these, what is read of this kind at all: a policy is told no more. */
  readonly told: Resource['unknown'];
  /** Why resources of this kind may be missing altogether; `null` when all are there. */
  readonly list: { readonly group: FactGroup; readonly reason: Reason } | null;
};

/** What a snapshot with these collections does not know of resources of a kind. */
export function gapsOf(collections: readonly Collection[], kind: ResourceKind): Gaps {
  const all: { [group in FactGroup]?: Reason } = {};
  const told: { [group in FactGroup]?: Reason } = {};
  for (const group of FACT_GROUPS) {
    // A rule for several kinds may require what only some of them have: a blueprint holds no grants.
    if (!isList(group) && !PAIRS.some((pair) => pair.group === group && pair.of === kind)) continue;
    const collection = collections.find(
      (each) => each.group === group && (each.of === kind || isList(group)),
    );
    const reason = reasonOf(collection, group);
    if (reason === null) continue;
    all[group] = reason;
    if (collection !== undefined) told[group] = reason;
  }
  const group = LIST_OF.get(kind);
  const reason = group === undefined ? undefined : all[group];
  return { all, told, list: group === undefined || reason === undefined ? null : { group, reason } };
}

/** Why a group is unknown for every resource; `null` when it is not. What nobody has asked for has not been read. */
function reasonOf(collection: Collection | undefined, group: FactGroup): Reason | null {
  if (collection === undefined) return 'facts-missing';
  switch (collection.status) {
    case 'complete':
      return null;
    case 'partial':
      // Then each resource says it of itself, where there are such.
      return isList(group) ? 'facts-missing' : null;
    case 'notAsked':
      return collection.by === 'user' ? 'not-asked' : 'facts-missing';
    case 'forbidden':
    case 'unlicensed':
    case 'failed':
      return 'facts-missing';
  }
}

/** What of a kind was read in part, with the number of resources that should say so. */
export function partialGroups(collections: readonly Collection[], kind: ResourceKind): readonly Collection[] {
  return collections.filter(({ group, of, status }) => of === kind && status === 'partial' && !isList(group));
}
