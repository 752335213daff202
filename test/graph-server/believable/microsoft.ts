import type { Entity } from '../entities.ts';
import { guid } from './guid.ts';

/** Tenant that owns Microsoft's own applications. */
export const MICROSOFT_TENANT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

/** Application ids of Microsoft's, the same in every tenant: https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
export const APPS = {
  graph: '00000003-0000-0000-c000-000000000000',
  sharePoint: '00000003-0000-0ff1-ce00-000000000000',
  agentTools: 'ea9ffc3e-8a23-4a7d-836d-234d7c7565c1',
  observability: '9b975845-388f-4429-889e-eab1ef63949c',
  copilotStudio: '7ab7862c-4c57-491e-8a45-d52a7e023983',
  foundry: 'cb2ff863-7f30-4ced-ab89-a00194bcf6d9',
  graphCommandLine: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  teamsWeb: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  teamsDesktop: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
} as const;

/** Application permissions of Microsoft Graph: https://learn.microsoft.com/graph/permissions-reference */
export const GRAPH_ROLES = {
  'AgentIdentity.CreateAsManager': '4c390976-b2b7-42e0-9187-c6be3bead001',
  'AgentIdentityBlueprint.AddRemoveCreds.All': '0510736e-bdfb-4b37-9a1f-89b4a074763a',
  'Calendars.Read': '798ee544-9d2d-430c-a058-570e29e34338',
  'CallRecords.Read.All': '45bbb07e-7321-4fd7-a8f6-3ff27e6a81c8',
  'Channel.ReadBasic.All': '59a6b24b-4225-4393-8165-ebaec5f55d7a',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
  'Mail.ReadWrite': 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
  'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
  'Place.Read.All': '913b9306-0ce1-42b8-9137-6a7df690a760',
  'Policy.ReadWrite.ConditionalAccess': '01c0a623-fc9b-48e9-b794-0756f8e8f067',
  'Reports.Read.All': '230c1aed-a721-4c5d-9cb4-a90514e508ef',
  'ServiceHealth.Read.All': '79c261e0-fe76-4144-aad5-bdc68fbe4037',
  'Sites.Selected': '883ea226-0bf2-4a8f-9f9d-92c9162a727d',
  'Team.ReadBasic.All': '2280dda6-0bfd-44ee-a2f4-cb867cfc4c1e',
  'User.ReadBasic.All': '97235f07-e226-4f63-ace3-39588e11d3a1',
} as const;

/** Delegated permissions of Microsoft Graph. */
const GRAPH_SCOPES = {
  'Calendars.ReadBasic': '662d75ba-a364-42ad-adee-f5f880ea4878',
  'Channel.ReadBasic.All': '9d8982ae-4365-4f57-95e9-d6032a4c0b87',
  'Chat.Read': 'f501c180-9344-439a-bca0-6cbf209fd270',
  'Directory.AccessAsUser.All': '0e263e50-5827-48a4-b97c-d940288653c7',
  'Mail.Read': '570282fd-fa5c-430d-a7fd-fc8dc98a9dca',
  'Mail.ReadBasic': 'a4b8392a-d8d1-4954-a029-8e668a39a170',
  'Mail.ReadWrite': '024d486e-b451-40bb-833d-3e66d98c5c73',
  'People.Read': 'ba47897c-39ec-4d83-8086-ee8256fa737d',
  'Presence.Read.All': '9c7a330d-35b3-4aa1-963d-cb2b9f927841',
  'Tasks.Read': 'f45671fb-e0fe-4b4b-be20-3d3ce43f1bcb',
  'Team.ReadBasic.All': '485be79e-c497-4b35-9400-0e3fa7f2a5d4',
  'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  offline_access: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
  openid: '37f7f235-527c-4136-accd-4a02d197296e',
  profile: '14dad69e-099b-42c9-810b-d002981feec1',
} as const;

/** Built-in directory roles by template id: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const ROLES = {
  'Attribute Assignment Reader': 'ffd52fa5-98dc-465c-991d-fc073eb59f8f',
  'Exchange Administrator': '29232cdf-9323-42fd-ade2-1d097af3e4de',
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Security Reader': '5d6b6bb7-de71-4623-b4af-96380a352509',
  'Teams Administrator': '69091246-20e8-4a56-aa4d-066075b2a7a8',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const;

const PRIVILEGED: readonly string[] = [
  'Global Administrator',
  'Global Reader',
  'Security Reader',
  'User Administrator',
];

/** An API that the tenant knows, with its permissions. */
export type Api = {
  /** Object id of its service principal. */
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly roles: { readonly [value: string]: string };
  readonly scopes: { readonly [value: string]: string };
  readonly owner: string;
};

function ownIds(api: string, names: readonly string[]): { readonly [value: string]: string } {
  return Object.fromEntries(names.map((name) => [name, guid(`${api}/${name}`)]));
}

export const GRAPH: Api = {
  id: guid('service principal of Microsoft Graph'),
  appId: APPS.graph,
  name: 'Microsoft Graph',
  roles: GRAPH_ROLES,
  scopes: GRAPH_SCOPES,
  owner: MICROSOFT_TENANT,
};

export const AGENT_TOOLS: Api = {
  id: guid('service principal of Agent 365 Tools'),
  appId: APPS.agentTools,
  name: 'Agent 365 Tools',
  roles: {},
  scopes: ownIds('agent tools', [
    'McpServers.Calendar.All',
    'McpServers.Mail.All',
    'McpServers.Teams.All',
    'McpServersMetadata.Read.All',
  ]),
  owner: MICROSOFT_TENANT,
};

export const OBSERVABILITY: Api = {
  id: guid('service principal of the observability API'),
  appId: APPS.observability,
  name: 'Agent 365 Observability API',
  roles: ownIds('observability', ['Maven.ReadWrite.All']),
  scopes: {},
  owner: MICROSOFT_TENANT,
};

/** The company's own API. */
export const SHIPMENTS: Api = {
  id: guid('service principal of lf-shipments-api'),
  appId: guid('application lf-shipments-api'),
  name: 'lf-shipments-api',
  roles: ownIds('shipments', ['Shipments.Read', 'Rates.Read', 'Claims.Write']),
  scopes: ownIds('shipments', ['shipments.read']),
  owner: guid('tenant'),
};

/** The service principal of an API. */
export function principalOf(api: Api): Entity {
  return {
    '@odata.type': '#microsoft.graph.servicePrincipal',
    id: api.id,
    appId: api.appId,
    displayName: api.name,
    appDisplayName: api.name,
    accountEnabled: true,
    appOwnerOrganizationId: api.owner,
    servicePrincipalType: 'Application',
    servicePrincipalNames: [api.appId],
    appRoles: Object.entries(api.roles).map(([value, id]) => ({
      id,
      value,
      displayName: value,
      description: value,
      isEnabled: true,
      origin: 'Application',
      allowedMemberTypes: ['Application'],
    })),
    oauth2PermissionScopes: Object.entries(api.scopes).map(([value, id]) => ({
      id,
      value,
      type: 'User',
      isEnabled: true,
      adminConsentDisplayName: value,
      adminConsentDescription: value,
    })),
    signInAudience: 'AzureADMultipleOrgs',
  };
}

export const ROLE_DEFINITIONS: readonly Entity[] = Object.entries(ROLES).map(([displayName, id]) => ({
  id,
  displayName,
  description: `Has the rights of ${displayName}.`,
  isBuiltIn: true,
  isEnabled: true,
  isPrivileged: PRIVILEGED.includes(displayName),
  resourceScopes: ['/'],
  rolePermissions: [],
  templateId: id,
  version: '1',
}));
