import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';
import { grantOf, pickAll } from './facets.ts';
import { ALWAYS, ASSIGNMENT_FIELDS } from './fields.ts';
import type { Reading } from './reading.ts';
import { itemsOf, rowKey, sweep, type Tallies } from './sweep.ts';
import { idOf, textOf } from './values.ts';

/** An API that permissions are granted for. */
export type ResourceApi = {
  readonly appId: string | null;
  readonly displayName: string | null;
  /** Names of its app roles by id. */
  readonly roles: ReadonlyMap<string, string>;
};

export type ResourcesRead = {
  readonly tallies: Tallies;
  /** APIs by the id of their service principal; `null` for one that is gone. Those that could not be read are not in it. */
  readonly resources: ReadonlyMap<string, ResourceApi | null>;
};

/** Looks up the APIs behind grants: a grant has the id that they have in this tenant alone. */
export async function readResources(reading: Reading, ids: Iterable<string>): Promise<ResourcesRead> {
  const tallies = await sweep(reading, {
    step: 'resources',
    accepts: (_, value) => apiIn(value)['result'] === 'read',
    parts: [...ids].sort().map((id) => ({ part: 'resource.servicePrincipal', id })),
    rowsOf: (part, result) => {
      const value = result.result === 'read' ? apiIn(result.value) : { result: result.result };
      return [{ id: part.id, key: rowKey(part), value }];
    },
  });
  const resources = new Map<string, ResourceApi | null>();
  for await (const rows of reading.spool.step('resources').rows()) {
    for (const { id, value } of rows) {
      if (value['result'] === 'missing') resources.set(id, null);
      if (value['result'] === 'read') resources.set(id, apiOf(value));
    }
  }
  return { tallies, resources };
}

function apiIn(answer: unknown): JsonObject {
  const appId = isObject(answer) ? idOf(answer['appId']) : null;
  if (!isObject(answer) || appId === null || !Array.isArray(answer['appRoles'])) return { result: 'failed' };
  const roles = answer['appRoles'].flatMap((role: unknown) => {
    const id = isObject(role) ? idOf(role['id']) : null;
    const name = isObject(role) ? textOf(role['value']) : null;
    return id === null || name === null ? [] : [[id, name]];
  });
  return {
    result: 'read',
    appId,
    displayName: textOf(answer['displayName']),
    roles: Object.fromEntries(roles) as JsonObject,
  };
}

function apiOf(value: JsonObject): ResourceApi {
  const roles = isObject(value['roles']) ? Object.entries(value['roles']) : [];
  return {
    appId: textOf(value['appId']),
    displayName: textOf(value['displayName']),
    roles: new Map(roles.flatMap(([id, name]) => (typeof name === 'string' ? [[id, name] as const] : []))),
  };
}

/** What an agent identity inherits from its blueprint, as Graph tells for one of them. */
export type Inherited = {
  readonly appRoleAssignments: readonly JsonObject[];
  readonly oauth2PermissionGrants: readonly JsonObject[];
};

export type InheritedRead = {
  readonly tallies: Tallies;
  /** By id of the agent that was asked; those that could not be read are not in it. */
  readonly inherited: ReadonlyMap<string, Inherited>;
};

/** Asks what some agents inherit: agents of one blueprint inherit the same. */
export async function readInherited(reading: Reading, agents: Iterable<string>): Promise<InheritedRead> {
  const step = 'inherited';
  const tallies = await sweep(reading, {
    step,
    parts: [...agents].sort().flatMap((id) => [
      { part: 'agentIdentity.inheritedAppRoleAssignments' as const, id },
      { part: 'agentIdentity.inheritedOauth2PermissionGrants' as const, id },
    ]),
    accepts: ({ part }, value) => {
      const items = itemsOf(value);
      return items !== null && inheritedList(part, items) !== null;
    },
    rowsOf: (part, result) => {
      const items = result.result === 'read' ? itemsOf(result.value) : null;
      const list = items === null ? null : inheritedList(part.part, items);
      return [{ id: part.id, key: rowKey(part), value: list === null ? {} : { list } }];
    },
  });
  const inherited = new Map<string, Inherited>();
  for await (const batch of reading.join([step])) {
    for (const { id, rows } of batch.joined) {
      const [roles, grants] = ['AppRoleAssignments', 'Oauth2PermissionGrants'].map(
        (name) => rows[step]?.find(({ key }) => key.endsWith(name))?.value['list'],
      );
      if (Array.isArray(roles) && Array.isArray(grants))
        inherited.set(id, {
          appRoleAssignments: roles.filter(isObject),
          oauth2PermissionGrants: grants.filter(isObject),
        });
    }
  }
  return { tallies, inherited };
}

function inheritedList(part: string, items: readonly JsonObject[]): readonly JsonObject[] | null {
  if (part.endsWith('AppRoleAssignments'))
    // Beta has another name for the moment: https://learn.microsoft.com/graph/api/resources/approleassignment?view=graph-rest-beta
    return pickAll(
      items.map(({ creationTimestamp, ...item }) => ({ createdDateTime: creationTimestamp, ...item })),
      ASSIGNMENT_FIELDS,
      ALWAYS.assignment,
    );
  const grants = items.map(grantOf);
  return grants.every((grant) => grant !== null) ? grants.toSorted(byId) : null;
}

function byId(a: JsonObject, b: JsonObject): number {
  return String(a['id']) < String(b['id']) ? -1 : 1;
}
