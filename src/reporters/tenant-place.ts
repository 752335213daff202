import type { Finding, TenantLocation } from '../findings/finding.ts';
import type { ReportedResource } from '../findings/report.ts';
import type { EffectivePermission } from '../model/permissions.ts';
import { visible } from './escape.ts';
import { note, noteLine } from './note.ts';
import type { Style } from './style.ts';
import { KIND_WORDS } from './tenant-words.ts';

/** Properties that hold permissions, or decide which are inherited. */
const ABOUT_PERMISSIONS: ReadonlySet<unknown> = new Set([
  'appRoleAssignments',
  'oauth2PermissionGrants',
  'inheritablePermissions',
  'inherited',
  'requiredResourceAccess',
]);

/** Names of one origin that are shown before "and 7 more". */
const MOST_NAMES = 8;

/** The line that says which object a finding is in. */
export function objectLine({ resource, location }: Finding, margin: string, style: Style): string {
  const [kind] = KIND_WORDS[resource.kind];
  const who = `${kind} "${visible(resource.name)}"`;
  return `${margin}${style.paint('dim', '┌─')} ${who} ${style.paint('dim', visible(location.uri))}`;
}

/** Where in the object it is, where the object is shown, and what it may do when the finding is about that. */
export function objectNotes(
  finding: Finding,
  location: TenantLocation,
  resource: ReportedResource | undefined,
  { margin, style }: { readonly margin: string; readonly style: Style },
): string[] {
  const { pointer, portalUrl } = location;
  const blueprint = resource?.blueprint ?? null;
  const permissions = ABOUT_PERMISSIONS.has(finding.path[0]) ? (resource?.permissions ?? []) : [];
  return [
    ...(pointer === '' ? [] : [noteLine('at', visible(pointer), margin, style)]),
    ...(blueprint === null ? [] : [noteLine('blueprint', visible(blueprint.name), margin, style)]),
    ...byWay(permissions).flatMap(([way, names]) =>
      note('holds', `${listed(names)} (${way})`, margin, style),
    ),
    ...(portalUrl === null ? [] : [noteLine('portal', style.link(visible(portalUrl)), margin, style)]),
  ];
}

/** The names of permissions by the way that they came. */
function byWay(
  permissions: readonly EffectivePermission[],
): readonly (readonly [string, readonly string[]])[] {
  const ways = new Map<string, Set<string>>();
  for (const permission of permissions) {
    const way = wayOf(permission);
    ways.set(way, (ways.get(way) ?? new Set()).add(nameOf(permission)));
  }
  return Array.from(ways, ([way, names]) => [way, [...names]] as const);
}

/** `application, inherited from "Sales", admin consent`. */
function wayOf({ kind, origin, consent }: EffectivePermission): string {
  const path = origin.by === 'direct' ? 'granted directly' : `inherited from "${origin.name}"`;
  const words = consent === null ? [] : [CONSENT_WORDS[consent]];
  return [kind, path, ...words].join(', ');
}

export const CONSENT_WORDS = {
  admin: 'admin consent',
  allUsers: 'consented for all users',
  user: 'consented by one user',
} as const satisfies Record<NonNullable<EffectivePermission['consent']>, string>;

export const GRAPH = '00000003-0000-0000-c000-000000000000';

/** Of other APIs than Microsoft Graph the name of the API goes along. */
function nameOf({ name, resource: { appId, displayName } }: EffectivePermission): string {
  const api = appId === GRAPH ? null : (displayName ?? appId);
  return api === null ? name : `${api}/${name}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
