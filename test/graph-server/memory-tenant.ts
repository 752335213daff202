import {
  derivesFrom,
  NO_ROWS,
  rowsOf,
  text,
  typeOf,
  type Change,
  type Entity,
  type GraphTenant,
  type Relation,
  type Rows,
  type SetName,
} from './entities.ts';
import { inheritedAssignments, inheritedGrants } from './inheritance.ts';

/** Ids of objects by the id of the object they belong to. */
type Links = { readonly [id: string]: readonly string[] };
type Contained = { readonly [id: string]: readonly Entity[] };

/** A tenant as plain data. */
export type TenantData = {
  readonly [set in SetName]?: readonly Entity[];
} & {
  readonly organization: readonly Entity[];
  readonly owners?: Links;
  readonly sponsors?: Links;
  readonly managers?: Links;
  /** Direct members of groups and directory roles. */
  readonly members?: Links;
  readonly federatedIdentityCredentials?: Contained;
  readonly inheritablePermissions?: Contained;
  readonly lifecycle?: Contained;
};

/** What may happen to a tenant while it is read. */
type TenantChanges = {
  readonly add: (set: SetName, entity: Entity) => void;
  readonly update: (id: string, patch: Entity) => void;
  /** To the deleted items, from where it can be restored; or for good. */
  readonly remove: (id: string, forGood?: 'for good') => void;
  readonly link: (
    relation: 'owners' | 'sponsors' | 'members',
    id: string,
    targets: readonly string[],
  ) => void;
};

export type MemoryTenant = GraphTenant & { readonly change: TenantChanges };

const TRACKED: readonly SetName[] = ['applications', 'servicePrincipals'];
const DIRECTORY_SETS: readonly SetName[] = [
  'applications',
  'servicePrincipals',
  'users',
  'groups',
  'directoryRoles',
];

