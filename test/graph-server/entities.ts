/** An object as Graph stores it: every property that any version shows. Directory objects carry `@odata.type`. */
export type Entity = { readonly [property: string]: unknown };

/**
 * Directory types of the stand-in with the type each derives from
 * (https://learn.microsoft.com/graph/api/resources/agentid-platform-overview).
 */
const BASES: ReadonlyMap<string, string> = new Map([
  ['application', 'directoryObject'],
  ['servicePrincipal', 'directoryObject'],
  ['user', 'directoryObject'],
  ['group', 'directoryObject'],
  ['directoryRole', 'directoryObject'],
  ['agentIdentityBlueprint', 'application'],
  ['agentIdentity', 'servicePrincipal'],
  ['agentIdentityBlueprintPrincipal', 'servicePrincipal'],
  ['agentUser', 'user'],
]);

/** The short name of an object's type: `agentIdentity`; `''` when it states none. */
export function typeOf(entity: Entity): string {
  const stated = entity['@odata.type'];
  return typeof stated === 'string' ? stated.replace(/^#microsoft\.graph\./, '') : '';
}

/** Whether a type is another one or derives from it. */
export function derivesFrom(type: string, base: string): boolean {
  for (let at: string | undefined = type; at !== undefined; at = BASES.get(at)) if (at === base) return true;
  return false;
}

/** A property as text; `''` when it is not text. */
export function text(entity: Entity, property: string): string {
  const value = entity[property];
  return typeof value === 'string' ? value : '';
}

/**
 * Rows by position. Positions stay what they are while a tenant changes: what is gone leaves a hole, so that a page
 * token may hold one. Rows may be made when they are asked for.
 */
export type Rows = {
  readonly length: number;
  readonly at: (position: number) => Entity | undefined;
  /** Number of rows, when it is known without looking. */
  readonly size?: number;
};

export const NO_ROWS: Rows = { length: 0, at: () => undefined };

export function rowsOf(list: readonly (Entity | undefined)[]): Rows {
  return { length: list.length, at: (position) => list[position] };
}

/** All rows in the order of their positions. */
export function* everyRow(rows: Rows): Generator<Entity> {
  for (let position = 0; position < rows.length; position += 1) {
    const row = rows.at(position);
    if (row !== undefined) yield row;
  }
}

export type SetName =
  | 'organization'
  | 'applications'
  | 'servicePrincipals'
  | 'users'
  | 'groups'
  | 'directoryRoles'
  | 'deletedItems'
  | 'appRoleAssignments'
  | 'oauth2PermissionGrants'
  | 'roleAssignments'
  | 'roleDefinitions'
  | 'conditionalAccessPolicies'
  | 'riskyAgents'
  | 'agentRiskDetections'
  | 'signIns'
  | 'servicePrincipalSignInActivities'
  | 'directoryAudits'
  | 'lifecyclePolicies'
  | 'assignmentPolicies'
  | 'agentInstances'
  | 'agentRegistrations'
  | 'catalogPackages';

/** Relationships that an object has, by the name of their last path segment. */
export type Relation =
  | 'owners'
  | 'sponsors'
  | 'manager'
  | 'members'
  | 'transitiveMembers'
  | 'memberOf'
  | 'transitiveMemberOf'
  | 'appRoleAssignments'
  | 'appRoleAssignedTo'
  | 'oauth2PermissionGrants'
  | 'federatedIdentityCredentials'
  | 'inheritablePermissions'
  | 'inheritedAppRoleAssignments'
  | 'inheritedOauth2PermissionGrants'
  | 'lifecycle';

/** One change of an application or service principal, for delta queries. */
export type Change = {
  readonly sequence: number;
  readonly id: string;
  /** Properties that changed; `null` when the object is gone. */
  readonly properties: readonly string[] | null;
  /** Whether it can be restored from the deleted items. */
  readonly restorable: boolean;
};

/** What the stand-in reads a tenant through; in memory or made on the fly. */
export type GraphTenant = {
  readonly id: string;
  /** All objects of a set, or those of a type and the types that derive from it. */
  readonly rows: (set: SetName, type?: string) => Rows;
  /** A directory object by its id, deleted ones too: those have a `deletedDateTime`. */
  readonly object: (id: string) => Entity | undefined;
  readonly byAppId: (set: 'applications' | 'servicePrincipals', appId: string) => Entity | undefined;
  readonly related: (relation: Relation, id: string) => Rows;
  /** Counts the changes so far. */
  readonly sequence: () => number;
  readonly changes: (set: 'applications' | 'servicePrincipals', after: number) => readonly Change[];
  /** Number of user objects, which decides how much an application may ask for. */
  readonly userCount: () => number;
};
