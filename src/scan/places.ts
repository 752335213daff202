import { toPointer, type Path } from '../documents/pointer.ts';
import type { ExemptPrincipal } from '../config/config.ts';
import type { TenantLocation } from '../findings/finding.ts';
import type { Places } from '../lint/findings.ts';
import type { Description } from '../lint/inventory.ts';
import type { SubjectSettings } from '../lint/subjects.ts';
import { uriOf } from '../model/known.ts';
import { directPermissions } from '../model/permissions.ts';
import type { Resource } from '../model/resource.ts';
import { applicationIdOf } from '../model/tenant-resource.ts';
import type { ObjectPlace, TenantKnown } from './known.ts';
import type { SharedParts } from './shared-parts.ts';

/** A resource that is being judged. */
export type ScannedResource = {
  readonly resource: Resource;
  readonly id: string;
  readonly settings: SubjectSettings;
};

type PlacesContext = Pick<TenantKnown, 'places'> & {
  readonly tenantId: string;
  /** The resources of the chunk, by their places in the run. */
  readonly open: ReadonlyMap<number, ScannedResource>;
  readonly exempt: readonly ExemptPrincipal[];
};

/** Where findings in the resources of a chunk stand. */
export function placesInTenant({ places, tenantId, open, exempt }: PlacesContext): Places {
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
      return { resource: { kind, ref, name }, properties, id: scanned.id, settings: scanned.settings };
    },
    locate: (index, path) => {
      const scanned = open.get(index);
      const place = scanned === undefined ? places.get(index) : placeOf(scanned);
      return place === undefined ? null : locate(place, path);
    },
    exempt,
  };
}

function placeOf({ resource: { origin } }: ScannedResource): ObjectPlace {
  return { uri: uriOf(origin), portalUrl: origin.from === 'tenant' ? origin.portalUrl : null };
}

/** What a report tells of a resource by itself. */
export function described(
  { resource, id }: Pick<ScannedResource, 'resource' | 'id'>,
  shared: SharedParts,
): Description {
  const { ref, kind, name, properties, origin } = resource;
  return {
    ref,
    name,
    id,
    appId: applicationIdOf(kind, { id, properties }),
    location: { kind: 'tenant', uri: uriOf(origin) },
    portalUrl: origin.from === 'tenant' ? origin.portalUrl : null,
    sponsors: shared.people(properties['sponsors']),
    owners: shared.people(properties['owners']),
    permissions: shared.permissions(directPermissions(properties)),
  };
}
