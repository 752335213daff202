import { account, constant, id, list, name, object, plain, role, text } from './shape.ts';

/** Metadata only: what a credential is, never what it is made of. */
export const credentials = list(
  object({
    keyId: plain,
    displayName: name,
    type: plain,
    usage: plain,
    startDateTime: plain,
    endDateTime: plain,
  }),
);

/** Principals of a relationship, with what was joined to them. */
export const people = list(
  object({
    '@odata.type': plain,
    id,
    displayName: name,
    userPrincipalName: account,
    accountEnabled: plain,
    userType: plain,
    groupTypes: list(plain),
    securityEnabled: plain,
    isAssignableToRole: plain,
    appId: plain,
    servicePrincipalType: plain,
    state: plain,
    memberCount: plain,
    enabledMemberCount: plain,
  }),
);

export const permissionScopes = list(
  object({
    id: constant,
    value: plain,
    type: plain,
    isEnabled: plain,
    origin: plain,
    adminConsentDisplayName: name,
    adminConsentDescription: text,
    userConsentDisplayName: name,
    userConsentDescription: text,
  }),
);

export const appRoles = list(
  object({
    id: constant,
    value: plain,
    displayName: name,
    description: text,
    allowedMemberTypes: list(plain),
    isEnabled: plain,
    origin: plain,
  }),
);

export const appRoleAssignments = list(
  object(
    {
      id,
      appRoleId: constant,
      resourceId: plain,
      resourceDisplayName: name,
      createdDateTime: plain,
      resourceAppId: plain,
      appRoleValue: plain,
    },
    { createdDateTime: 'creationTimestamp' },
  ),
);

export const oauth2PermissionGrants = list(
  object({
    id,
    consentType: plain,
    principalId: plain,
    resourceId: plain,
    scope: plain,
    resourceAppId: plain,
    resourceDisplayName: name,
  }),
);

export const roleAssignments = list(
  object({
    id,
    roleDefinitionId: role,
    directoryScopeId: plain,
    roleDefinition: object({
      displayName: name,
      templateId: role,
      isBuiltIn: plain,
      isPrivileged: plain,
    }),
    viaGroup: object({ id, displayName: name }),
  }),
);

export const groups = list(
  object({ '@odata.type': plain, id, displayName: name, isAssignableToRole: plain }),
);

export const info = object({
  logoUrl: plain,
  marketingUrl: plain,
  privacyStatementUrl: plain,
  supportUrl: plain,
  termsOfServiceUrl: plain,
});

export const verifiedPublisher = object({
  displayName: name,
  verifiedPublisherId: plain,
  addedDateTime: plain,
});

export const optionalClaims = list(
  object({ name: plain, source: plain, essential: plain, additionalProperties: list(plain) }),
);

export const inheritable = object({
  '@odata.type': plain,
  kind: plain,
  scopes: list(plain),
  roles: list(plain),
});

export const redirects = object({ redirectUris: list(plain) });

export const signInActivity = object({ lastSignInDateTime: plain, source: plain });
