import { portalUrl } from './portal.ts';
import type { JsonObject, Resource } from './resource.ts';
import type { ResourceKind } from './vocabulary.ts';

/** An object as it was read from a tenant, with what was joined to it. GUIDs are in lower case. */
export type TenantRecord = {
  readonly id: string;
  readonly api: 'v1.0' | 'beta';
  readonly properties: JsonObject;
  readonly unknown?: Resource['unknown'];
};

/** What all objects of a tenant have in common. */
export type TenantPlace = {
  readonly tenantId: string;
  /** Address of the admin center; `null` when ids are hidden, so that no page would open. */
  readonly portal: string | null;
};

/** The entity set that each kind is in, as addresses of single objects have it. */
const SETS: { readonly [kind in ResourceKind]?: string } = {
  organization: 'organization',
  blueprint: 'applications',
  blueprintPrincipal: 'servicePrincipals',
  agentIdentity: 'servicePrincipals',
  agentUser: 'users',
  conditionalAccessPolicy: 'identity/conditionalAccess/policies',
  riskyAgent: 'identityProtection/riskyAgents',
};

/** The resource that a record of a kind is. */
export function tenantResource(
  kind: ResourceKind,
  record: TenantRecord,
  { tenantId, portal }: TenantPlace,
  unknown: Resource['unknown'],
): Resource {
  const { id, api, properties } = record;
  const appId = applicationIdOf(kind, record);
  return {
    ref: `${kind}/${kind === 'blueprint' ? (appId ?? id) : id}`,
    kind,
    name: nameOf(record),
    origin: {
      from: 'tenant',
      tenantId,
      path: pathOf(kind, id),
      portalUrl: portalUrl(portal, kind, { id, appId }),
      api,
    },
    properties,
    unknown: record.unknown === undefined ? unknown : { ...unknown, ...record.unknown },
  };
}

/** Where Graph has an object, relative to the version. */
function pathOf(kind: ResourceKind, id: string): string {
  return `${SETS[kind] ?? kind}/${id}`;
}

/** What a reader calls it. */
export function nameOf({ id, properties }: Pick<TenantRecord, 'id' | 'properties'>): string {
  return textIn(properties, 'displayName') ?? textIn(properties, 'agentDisplayName') ?? id;
}

/** The application id, where a kind has one. An agent identity's is its object id. */
export function applicationIdOf(
  kind: ResourceKind,
  { id, properties }: Pick<TenantRecord, 'id' | 'properties'>,
): string | null {
  if (kind === 'agentIdentity') return id;
  return kind === 'blueprint' || kind === 'blueprintPrincipal' ? textIn(properties, 'appId') : null;
}

/** A text that is not blank; `null` for anything else. */
export function textIn(properties: JsonObject, name: string): string | null {
  const value = properties[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