/** A tenant held in memory, that can change. The data given is not touched. */
export function createMemoryTenant(data: TenantData): MemoryTenant {
  const sets = new Map<SetName, (Entity | undefined)[]>();
  const places = new Map<string, { readonly set: SetName; readonly position: number }>();
  const links = {
    owners: new Map(Object.entries(data.owners ?? {})),
    sponsors: new Map(Object.entries(data.sponsors ?? {})),
    members: new Map(Object.entries(data.members ?? {})),
    manager: new Map(Object.entries(data.managers ?? {})),
  };
  const contained = {
    federatedIdentityCredentials: data.federatedIdentityCredentials ?? {},
    inheritablePermissions: data.inheritablePermissions ?? {},
    lifecycle: data.lifecycle ?? {},
  };
  const log = new Map<SetName, Change[]>(TRACKED.map((set) => [set, []]));
  let sequence = 0;
  let parents: ReadonlyMap<string, readonly string[]> | null = null;

  const listOf = (set: SetName): (Entity | undefined)[] => {
    const list = sets.get(set) ?? [];
    sets.set(set, list);
    return list;
  };
  const put = (set: SetName, entity: Entity): void => {
    const list = listOf(set);
    list.push(entity);
    if (DIRECTORY_SETS.includes(set) || set === 'deletedItems') {
      places.set(text(entity, 'id'), { set, position: list.length - 1 });
    }
  };
  for (const [name, value] of Object.entries(data)) {
    if (Array.isArray(value)) for (const entity of value as readonly Entity[]) put(name as SetName, entity);
  }

  const object = (id: string): Entity | undefined => {
    const place = places.get(id);
    return place && listOf(place.set)[place.position];
  };
  const resolved = (ids: Iterable<string>): Rows => rowsOf([...ids].map(object));
  /** Memberships of deleted objects are gone; sponsors and owners stay for a while, marked deleted. */
  const living = (ids: Iterable<string>): Rows =>
    rowsOf(
      [...ids]
        .map(object)
        .filter((entity) => entity !== undefined && (entity['deletedDateTime'] ?? null) === null),
    );
  const parentsOf = (id: string): readonly string[] => {
    if (parents === null) {
      const found = new Map<string, string[]>();
      for (const [group, members] of links.members) {
        for (const member of members) found.set(member, [...(found.get(member) ?? []), group]);
      }
      parents = found;
    }
    return parents.get(id) ?? [];
  };
  const closure = (id: string, step: (id: string) => readonly string[]): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = [...step(id)];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      open.push(...step(at));
    }
    return seen;
  };
  const where = (set: SetName, property: string, value: string): Rows =>
    rowsOf(listOf(set).filter((entity) => entity !== undefined && text(entity, property) === value));
  const byAppId = (set: 'applications' | 'servicePrincipals', appId: string): Entity | undefined =>
    listOf(set).find((entity) => entity !== undefined && text(entity, 'appId') === appId);

  const related = (relation: Relation, id: string): Rows => {
    switch (relation) {
      case 'owners':
      case 'sponsors':
      case 'manager':
        return resolved(links[relation].get(id) ?? []);
      case 'members':
        return living(links.members.get(id) ?? []);
      case 'transitiveMembers':
        return living(closure(id, (group) => links.members.get(group) ?? []));
      case 'memberOf':
        return living(parentsOf(id));
      case 'transitiveMemberOf':
        return living(closure(id, parentsOf));
      case 'appRoleAssignments':
        return where('appRoleAssignments', 'principalId', id);
      case 'appRoleAssignedTo':
        return where('appRoleAssignments', 'resourceId', id);
      case 'oauth2PermissionGrants':
        return where('oauth2PermissionGrants', 'clientId', id);
      case 'federatedIdentityCredentials':
      case 'inheritablePermissions':
      case 'lifecycle':
        return rowsOf(contained[relation][id] ?? []);
      case 'inheritedAppRoleAssignments':
        return inherited(id, inheritedAssignments);
      case 'inheritedOauth2PermissionGrants':
        return inherited(id, inheritedGrants);
    }
  };

  const inherited = (id: string, from: typeof inheritedAssignments): Rows => {
    const agent = object(id);
    if (agent === undefined) return NO_ROWS;
    const appId = text(agent, 'agentIdentityBlueprintId');
    const blueprint = byAppId('applications', appId);
    const principal = byAppId('servicePrincipals', appId);
    if (blueprint === undefined || principal === undefined) return NO_ROWS;
    return rowsOf(
      from({
        agent,
        inheritable: contained.inheritablePermissions[text(blueprint, 'id')] ?? [],
        assignments: related('appRoleAssignments', text(principal, 'id')),
        grants: related('oauth2PermissionGrants', text(principal, 'id')),
        appIdOf: (resourceId) => text(object(resourceId) ?? {}, 'appId'),
      }),
    );
  };

  const note = (
    set: SetName,
    id: string,
    properties: readonly string[] | null,
    restorable: boolean,
  ): void => {
    sequence += 1;
    log.get(set)?.push({ sequence, id, properties, restorable });
  };
  const change: TenantChanges = {
    add: (set, entity) => {
      put(set, entity);
      note(set, text(entity, 'id'), Object.keys(entity), true);
    },
    update: (id, patch) => {
      const place = places.get(id);
      const before = object(id);
      if (place === undefined || before === undefined) throw new Error(`There is no object ${id}.`);
      listOf(place.set)[place.position] = { ...before, ...patch };
      note(place.set, id, Object.keys(patch), true);
    },
    remove: (id, forGood) => {
      const place = places.get(id);
      const before = object(id);
      if (place === undefined || before === undefined) throw new Error(`There is no object ${id}.`);
      listOf(place.set)[place.position] = undefined;
      places.delete(id);
      if (forGood === undefined) put('deletedItems', { ...before, deletedDateTime: '2026-11-23T00:00:00Z' });
      note(place.set, id, null, forGood === undefined);
    },
    link: (relation, id, targets) => {
      links[relation].set(id, [...targets]);
      parents = null;
    },
  };

  return {
    id: text(data.organization[0] ?? {}, 'id'),
    rows: (set, type) => {
      const list = listOf(set);
      if (type === undefined) return rowsOf(list);
      const only = (entity: Entity | undefined) =>
        entity !== undefined && derivesFrom(typeOf(entity), type) ? entity : undefined;
      return { length: list.length, at: (position) => only(list[position]) };
    },
    object,
    byAppId,
    related,
    sequence: () => sequence,
    changes: (set, after) => (log.get(set) ?? []).filter((entry) => entry.sequence > after),
    userCount: () => listOf('users').length,
    change,
  };
}
