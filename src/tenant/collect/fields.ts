import type { Fields } from './values.ts';

/** Properties of applications that rules read (https://learn.microsoft.com/graph/api/resources/application). */
export const BLUEPRINT_FIELDS: Fields = {
  id: 'text',
  appId: 'text',
  displayName: 'text',
  description: 'text',
  uniqueName: 'text',
  signInAudience: 'text',
  identifierUris: 'texts',
  api: 'object',
  appRoles: 'objects',
  requiredResourceAccess: 'objects',
  keyCredentials: 'credentials',
  passwordCredentials: 'credentials',
  web: 'object',
  info: 'object',
  groupMembershipClaims: 'text',
  optionalClaims: 'object',
  tags: 'texts',
  serviceManagementReference: 'text',
  verifiedPublisher: 'object',
  publisherDomain: 'text',
  certification: 'object',
  tokenEncryptionKeyId: 'text',
  createdByAppId: 'text',
  createdDateTime: 'text',
  disabledByMicrosoftStatus: 'text',
  managerApplications: 'texts',
  isDisabled: 'flag',
  servicePrincipalLockConfiguration: 'object',
  authenticationBehaviors: 'object',
  publicClient: 'object',
  spa: 'object',
  isFallbackPublicClient: 'flag',
  addIns: 'objects',
  parentalControlSettings: 'object',
  samlMetadataUrl: 'text',
  nativeAuthenticationApisEnabled: 'text',
  oauth2RequirePostResponse: 'flag',
  notes: 'text',
  requestSignatureVerification: 'object',
  defaultRedirectUri: 'text',
  isDeviceOnlyAuthSupported: 'flag',
  applicationTemplateId: 'text',
};

/** https://learn.microsoft.com/graph/api/resources/agentidentityblueprintprincipal */
export const PRINCIPAL_FIELDS: Fields = {
  id: 'text',
  appId: 'text',
  displayName: 'text',
  appDisplayName: 'text',
  appDescription: 'text',
  appOwnerOrganizationId: 'text',
  appRoleAssignmentRequired: 'flag',
  appRoles: 'objects',
  accountEnabled: 'flag',
  createdByAppId: 'text',
  disabledByMicrosoftStatus: 'text',
  info: 'object',
  publishedPermissionScopes: 'objects',
  publisherName: 'text',
  servicePrincipalNames: 'texts',
  servicePrincipalType: 'text',
  signInAudience: 'text',
  tags: 'texts',
  verifiedPublisher: 'object',
  keyCredentials: 'credentials',
  passwordCredentials: 'credentials',
};

/** https://learn.microsoft.com/graph/api/resources/agentidentity */
export const AGENT_FIELDS: Fields = {
  id: 'text',
  appId: 'text',
  displayName: 'text',
  accountEnabled: 'flag',
  agentIdentityBlueprintId: 'text',
  createdByAppId: 'text',
  createdDateTime: 'text',
  disabledByMicrosoftStatus: 'text',
  servicePrincipalType: 'text',
  tags: 'texts',
  keyCredentials: 'credentials',
  passwordCredentials: 'credentials',
};

/** https://learn.microsoft.com/graph/api/resources/agentuser */
export const USER_FIELDS: Fields = {
  id: 'text',
  displayName: 'text',
  userPrincipalName: 'text',
  accountEnabled: 'flag',
  createdDateTime: 'text',
  identityParentId: 'text',
  userType: 'text',
};

export const ORGANIZATION_FIELDS: Fields = { id: 'text', displayName: 'text', verifiedDomains: 'objects' };

/** https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy?view=graph-rest-beta */
export const POLICY_FIELDS: Fields = {
  id: 'text',
  displayName: 'text',
  state: 'text',
  conditions: 'object',
  grantControls: 'object',
  createdDateTime: 'text',
  modifiedDateTime: 'text',
};

