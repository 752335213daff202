/**
 * What a token must not be able to change: agents, applications, the directory, roles, grants, and the policies over
 * them. Names are the part of a Graph permission before its first dot or hyphen.
 * https://learn.microsoft.com/graph/permissions-reference
 */
const GUARDED = new Set([
  'AccessReview',
  'AdministrativeUnit',
  'AppCertTrustConfiguration',
  'AppRegistration',
  'AppRoleAssignment',
  'Application',
  'AuthenticationContext',
  'ConsentRequest',
  'CustomSecAttributeAssignment',
  'CustomSecAttributeDefinition',
  'CustomSecAttributeProvisioning',
  'DelegatedAdminRelationship',
  'DelegatedPermissionGrant',
  'Directory',
  'DirectoryRecommendations',
  'Domain',
  'EntitlementManagement',
  'EntitlementMgmt',
  'EntraBackup',
  'Group',
  'GroupMember',
  'GroupSettings',
  'IdentityProvider',
  'IdentityUserFlow',
  'LicenseAssignment',
  'LifecycleManagement',
  'LifecyclePolicies',
  'LifecycleWorkflows',
  'MultiTenantOrganization',
  'MutualTlsOauthConfiguration',
  'OnPremDirectorySynchronization',
  'Organization',
  'Policy',
  'PreAuthorizationGrant',
  'PrivilegedAccess',
  'PrivilegedAssignmentSchedule',
  'PrivilegedEligibilitySchedule',
  'PublicKeyInfrastructure',
  'ResourceSpecificPermissionGrant',
  'RoleAssignmentSchedule',
  'RoleEligibilitySchedule',
  'RoleManagement',
  'RoleManagementAlert',
  'RoleManagementPolicy',
  'ServicePrincipalEndpoint',
  'SpiffeTrustDomain',
  'Synchronization',
  'SynchronizationData',
  'TrustFrameworkKeySet',
  'UnifiedGroupMember',
  'User',
  'UserAuthMethod',
  'UserAuthenticationMethod',
]);

/** Families of names that are guarded as a whole: `AgentIdentityBlueprint`, `AgentIdUser`, `IdentityRiskyAgent`, … */
const GUARDED_FAMILY = /^(?:Agent[A-Z]|IdentityRisk)/;

/**
 * Whether a Graph permission can change agents or the directory that they live in. Anything about them that is not
 * plainly reading counts, so that names which are new do too: `AgentIdentity.EnableDisable.All`,
 * `Directory.AccessAsUser.All`, `Application.ReadUpdate.All`.
 */
export function canWrite(permission: string): boolean {
  const [subject = '', action = ''] = permission.split('.');
  const [name = ''] = subject.split('-');
  if (!GUARDED.has(name) && !GUARDED_FAMILY.test(name)) return false;
  return action !== 'Read' && action !== 'ReadBasic';
}
