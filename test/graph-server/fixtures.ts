import type { TenantData } from './memory-tenant.ts';

/** Ids of the small tenant, invented; those of Microsoft's own applications, permissions and roles are public. */
export const IDS = {
  tenant: 'f470eba6-5b3d-58e3-8bae-7d058027d4fb',
  vendorTenant: '866e3704-6c28-5b4f-a2a6-b38be3882568',
  blueprintA: 'd46b6cfe-1962-55b0-b819-de7da6891b0e',
  appA: '761743dd-d8b9-5abe-a1b2-a59a85183033',
  blueprintB: 'aa418709-d4c5-5dfa-bde2-3830ae38bb40',
  principalA: 'e6491427-fa94-5a79-afe5-dacb0b7e593f',
  principalB: 'c0dc02c2-2771-59e4-8cf7-4adc2c5070c4',
  principalForeign: '9a34edbf-0a85-5bd3-81d1-d02bde5ef684',
  appForeign: 'ec2fe8a5-3c63-5cdc-9fa1-9e4740aac06d',
  agentA1: 'd12dc082-180b-5e9b-beed-e5a4db7e62bf',
  agentA2: 'b44816db-489f-5dd5-a28b-1da422132cbf',
  agentB1: '9acba593-cd6f-5e48-8321-5bbbb2b74d21',
  agentUser: '1134665c-d80b-50a9-8363-d59ed87b2636',
  mira: 'b44c666a-1351-5c2f-bed2-7572a085cd6a',
  tomas: '450e4c2d-b277-5a7d-b5b3-19f81693a529',
  gone: '3c1d0a57-51f6-5f0f-9f5f-3a1c6d0a9c11',
  sponsors: '30689234-6635-5b37-b615-c380972d6824',
  inner: '6b1f4c9e-2f53-5f0e-8d0a-5b6c0d1e2f30',
  tier0: '29d6647d-96b1-53ef-bea9-e4c41f971955',
  pipeline: 'd230a26e-1196-58a5-83af-2cdf18383862',
  graph: 'be83fc02-ad4a-5741-89ea-ed28c30fdd57',
} as const;

const MAIL_READWRITE = 'e2a3a72e-5f79-4c64-b1b1-878b674786c9';
const CREATE_AS_MANAGER = '4c390976-b2b7-42e0-9187-c6be3bead001';
const EXCHANGE_ADMINISTRATOR = '29232cdf-9323-42fd-ade2-1d097af3e4de';

function user(id: string, displayName: string, accountEnabled: boolean) {
  const userPrincipalName = `${displayName.toLowerCase().replace(' ', '.')}@larkspur-freight.example`;
  return {
    '@odata.type': '#microsoft.graph.user',
    id,
    displayName,
    userPrincipalName,
    mail: userPrincipalName,
    accountEnabled,
    userType: 'Member',
    deletedDateTime: null,
  };
}

function agent(id: string, displayName: string, blueprint: string, accountEnabled = true) {
  return {
    '@odata.type': '#microsoft.graph.agentIdentity',
    id,
    appId: id,
    displayName,
    accountEnabled,
    agentIdentityBlueprintId: blueprint,
    createdByAppId: blueprint,
    createdDateTime: '2026-06-20T09:00:00Z',
    servicePrincipalType: 'ServiceIdentity',
    disabledByMicrosoftStatus: null,
    tags: [],
    customSecurityAttributes: { AgentGovernance: { Environment: 'prd' } },
  };
}

function principal(id: string, appId: string, displayName: string, owner: string) {
  return {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal',
    id,
    appId,
    displayName,
    appDisplayName: displayName,
    accountEnabled: true,
    appOwnerOrganizationId: owner,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [appId],
  };
}

const CONDITIONS = {
  agentIdRiskLevels: 'high',
  applications: { includeApplications: ['All'], excludeApplications: [] },
  users: { includeUsers: ['None'], excludeUsers: [] },
  clientApplications: {
    includeServicePrincipals: [],
    excludeServicePrincipals: [],
    servicePrincipalFilter: null,
    includeAgentIdServicePrincipals: ['All'],
    excludeAgentIdServicePrincipals: [IDS.agentA1],
    agentIdServicePrincipalFilter: null,
  },
};

