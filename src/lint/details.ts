import type { ReportedPrincipal } from '../findings/report.ts';
import { isId } from '../model/canonical.ts';
import type { Facts } from '../model/facts.ts';
import { directPermissions, type EffectivePermission } from '../model/permissions.ts';
import type { JsonObject } from '../model/resource.ts';
import { textIn } from '../model/tenant-resource.ts';
import { reportedPrincipal } from './reported-principal.ts';

/** What a report tells of a resource in a file, besides who it is and where it stands. */
export type ResourceDetails = {
  readonly id: string | null;
  readonly appId: string | null;
  readonly uniqueName: string | null;
  /** Application id of the blueprint that an agent identity was made from. */
  readonly madeFrom: string | null;
  readonly sponsors: readonly ReportedPrincipal[];
  readonly owners: readonly ReportedPrincipal[];
  /** Granted to it. */
  readonly permissions: readonly EffectivePermission[];
};

export function detailsOf({ kind, properties, sponsors, owners }: Facts): ResourceDetails {
  const id = idIn(properties, 'id');
  const isAgent = kind === 'agentIdentity';
  const hasAppId = isAgent || kind === 'blueprint' || kind === 'blueprintPrincipal';
  return {
    id,
    // An agent identity is its own application.
    appId: (isAgent ? id : null) ?? (hasAppId ? idIn(properties, 'appId') : null),
    uniqueName: textIn(properties, 'uniqueName'),
    madeFrom: isAgent ? idIn(properties, 'agentIdentityBlueprintId') : null,
    sponsors: sponsors.map(reportedPrincipal),
    owners: owners.map(reportedPrincipal),
    permissions: directPermissions(properties),
  };
}

function idIn(properties: JsonObject, name: string): string | null {
  const text = textIn(properties, name);
  return text !== null && isId(text) ? text : null;
}
