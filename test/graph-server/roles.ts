/** Application permissions with which everything the stand-in has can be read. All of them only read. */
export const ALL_READ_ROLES: readonly string[] = [
  'AgentIdentity.Read.All',
  'AgentIdentityBlueprint.Read.All',
  'AgentIdentityBlueprintPrincipal.Read.All',
  'Application.Read.All',
  'AuditLog.Read.All',
  'CustomSecAttributeAssignment.Read.All',
  'Directory.Read.All',
  'EntitlementManagement.Read.All',
  'GroupMember.Read.All',
  'IdentityRiskEvent.Read.All',
  'IdentityRiskyAgent.Read.All',
  'LifecyclePolicies-AgentId.Read.All',
  'Organization.Read.All',
  'Policy.Read.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
];