/** A tenant with a little of everything, for tests of the stand-in itself. */
export const SMALL_TENANT: TenantData = {
  organization: [
    {
      id: IDS.tenant,
      displayName: 'Larkspur Freight',
      verifiedDomains: [
        {
          capabilities: 'Email, OfficeCommunicationsOnline',
          isDefault: true,
          isInitial: false,
          name: 'larkspur-freight.example',
          type: 'Managed',
        },
      ],
    },
  ],
  applications: [
    {
      '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
      id: IDS.blueprintA,
      appId: IDS.appA,
      displayName: 'lf-claims-triage-prd',
      createdDateTime: '2026-06-18T08:12:44Z',
      signInAudience: 'AzureADMyOrg',
      api: {
        oauth2PermissionScopes: [],
        preAuthorizedApplications: [{ appId: IDS.appForeign, delegatedPermissionIds: ['one'] }],
      },
      keyCredentials: [
        {
          keyId: 'b13ee51f-aa9d-576d-a6f5-18f0186f9ad2',
          type: 'AsymmetricX509Cert',
          usage: 'Verify',
          key: 'MIIB',
        },
      ],
      passwordCredentials: [
        { keyId: '0cf3f76e-5382-5ddc-81e3-e45db14c896a', hint: 'q7R', secretText: 'never shown' },
      ],
    },
    {
      '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
      id: IDS.blueprintB,
      appId: IDS.blueprintB,
      displayName: 'Your Blueprint Display Name',
      createdDateTime: '2026-05-04T15:40:09Z',
      signInAudience: 'AzureADMultipleOrgs',
    },
    {
      '@odata.type': '#microsoft.graph.application',
      id: '5d0a6b2c-93f4-5c3e-b0a1-2f3e4d5c6b7a',
      appId: '3d9a3297-55b4-5d57-84bc-aea1ae8bfbab',
      displayName: 'lf-agent-pipeline',
      signInAudience: 'AzureADMyOrg',
    },
  ],
  servicePrincipals: [
    principal(IDS.principalA, IDS.appA, 'lf-claims-triage-prd', IDS.tenant),
    principal(IDS.principalB, IDS.blueprintB, 'Your Blueprint Display Name', IDS.tenant),
    principal(IDS.principalForeign, IDS.appForeign, 'Vendor Insight Agent', IDS.vendorTenant),
    agent(IDS.agentA1, 'claims-triage-emea', IDS.appA),
    agent(IDS.agentA2, 'claims-triage-amer', IDS.appA, false),
    agent(IDS.agentB1, 'invoice-chaser-1', IDS.blueprintB),
    {
      '@odata.type': '#microsoft.graph.servicePrincipal',
      id: IDS.graph,
      appId: '00000003-0000-0000-c000-000000000000',
      displayName: 'Microsoft Graph',
      accountEnabled: true,
      servicePrincipalType: 'Application',
      appRoles: [
        { id: MAIL_READWRITE, value: 'Mail.ReadWrite', isEnabled: true, allowedMemberTypes: ['Application'] },
      ],
      oauth2PermissionScopes: [
        { id: '570282fd-fa5c-430d-a7fd-fc8dc98a9dca', value: 'Mail.Read', type: 'User' },
      ],
    },
    {
      '@odata.type': '#microsoft.graph.servicePrincipal',
      id: IDS.pipeline,
      appId: '3d9a3297-55b4-5d57-84bc-aea1ae8bfbab',
      displayName: 'lf-agent-pipeline',
      accountEnabled: true,
      servicePrincipalType: 'Application',
    },
  ],
  users: [
    user(IDS.mira, 'Mira Okafor', true),
    user(IDS.tomas, 'Tomas Lind', false),
    {
      ...user(IDS.agentUser, 'Claims Triage', true),
      '@odata.type': '#microsoft.graph.agentUser',
      identityParentId: IDS.agentA1,
      signInActivity: { lastSignInDateTime: '2026-11-20T08:00:00Z' },
    },
  ],
  groups: [
    {
      '@odata.type': '#microsoft.graph.group',
      id: IDS.sponsors,
      displayName: 'Claims agent sponsors',
      groupTypes: ['Unified'],
      securityEnabled: false,
      mailEnabled: true,
      isAssignableToRole: null,
    },
    {
      '@odata.type': '#microsoft.graph.group',
      id: IDS.inner,
      displayName: 'Claims leads',
      groupTypes: [],
      securityEnabled: true,
      mailEnabled: false,
      isAssignableToRole: null,
    },
    {
      '@odata.type': '#microsoft.graph.group',
      id: IDS.tier0,
      displayName: 'Tier0 automation',
      groupTypes: [],
      securityEnabled: true,
      mailEnabled: false,
      isAssignableToRole: true,
    },
  ],
  deletedItems: [{ ...user(IDS.gone, 'Gone Person', true), deletedDateTime: '2026-11-10T08:00:00Z' }],
  owners: { [IDS.blueprintA]: [IDS.mira, IDS.pipeline], [IDS.agentA1]: [IDS.mira] },
  sponsors: {
    [IDS.blueprintA]: [IDS.mira, IDS.sponsors],
    [IDS.blueprintB]: [IDS.tomas],
    [IDS.agentA1]: [IDS.mira],
    [IDS.agentA2]: [IDS.gone],
    [IDS.agentUser]: [IDS.mira],
  },
  members: { [IDS.sponsors]: [IDS.mira, IDS.inner], [IDS.inner]: [IDS.tomas], [IDS.tier0]: [IDS.agentA1] },
  federatedIdentityCredentials: {
    [IDS.blueprintA]: [
      {
        id: 'fadd00d8-2c5f-53cd-a3b5-3b2c175b35cf',
        name: 'aca-claims-prd',
        issuer: `https://login.microsoftonline.com/${IDS.tenant}/v2.0`,
        subject: 'ca674f9a-55b1-5007-9547-00cefe8b71f9',
        description: null,
        audiences: ['api://AzureADTokenExchange'],
        claimsMatchingExpression: { value: "claims['sub'] matches 'x'", languageVersion: 1 },
      },
    ],
  },
  inheritablePermissions: {
    [IDS.blueprintB]: [
      {
        resourceAppId: '00000003-0000-0000-c000-000000000000',
        inheritableScopes: {
          '@odata.type': '#microsoft.graph.enumeratedScopes',
          kind: 'enumerated',
          scopes: ['User.Read'],
        },
        inheritableRoles: { '@odata.type': '#microsoft.graph.allAllowedRoles', kind: 'allAllowed' },
      },
    ],
  },
  lifecycle: { [IDS.agentA1]: [{ lastAttestationDateTime: '2026-05-01T00:00:00Z', complianceIssues: [] }] },
  appRoleAssignments: [MAIL_READWRITE, CREATE_AS_MANAGER].map((appRoleId, index) => ({
    id: `34f79b9e99c8594193fb2${index}`,
    appRoleId,
    createdDateTime: '2026-05-05T07:31:00Z',
    principalId: IDS.principalB,
    principalDisplayName: 'Your Blueprint Display Name',
    principalType: 'ServicePrincipal',
    resourceId: IDS.graph,
    resourceDisplayName: 'Microsoft Graph',
  })),
  oauth2PermissionGrants: [
    {
      id: 'b927ab5d08ae520e878ede',
      clientId: IDS.principalB,
      consentType: 'AllPrincipals',
      principalId: null,
      resourceId: IDS.graph,
      scope: ' User.Read Mail.Read',
    },
  ],
  roleAssignments: [
    {
      id: 'ra-c55a4bbb',
      principalId: IDS.agentUser,
      directoryScopeId: '/',
      appScopeId: null,
      roleDefinitionId: EXCHANGE_ADMINISTRATOR,
    },
  ],
  roleDefinitions: [
    {
      id: EXCHANGE_ADMINISTRATOR,
      displayName: 'Exchange Administrator',
      isBuiltIn: true,
      isEnabled: true,
      isPrivileged: false,
      templateId: EXCHANGE_ADMINISTRATOR,
    },
  ],
  conditionalAccessPolicies: [
    {
      id: '2c828af4-8c7d-58bf-bd2e-7fb071fc05bc',
      displayName: 'CA-AGT-01 block high-risk agents',
      state: 'enabled',
      conditions: CONDITIONS,
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    },
  ],
  riskyAgents: [
    {
      '@odata.type': '#microsoft.graph.riskyAgentIdentity',
      id: IDS.agentB1,
      agentDisplayName: 'invoice-chaser-1',
      blueprintId: IDS.blueprintB,
      identityType: 'agentIdentity',
      isDeleted: false,
      isEnabled: true,
      riskLevel: 'high',
      riskState: 'atRisk',
    },
  ],
  signIns: [
    {
      id: '70a1ab2f-abc8-5a0d-8b70-af21d205b474',
      createdDateTime: '2026-11-22T21:14:02Z',
      signInEventTypes: ['servicePrincipal'],
      servicePrincipalId: IDS.agentA1,
      appId: IDS.agentA1,
      status: { errorCode: 0 },
      agent: { agentType: 'agenticAppInstance', parentAppId: IDS.appA, agentSubjectType: 'notAgentic' },
    },
    {
      id: '0e3a5ad5-4d3b-5920-9523-cccf799e4a82',
      createdDateTime: '2026-11-22T21:15:40Z',
      signInEventTypes: ['nonInteractiveUser'],
      userId: IDS.agentUser,
      appId: IDS.agentA1,
      status: { errorCode: 0 },
      agent: { agentType: 'agenticAppInstance', parentAppId: IDS.appA, agentSubjectType: 'agentIDuser' },
    },
  ],
  servicePrincipalSignInActivities: [
    {
      id: 'c3BzaWduaW4tMQ',
      appId: IDS.appA,
      lastSignInActivity: { lastSignInDateTime: '2026-11-22T20:00:00Z' },
    },
  ],
  lifecyclePolicies: [
    {
      id: '23fb2f3c-ab71-56cb-a5f6-a7cd8968116d',
      displayName: 'Agents: sponsor, activity, yearly attestation',
      isEnabled: true,
      complianceRules: [
        { '@odata.type': '#microsoft.graph.identityGovernance.sponsorPresenceRule', minimumSponsorCount: 1 },
      ],
    },
  ],
};
