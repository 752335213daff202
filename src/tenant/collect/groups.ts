import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';
import type { SpoolRow } from '../spool/types.ts';
import type { Outcome } from './outcome.ts';
import type { Reading } from './reading.ts';
import { itemsOf, rowKey, sweep, type Part, type PartResult, type Tallies } from './sweep.ts';
import { groupOf, readTenantList } from './tenant-lists.ts';
import { idOf, textOf } from './values.ts';

/** A group that gives rights to its members, or that the organisation named. */
export type PrivilegedGroup = {
  readonly id: string;
  readonly displayName: string | null;
  readonly isAssignableToRole: boolean | null;
};

export type GroupsRead = {
  readonly list: Outcome;
  /** Of the groups that the organisation named. */
  readonly named: Tallies;
  readonly members: Tallies;
  readonly groups: ReadonlyMap<string, PrivilegedGroup>;
};

/**
 * Groups that may hold directory roles (https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept)
 * and those that the organisation named, with everyone in them, also through other groups.
 */
export async function readGroups(reading: Reading, named: readonly string[]): Promise<GroupsRead> {
  const list = await readTenantList(reading, 'groups');
  const groups = new Map<string, PrivilegedGroup>();
  for await (const rows of reading.spool.step('groups').rows())
    for (const { id, value } of rows) groups.set(id, groupIn(id, value));
  const others = named.filter((id) => !groups.has(id));
  const asked = await readNamed(reading, others, groups);
  const members = await sweep(reading, {
    step: 'groupMembers',
    parts: [...groups.keys()].sort().map((id) => ({ part: 'group.transitiveMembers', id })),
    accepts: (_, value) => itemsOf(value)?.every((item) => idOf(item['id']) !== null) === true,
    rowsOf: memberRows,
  });
  return { list, named: asked, members, groups };
}

async function readNamed(
  reading: Reading,
  ids: readonly string[],
  groups: Map<string, PrivilegedGroup>,
): Promise<Tallies> {
  if (ids.length === 0) return {};
  const step = 'groups.named';
  const tallies = await sweep(reading, {
    step,
    parts: ids.map((id) => ({ part: 'group.object', id })),
    rowsOf: (part, result) => [
      { id: part.id, key: rowKey(part), value: isRead(result) ? { group: groupOf(result.value) } : {} },
    ],
  });
  for await (const rows of reading.spool.step(step).rows())
    for (const { id, value } of rows)
      if (isObject(value['group'])) groups.set(id, groupIn(id, value['group']));
  return tallies;
}

function isRead(result: PartResult): result is { readonly result: 'read'; readonly value: JsonObject } {
  return result.result === 'read' && isObject(result.value);
}

function groupIn(id: string, value: JsonObject): PrivilegedGroup {
  const assignable = value['isAssignableToRole'];
  return {
    id,
    displayName: textOf(value['displayName']),
    isAssignableToRole: typeof assignable === 'boolean' ? assignable : null,
  };
}

/** A row for each member, and one of the group that says that it has been read. */
function memberRows(part: Part, result: PartResult): readonly SpoolRow[] {
  const items = result.result === 'read' ? itemsOf(result.value) : null;
  const rows: SpoolRow[] = [{ id: part.id, key: rowKey(part), value: {} }];
  for (const item of items ?? []) {
    const id = idOf(item['id']);
    if (id !== null) rows.push({ id, key: part.id, value: {} });
  }
  return rows;
}
