import { IDS, SMALL_TENANT } from '../../graph-server/fixtures.ts';
import type { TenantData } from '../../graph-server/memory-tenant.ts';

function idOf(index: number): string {
  const digits = (index * 0x01_9e_37_79 + 7).toString(16).padStart(8, '0').slice(-8);
  return `${digits}-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** Ids of the agents that the tenant has beside the three of the small one, enough for two pages. */
export const MORE_AGENTS: readonly string[] = Array.from({ length: 110 }, (_, index) => idOf(index));

const agents = MORE_AGENTS.map((id, index) => ({
  '@odata.type': '#microsoft.graph.agentIdentity',
  id,
  appId: id,
  displayName: `agent ${index}`,
  accountEnabled: index % 9 !== 0,
  agentIdentityBlueprintId: index % 2 === 0 ? IDS.appA : IDS.blueprintB,
  createdByAppId: IDS.appA,
  createdDateTime: '2026-06-20T09:00:00Z',
  servicePrincipalType: 'ServiceIdentity',
  disabledByMicrosoftStatus: null,
  tags: [],
  keyCredentials: [],
  passwordCredentials: [],
}));

const all = [IDS.agentA1, IDS.agentA2, IDS.agentB1, ...MORE_AGENTS];

/** The small tenant with two pages of agents, and something of everything that can be asked about them. */
export const TWO_PAGES: TenantData = {
  ...SMALL_TENANT,
  servicePrincipals: [...(SMALL_TENANT.servicePrincipals ?? []), ...agents],
  sponsors: {
    ...SMALL_TENANT.sponsors,
    ...Object.fromEntries(MORE_AGENTS.map((id, index) => [id, index % 5 === 0 ? [] : [IDS.mira]])),
  },
  owners: {
    ...SMALL_TENANT.owners,
    ...Object.fromEntries(MORE_AGENTS.filter((_, index) => index % 3 === 0).map((id) => [id, [IDS.tomas]])),
  },
  lifecycle: Object.fromEntries(
    all.map((id) => [id, [{ lastAttestationDateTime: '2026-05-01T00:00:00Z', complianceIssues: [] }]]),
  ),
  lifecyclePolicies: [{ id: 'policy-1', displayName: 'Agents', isEnabled: true, complianceRules: [] }],
  appRoleAssignments: [
    ...(SMALL_TENANT.appRoleAssignments ?? []),
    ...MORE_AGENTS.filter((_, index) => index % 4 === 0).map((id, index) => ({
      id: `assignment-${index}`,
      appRoleId: 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
      createdDateTime: '2026-05-05T07:31:00Z',
      principalId: id,
      principalDisplayName: 'an agent',
      principalType: 'ServicePrincipal',
      resourceId: IDS.graph,
      resourceDisplayName: 'Microsoft Graph',
    })),
  ],
};