/** https://learn.microsoft.com/graph/api/resources/riskyagent?view=graph-rest-beta */
export const RISKY_FIELDS: Fields = {
  '@odata.type': 'text',
  id: 'text',
  agentDisplayName: 'text',
  blueprintId: 'text',
  identityType: 'text',
  isDeleted: 'flag',
  isEnabled: 'flag',
  isProcessing: 'flag',
  riskDetail: 'text',
  riskLastModifiedDateTime: 'text',
  riskLevel: 'text',
  riskState: 'text',
};

/** Names that Microsoft's guidance has; the type is not in the published metadata. */
export const LIFECYCLE_POLICY_FIELDS: Fields = {
  id: 'text',
  displayName: 'text',
  isEnabled: 'flag',
  complianceRules: 'list',
};

export const LIFECYCLE_FIELDS: Fields = {
  lastAttestationDateTime: 'text',
  complianceIssues: 'list',
  effectiveGoverningPolicy: 'object',
};

export const DELETED_FIELDS: Fields = {
  '@odata.type': 'text',
  id: 'text',
  appId: 'text',
  displayName: 'text',
  deletedDateTime: 'text',
};

/** https://learn.microsoft.com/graph/api/resources/approleassignment */
export const ASSIGNMENT_FIELDS: Fields = {
  id: 'text',
  appRoleId: 'text',
  resourceId: 'text',
  resourceDisplayName: 'text',
  createdDateTime: 'text',
};

/** https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant */
export const GRANT_FIELDS: Fields = {
  id: 'text',
  clientId: 'text',
  consentType: 'text',
  principalId: 'text',
  resourceId: 'text',
  scope: 'text',
};

/** https://learn.microsoft.com/graph/api/resources/unifiedroleassignment */
export const ROLE_FIELDS: Fields = { id: 'text', roleDefinitionId: 'text', directoryScopeId: 'text' };

export const ROLE_DEFINITION_FIELDS: Fields = {
  displayName: 'text',
  templateId: 'text',
  isBuiltIn: 'flag',
  isPrivileged: 'flag',
};

/** https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
export const FEDERATED_FIELDS: Fields = {
  id: 'text',
  name: 'text',
  issuer: 'text',
  subject: 'text',
  audiences: 'texts',
  description: 'text',
  claimsMatchingExpression: 'object',
};

/** https://learn.microsoft.com/graph/api/resources/inheritablepermission; roles are in the guidance only. */
export const INHERITABLE_FIELDS: Fields = {
  resourceAppId: 'text',
  inheritableScopes: 'object',
  inheritableRoles: 'object',
};

/** People, groups and applications behind sponsors and owners. */
export const PERSON_FIELDS: Fields = {
  id: 'text',
  displayName: 'text',
  userPrincipalName: 'text',
  accountEnabled: 'flag',
  userType: 'text',
};

export const GROUP_FIELDS: Fields = {
  id: 'text',
  displayName: 'text',
  groupTypes: 'texts',
  securityEnabled: 'flag',
  isAssignableToRole: 'flag',
};

export const APPLICATION_FIELDS: Fields = {
  id: 'text',
  appId: 'text',
  displayName: 'text',
  accountEnabled: 'flag',
  servicePrincipalType: 'text',
};

/** Properties that Graph gives of every object of a list, and that rules stand on. */
export const ALWAYS = {
  blueprint: ['appId', 'displayName', 'signInAudience', 'keyCredentials', 'passwordCredentials'],
  blueprintPrincipal: ['appId', 'displayName', 'accountEnabled', 'appOwnerOrganizationId', 'keyCredentials'],
  agentIdentity: ['displayName', 'accountEnabled', 'agentIdentityBlueprintId', 'createdDateTime'],
  agentUser: ['displayName', 'accountEnabled', 'identityParentId'],
  credentials: ['keyCredentials', 'passwordCredentials'],
  policy: ['displayName', 'state', 'conditions', 'grantControls'],
  risky: ['riskState', 'riskLevel'],
  assignment: ['appRoleId', 'resourceId'],
  grant: ['consentType', 'resourceId', 'scope'],
  role: ['roleDefinitionId'],
  federated: ['name', 'issuer', 'audiences'],
  inheritable: ['resourceAppId', 'inheritableScopes'],
} as const satisfies { readonly [name: string]: readonly string[] };
