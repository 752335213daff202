import { toPointer, type Path } from '../documents/pointer.ts';
import type { EffectiveSettings } from '../config/config.ts';
import type { TenantLocation } from '../findings/finding.ts';
import type { ReportedResource } from '../findings/report.ts';
import type { Places } from '../lint/findings.ts';
import { uriOf } from '../model/known.ts';
import { directPermissions, type EffectivePermission } from '../model/permissions.ts';
import type { Resource } from '../model/resource.ts';
import { applicationIdOf, textIn } from '../model/tenant-resource.ts';
import type { Families } from './families.ts';
import type { ObjectPlace, TenantKnown } from './known.ts';

/** A resource that is being judged. */
export type ScannedResource = {
  readonly resource: Resource;
  readonly id: string;
  /** Whether a production marker is on it. */
  readonly production: boolean;
};

type PlacesContext = Pick<TenantKnown, 'places'> & {
  readonly tenantId: string;
  readonly settings: EffectiveSettings;
  /** The resources of the chunk, by their places in the run. */
  readonly open: ReadonlyMap<number, ScannedResource>;
};

/** Where findings in the resources of a chunk stand. */
export function placesInTenant({ places, tenantId, settings, open }: PlacesContext): Places {
  const locate = (place: ObjectPlace, path: Path): TenantLocation => ({
    kind: 'tenant',
    uri: place.uri,
    pointer: toPointer(path),
    range: null,
    snippet: [],
    portalUrl: place.portalUrl,
    tenantId,
  });
  return {
    owner: (index) => {
      const scanned = open.get(index);
      if (scanned === undefined) return null;
      const { kind, ref, name, properties } = scanned.resource;
      return {
        resource: { kind, ref, name },
        properties,
        settings: { effective: settings, production: scanned.production },
      };
    },
    locate: (index, path) => {
      const scanned = open.get(index);
      const place = scanned === undefined ? places.get(index) : placeOf(scanned);
      return place === undefined ? null : locate(place, path);
    },
  };
}

function placeOf({ resource: { origin } }: ScannedResource): ObjectPlace {
  return { uri: uriOf(origin), portalUrl: origin.from === 'tenant' ? origin.portalUrl : null };
}

/** Permissions that are equal as one: thousands of agents have the same few. */
export class PermissionPool {
  readonly #known = new Map<string, EffectivePermission>();

  shared(permission: EffectivePermission): EffectivePermission {
    const key = JSON.stringify(permission);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, permission);
    return permission;
  }
}

/** What a report tells of a resource with findings. */
export function reportedResource(
  scanned: ScannedResource,
  families: Families,
  pool: PermissionPool,
): ReportedResource {
  const { resource, id } = scanned;
  const { ref, kind, name, properties } = resource;
  const { portalUrl } = placeOf(scanned);
  const family = families.get(textIn(properties, 'agentIdentityBlueprintId') ?? '');
  const isAgent = kind === 'agentIdentity' && family !== undefined;
  return {
    ref,
    kind,
    name,
    id,
    appId: applicationIdOf(kind, { id, properties }),
    location: { kind: 'tenant', uri: placeOf(scanned).uri },
    portalUrl,
    blueprint: isAgent ? { ref: family.ref, name: family.name } : null,
    permissions: [
      ...directPermissions(properties).map((permission) => pool.shared(permission)),
      ...(isAgent ? family.inherited : []),
    ],
    sponsors: null,
    owners: null,
    passesOn: [],
    agents: null,
    checks: 0,
    broken: null,
  };
}
