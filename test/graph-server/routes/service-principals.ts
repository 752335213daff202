import type { Route } from '../call.ts';
import { ADVANCED_LIST, BETA, list, one, relation, single } from './build.ts';

const AGENT = 'microsoft.graph.agentIdentity';
const PRINCIPAL = 'microsoft.graph.agentIdentityBlueprintPrincipal';
const EXPAND = {
  owners: 'directoryObject',
  sponsors: 'directoryObject',
  appRoleAssignments: 'appRoleAssignment',
  appRoleAssignedTo: 'appRoleAssignment',
};
const KEYS = ['/servicePrincipals/{id}', "/servicePrincipals(appId='{appId}')"];
const READ_APPLICATIONS = 'Application.Read.All Application.ReadWrite.All Directory.Read.All';

/** The two agent types among service principals, and who may read them. */
const AGENT_TYPES = [
  {
    cast: AGENT,
    type: 'agentIdentity',
    read: 'AgentIdentity.Read.All AgentIdentity.ReadWrite.All Application.Read.All',
    sponsors: 'AgentIdentity.Read.All AgentIdentity.ReadWrite.All',
    owners: 'AgentIdentity.Read.All AgentIdentity.ReadWrite.All Application.Read.All',
  },
  {
    cast: PRINCIPAL,
    type: 'agentIdentityBlueprintPrincipal',
    read: `AgentIdentityBlueprintPrincipal.Read.All AgentIdentityBlueprintPrincipal.ReadWrite.All
      Application.Read.All`,
    sponsors: 'AgentIdentityBlueprintPrincipal.Read.All AgentIdentityBlueprintPrincipal.ReadWrite.All',
    owners: `AgentIdentityBlueprintPrincipal.Read.All AgentIdentityBlueprintPrincipal.ReadWrite.All
      Application.Read.All`,
  },
] as const;

function agentRoutes({ cast, type, read, sponsors, owners }: (typeof AGENT_TYPES)[number]): readonly Route[] {
  const paths = [...KEYS.map((key) => `${key}/${cast}`), `/servicePrincipals/${cast}/{id}`];
  const on = { set: 'servicePrincipals', on: type, type: 'directoryObject' } as const;
  return [
    ...list(
      {
        template: `/servicePrincipals/${cast}`,
        set: 'servicePrincipals',
        type,
        of: type,
        permissions: read,
        options: ADVANCED_LIST,
      },
      { page: { usual: 100, most: 100 }, expand: EXPAND },
    ),
    ...paths.flatMap((template) => [
      one({ template, set: 'servicePrincipals', type, permissions: read, options: 's e' }, EXPAND),
      ...relation({
        ...on,
        template: `${template}/sponsors`,
        relation: 'sponsors',
        permissions: sponsors,
        options: 's f e',
      }),
      ...relation({
        ...on,
        template: `${template}/owners`,
        relation: 'owners',
        permissions: owners,
        options: 's f e c',
      }),
      ...(['memberOf', 'transitiveMemberOf'] as const).flatMap((name) =>
        relation(
          {
            ...on,
            template: `${template}/${name}`,
            relation: name,
            permissions: `${read} Directory.Read.All`,
            options: 's f c q t',
          },
          { casts: true },
        ),
      ),
    ]),
  ];
}

/** Beta only, in this order of cast and id only, without paging and options; 404 for what is no agent identity. */
const INHERITED: readonly Route[] = [
  ...relation({
    template: `/servicePrincipals/${AGENT}/{id}/inheritedAppRoleAssignments`,
    set: 'servicePrincipals',
    on: 'agentIdentity',
    relation: 'inheritedAppRoleAssignments',
    type: 'appRoleAssignment',
    versions: BETA,
    permissions: READ_APPLICATIONS,
    options: '',
  }),
  ...relation({
    template: `/servicePrincipals/${AGENT}/{id}/inheritedOauth2PermissionGrants`,
    set: 'servicePrincipals',
    on: 'agentIdentity',
    relation: 'inheritedOauth2PermissionGrants',
    type: 'oAuth2PermissionGrant',
    versions: BETA,
    permissions: 'Directory.Read.All DelegatedPermissionGrant.ReadWrite.All',
    options: '',
  }),
  single({
    template: `/servicePrincipals/{id}/${AGENT}/lifecycle`,
    set: 'servicePrincipals',
    on: 'agentIdentity',
    relation: 'lifecycle',
    type: 'agentLifecycle',
    versions: BETA,
    permissions: 'AgentIdentity.Read.All AgentIdentity.ReadWrite.All',
    options: '',
  }),
];

/**
 * https://learn.microsoft.com/graph/api/resources/agentidentity,
 * https://learn.microsoft.com/graph/api/resources/agentidentityblueprintprincipal,
 * https://learn.microsoft.com/graph/api/agentidentity-list-inheritedapproleassignments (beta),
 * https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments
 */
export const SERVICE_PRINCIPAL_ROUTES: readonly Route[] = [
  ...AGENT_TYPES.flatMap(agentRoutes),
  ...INHERITED,
  ...list(
    {
      template: '/servicePrincipals',
      set: 'servicePrincipals',
      type: 'servicePrincipal',
      permissions: READ_APPLICATIONS,
      options: ADVANCED_LIST,
    },
    { expand: { owners: 'directoryObject', appRoleAssignedTo: 'appRoleAssignment' } },
  ),
  ...KEYS.flatMap((template) => [
    one({
      template,
      set: 'servicePrincipals',
      type: 'servicePrincipal',
      permissions: READ_APPLICATIONS,
      options: 's e',
    }),
    ...relation({
      template: `${template}/owners`,
      set: 'servicePrincipals',
      on: 'servicePrincipal',
      relation: 'owners',
      type: 'directoryObject',
      permissions: READ_APPLICATIONS,
      options: ADVANCED_LIST,
    }),
    ...(['memberOf', 'transitiveMemberOf'] as const).flatMap((name) =>
      relation(
        {
          template: `${template}/${name}`,
          set: 'servicePrincipals',
          on: 'servicePrincipal',
          relation: name,
          type: 'directoryObject',
          permissions: READ_APPLICATIONS,
          options: 's f c q t',
        },
        { casts: true },
      ),
    ),
    ...(['appRoleAssignments', 'appRoleAssignedTo'] as const).flatMap((name) =>
      relation(
        {
          template: `${template}/${name}`,
          set: 'servicePrincipals',
          on: 'servicePrincipal',
          relation: name,
          type: 'appRoleAssignment',
          permissions: 'Application.Read.All Directory.Read.All',
          options: 'f s t',
          cost: name === 'appRoleAssignments' ? 2 : 1,
        },
        { page: { usual: 100, most: 999 } },
      ),
    ),
    ...relation(
      {
        template: `${template}/oauth2PermissionGrants`,
        set: 'servicePrincipals',
        on: 'servicePrincipal',
        relation: 'oauth2PermissionGrants',
        type: 'oAuth2PermissionGrant',
        permissions: 'Directory.Read.All Directory.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All',
        options: 'f s t',
        cost: 2,
      },
      { page: { usual: 100, most: 999 } },
    ),
  ]),
];
