import { isObject } from '../util/is-object.ts';
import type { JsonObject } from './resource.ts';

/** A permission that an object has, with the way that it came by it. */
export type EffectivePermission = {
  readonly kind: 'application' | 'delegated';
  /** Its value such as `Mail.Read`, else the id of the role. Untrusted text. */
  readonly name: string;
  /** The API. Untrusted texts. */
  readonly resource: { readonly appId: string | null; readonly displayName: string | null };
  readonly origin:
    | { readonly by: 'direct' }
    /** Granted to the blueprint principal with this reference, and inheritable. */
    | { readonly by: 'inherited'; readonly from: string; readonly name: string };
  /** Who consented: an administrator, for one user only, or to what nobody says. */
  readonly consent: 'admin' | 'allUsers' | 'user' | null;
};

/** What a blueprint principal passes on. */
export type Inheritance = {
  readonly from: { readonly ref: string; readonly name: string };
  readonly appRoleAssignments: unknown;
  readonly oauth2PermissionGrants: unknown;
  /** Of the blueprint. */
  readonly inheritablePermissions: unknown;
};

const DIRECT = { by: 'direct' } as const;

/** The permissions granted to an object itself, application permissions first. */
export function directPermissions(properties: JsonObject): readonly EffectivePermission[] {
  return [
    ...applicationPermissions(properties['appRoleAssignments'], DIRECT),
    ...delegatedPermissions(properties['oauth2PermissionGrants'], DIRECT),
  ];
}

/** What every agent of a blueprint inherits: what is granted to the principal of the blueprint and inheritable. */
export function inheritedPermissions(inheritance: Inheritance): readonly EffectivePermission[] {
  const origin = { by: 'inherited', ...asSource(inheritance.from) } as const;
  const inheritable = new Map(
    objectsIn(inheritance.inheritablePermissions).flatMap((entry) => {
      const appId = textOrNull(entry['resourceAppId']);
      return appId === null ? [] : [[appId, entry] as const];
    }),
  );
  const entryOf = ({ resource }: EffectivePermission) =>
    resource.appId === null ? undefined : inheritable.get(resource.appId);
  return [
    ...applicationPermissions(inheritance.appRoleAssignments, origin).filter((permission) =>
      isAll(entryOf(permission)?.['inheritableRoles'], 'allallowedroles'),
    ),
    ...delegatedPermissions(inheritance.oauth2PermissionGrants, origin).filter((permission) => {
      const scopes = entryOf(permission)?.['inheritableScopes'];
      return isAll(scopes, 'allallowedscopes') || names(scopes).includes(permission.name.toLowerCase());
    }),
  ];
}

function asSource({ ref, name }: Inheritance['from']): { readonly from: string; readonly name: string } {
  return { from: ref, name };
}

function applicationPermissions(
  list: unknown,
  origin: EffectivePermission['origin'],
): readonly EffectivePermission[] {
  return objectsIn(list).flatMap((assignment) => {
    const value = textOrNull(assignment['appRoleValue']);
    const role = textOrNull(assignment['appRoleId']);
    // The default access of an application without roles is no permission.
    const name = value ?? (role === DEFAULT_ACCESS ? null : role);
    return name === null
      ? []
      : [{ kind: 'application', name, resource: apiOf(assignment), origin, consent: 'admin' }];
  });
}

const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000';

function delegatedPermissions(
  list: unknown,
  origin: EffectivePermission['origin'],
): readonly EffectivePermission[] {
  return objectsIn(list).flatMap((grant) => {
    const scope = textOrNull(grant['scope']) ?? '';
    const consent = consentOf(grant['consentType']);
    return scope
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => ({ kind: 'delegated' as const, name, resource: apiOf(grant), origin, consent }));
  });
}

function consentOf(type: unknown): EffectivePermission['consent'] {
  if (type === 'AllPrincipals') return 'allUsers';
  return type === 'Principal' ? 'user' : null;
}

function apiOf(grant: Record<string, unknown>): EffectivePermission['resource'] {
  return {
    appId: textOrNull(grant['resourceAppId']),
    displayName: textOrNull(grant['resourceDisplayName']),
  };
}

/** Either `kind` or `@odata.type` says it. */
function isAll(inheritable: unknown, type: string): boolean {
  if (!isObject(inheritable)) return false;
  const stated = textOrNull(inheritable['@odata.type']) ?? '';
  return inheritable['kind'] === 'allAllowed' || stated.toLowerCase().endsWith(`.${type}`);
}

/** In lower case, as Entra compares scopes. */
function names(inheritable: unknown): readonly string[] {
  if (!isObject(inheritable) || inheritable['kind'] === 'none') return [];
  const { scopes } = inheritable;
  if (!Array.isArray(scopes)) return [];
  return scopes.flatMap((scope) => (typeof scope === 'string' ? [scope.toLowerCase()] : []));
}

function objectsIn(list: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
