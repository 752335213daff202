import type { Need } from './endpoint.ts';

export const API = 'https://learn.microsoft.com/graph/api/';
export const EVENTUAL = { ConsistencyLevel: 'eventual' } as const;

export const ORGANIZATION: Need = { least: 'Organization.Read.All', instead: ['Directory.Read.All'] };
export const BLUEPRINT: Need = {
  least: 'AgentIdentityBlueprint.Read.All',
  instead: ['Application.Read.All', 'Directory.Read.All'],
};
export const BLUEPRINT_ONLY: Need = { least: 'AgentIdentityBlueprint.Read.All', instead: [] };
export const BLUEPRINT_OR_APPLICATION: Need = {
  least: 'AgentIdentityBlueprint.Read.All',
  instead: ['Application.Read.All'],
};
export const PRINCIPAL: Need = {
  least: 'AgentIdentityBlueprintPrincipal.Read.All',
  instead: ['Application.Read.All'],
};
export const PRINCIPAL_ONLY: Need = { least: 'AgentIdentityBlueprintPrincipal.Read.All', instead: [] };
export const AGENT: Need = { least: 'AgentIdentity.Read.All', instead: ['Application.Read.All'] };
export const AGENT_ONLY: Need = { least: 'AgentIdentity.Read.All', instead: [] };
export const APPLICATION: Need = { least: 'Application.Read.All', instead: ['Directory.Read.All'] };
export const FEDERATED: Need = {
  least: 'Application.Read.All',
  instead: [],
  unconfirmed: 'whether AgentIdentityBlueprint.Read.All alone is enough is not documented',
};
export const GRANTS: Need = {
  least: 'Directory.Read.All',
  instead: ['DelegatedPermissionGrant.ReadWrite.All'],
  unconfirmed: 'DelegatedPermissionGrant.Read.All exists and may be enough, which is not documented',
};
export const INHERITED_GRANTS: Need = { least: 'Directory.Read.All', instead: [] };
export const ROLES: Need = { least: 'RoleManagement.Read.Directory', instead: ['Directory.Read.All'] };
export const MEMBERS: Need = {
  least: 'GroupMember.Read.All',
  instead: ['Group.Read.All', 'Directory.Read.All'],
};
export const USERS: Need = { least: 'User.Read.All', instead: ['Directory.Read.All'] };
export const USERS_STATE: Need = {
  ...USERS,
  unconfirmed: 'User.ReadBasic.All reads the list, but not whether an account is enabled',
};
export const AUDIT: Need = { least: 'AuditLog.Read.All', instead: [] };
export const POLICIES: Need = {
  least: 'Policy.Read.All',
  instead: [],
  unconfirmed: 'whether Policy.Read.ConditionalAccess is enough is not documented for this path',
};
