import type { Entity } from '../entities.ts';
import type { TenantData } from '../memory-tenant.ts';
import { guid } from './guid.ts';
import {
  AGENT_TOOLS,
  GRAPH,
  OBSERVABILITY,
  principalOf,
  ROLE_DEFINITIONS,
  ROLES,
  SHIPMENTS,
  type Api,
} from './microsoft.ts';

export const TENANT_ID = guid('tenant');
export const DOMAIN = 'larkspur-freight.example';

type Lists = {
  [
    list in
      | 'organization'
      | 'applications'
      | 'servicePrincipals'
      | 'users'
      | 'groups'
      | 'deletedItems'
      | 'appRoleAssignments'
      | 'oauth2PermissionGrants'
      | 'roleAssignments'
      | 'conditionalAccessPolicies'
      | 'riskyAgents'
      | 'signIns'
      | 'servicePrincipalSignInActivities'
      | 'lifecyclePolicies'
  ]: Entity[];
};
type Linked = {
  [relation in 'owners' | 'sponsors' | 'members' | 'managers']: Record<string, readonly string[]>;
};
type Contained = {
  [relation in 'federatedIdentityCredentials' | 'inheritablePermissions' | 'lifecycle']: Record<
    string,
    readonly Entity[]
  >;
};

/** A tenant in the making. */
export type Draft = Lists &
  Linked &
  Contained & {
    /** The moment so many days from now, as Graph writes it. */
    readonly at: (days: number, time?: string) => string;
  };

export function createDraft(now: number): Draft {
  const midnight = Math.floor(now / 86_400_000) * 86_400_000;
  return {
    at: (days, time = '09:00:00') =>
      `${new Date(midnight + days * 86_400_000).toISOString().slice(0, 10)}T${time}Z`,
    organization: [],
    applications: [],
    servicePrincipals: [GRAPH, AGENT_TOOLS, OBSERVABILITY, SHIPMENTS].map(principalOf),
    users: [],
    groups: [],
    deletedItems: [],
    appRoleAssignments: [],
    oauth2PermissionGrants: [],
    roleAssignments: [],
    conditionalAccessPolicies: [],
    riskyAgents: [],
    signIns: [],
    servicePrincipalSignInActivities: [],
    lifecyclePolicies: [],
    owners: {},
    sponsors: {},
    members: {},
    managers: {},
    federatedIdentityCredentials: {},
    inheritablePermissions: {},
    lifecycle: {},
  };
}

export function finish(draft: Draft): TenantData {
  const data = Object.entries(draft).filter(([name]) => name !== 'at');
  return { ...(Object.fromEntries(data) as Omit<Draft, 'at'>), roleDefinitions: ROLE_DEFINITIONS };
}

export type Person = { readonly id: string; readonly name: string };

/** A user account. Deleted ones are among the deleted items. */
export function person(
  draft: Draft,
  name: string,
  state: { readonly enabled?: boolean; readonly guest?: boolean; readonly deletedDaysAgo?: number } = {},
): Person {
  const [given = '', surname = ''] = name.split(' ');
  const alias = `${given}.${surname}`.toLowerCase();
  const userPrincipalName = state.guest ? `${alias}_partner.example#EXT#@${DOMAIN}` : `${alias}@${DOMAIN}`;
  const user: Entity = {
    '@odata.type': '#microsoft.graph.user',
    id: guid(`person ${name}`),
    displayName: name,
    givenName: given,
    surname,
    userPrincipalName,
    mail: state.guest ? `${alias}@partner.example` : userPrincipalName,
    accountEnabled: state.enabled ?? true,
    userType: state.guest ? 'Guest' : 'Member',
    createdDateTime: draft.at(-900),
    deletedDateTime: state.deletedDaysAgo === undefined ? null : draft.at(-state.deletedDaysAgo),
  };
  (state.deletedDaysAgo === undefined ? draft.users : draft.deletedItems).push(user);
  return { id: guid(`person ${name}`), name };
}

export type GroupKind = 'microsoft 365' | 'dynamic' | 'security' | 'role-assignable';

export function group(draft: Draft, name: string, kind: GroupKind, members: readonly string[]): string {
  const id = guid(`group ${name}`);
  const unified = kind === 'microsoft 365';
  draft.groups.push({
    '@odata.type': '#microsoft.graph.group',
    id,
    displayName: name,
    createdDateTime: draft.at(-700),
    groupTypes: unified ? ['Unified'] : kind === 'dynamic' ? ['DynamicMembership'] : [],
    securityEnabled: !unified,
    mailEnabled: unified,
    mail: unified ? `${name.toLowerCase().replaceAll(' ', '-')}@${DOMAIN}` : null,
    membershipRule: kind === 'dynamic' ? '(user.department -eq "Customs")' : null,
    isAssignableToRole: kind === 'role-assignable' ? true : null,
    visibility: 'Private',
  });
  draft.members[id] = members;
  return id;
}

/** Gives an application permission. */
export function assign(draft: Draft, principalId: string, api: Api, role: string, principalName = ''): void {
  draft.appRoleAssignments.push({
    id: guid(`${principalId} has ${role} of ${api.appId}`).replaceAll('-', ''),
    appRoleId: api.roles[role] ?? '',
    createdDateTime: draft.at(-60),
    principalId,
    principalDisplayName: principalName,
    principalType: 'ServicePrincipal',
    resourceId: api.id,
    resourceDisplayName: api.name,
  });
}

/** Consents to delegated permissions, for everybody or for one person. */
export function consent(
  draft: Draft,
  clientId: string,
  api: Api,
  scopes: readonly string[],
  user?: Person,
): void {
  draft.oauth2PermissionGrants.push({
    id: guid(`${clientId} may ${scopes.join(' ')} for ${user?.id ?? 'all'}`).replaceAll('-', ''),
    clientId,
    consentType: user === undefined ? 'AllPrincipals' : 'Principal',
    principalId: user?.id ?? null,
    resourceId: api.id,
    // Graph often starts the list with a blank.
    scope: ` ${scopes.join(' ')}`,
  });
}

export function holdRole(draft: Draft, principalId: string, role: keyof typeof ROLES, scope = '/'): void {
  draft.roleAssignments.push({
    id: guid(`${principalId} is ${role}`).replaceAll('-', ''),
    principalId,
    directoryScopeId: scope,
    appScopeId: null,
    roleDefinitionId: ROLES[role],
  });
}
