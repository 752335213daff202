import type { ResourceKind } from './vocabulary.ts';

type Ids = { readonly id: string; readonly appId: string | null };

/** Where an admin center shows an object of a kind, below the center's address. */
const PAGES: { readonly [kind in ResourceKind]?: (ids: Ids) => string | null } = {
  blueprint: ({ appId }) =>
    appId === null ? null : `Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/${appId}`,
  blueprintPrincipal: enterpriseApplication,
  agentIdentity: enterpriseApplication,
  agentUser: ({ id }) => `Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/${id}`,
  conditionalAccessPolicy: ({ id }) => `Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/${id}`,
};

function enterpriseApplication({ id, appId }: Ids): string | null {
  return appId === null
    ? null
    : `Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/${id}/appId/${appId}`;
}

/** Ids that may stand in an address as they are. */
const SAFE = /^[0-9A-Za-z-]+$/;

/**
 * The page of an object in an admin center; `null` when there is none that we know, or an id is none.
 * @param portal address of the admin center; `null` when the ids are not the tenant's own
 */
export function portalUrl(portal: string | null, kind: ResourceKind, ids: Ids): string | null {
  if (portal === null || !SAFE.test(ids.id) || (ids.appId !== null && !SAFE.test(ids.appId))) return null;
  const page = PAGES[kind]?.(ids) ?? null;
  return page === null ? null : `${portal}/#view/${page}`;
}
