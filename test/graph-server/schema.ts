import { derivesFrom } from './entities.ts';

export type Version = 'v1.0' | 'beta';

/** Filterable properties with their operators; `+` marks those that only advanced queries may use. */
export type FilterSupport = { readonly [path: string]: readonly string[] };

/** What a version of Graph shows of a type. */
export type Shape = {
  /** Returned without `$select`. */
  readonly byDefault: readonly string[];
  /** Returned only when selected. */
  readonly onSelect: readonly string[];
  readonly filter: FilterSupport;
};

type ShapeSource = {
  readonly byDefault: string;
  readonly onSelect?: string;
  /** Changes that beta has: `+name` is one more by default, `?name` one more on request, `-name` one less. */
  readonly beta?: string;
  readonly filter?: { readonly [path: string]: string };
};

const DIRECTORY_FILTER = {
  id: 'eq',
  displayName: 'eq startsWith',
  createdDateTime: 'range',
  deletedDateTime: 'range+',
};

const APPLICATION: ShapeSource = {
  byDefault: `id deletedDateTime addIns api appId applicationTemplateId appRoles certification createdByAppId
    createdDateTime defaultRedirectUri description disabledByMicrosoftStatus displayName groupMembershipClaims
    identifierUris info isDeviceOnlyAuthSupported isDisabled isFallbackPublicClient keyCredentials
    managerApplications nativeAuthenticationApisEnabled notes oauth2RequirePostResponse optionalClaims
    parentalControlSettings passwordCredentials publicClient publisherDomain requestSignatureVerification
    requiredResourceAccess samlMetadataUrl serviceManagementReference servicePrincipalLockConfiguration
    signInAudience spa tags tokenEncryptionKeyId uniqueName verifiedPublisher web`,
  onSelect: 'authenticationBehaviors',
  filter: {
    ...DIRECTORY_FILTER,
    appId: 'eq',
    createdByAppId: 'eq',
    'identifierUris/any': 'eq startsWith',
    signInAudience: 'eq',
    uniqueName: 'eq',
    'tags/any': 'eq',
    'owners/$count': 'eq+',
  },
};

const SERVICE_PRINCIPAL: ShapeSource = {
  byDefault: `id deletedDateTime accountEnabled addIns alternativeNames appDescription appDisplayName appId
    applicationTemplateId appOwnerOrganizationId appRoleAssignmentRequired appRoles createdByAppId description
    disabledByMicrosoftStatus displayName homepage info isDisabled keyCredentials loginUrl logoutUrl notes
    notificationEmailAddresses oauth2PermissionScopes passwordCredentials preferredSingleSignOnMode
    preferredTokenSigningKeyThumbprint replyUrls resourceSpecificApplicationPermissions samlSingleSignOnSettings
    servicePrincipalNames servicePrincipalType signInAudience tags tokenEncryptionKeyId verifiedPublisher`,
  onSelect: 'customSecurityAttributes',
  beta: '-oauth2PermissionScopes +publishedPermissionScopes +publisherName',
  filter: {
    ...DIRECTORY_FILTER,
    accountEnabled: 'eq',
    appId: 'eq',
    appOwnerOrganizationId: 'eq+',
    createdByAppId: 'eq',
    servicePrincipalType: 'eq',
    'servicePrincipalNames/any': 'eq',
    'tags/any': 'eq',
    'owners/$count': 'eq+',
  },
};

const USER_LIST = `id businessPhones displayName givenName jobTitle mail mobilePhone officeLocation
  preferredLanguage surname userPrincipalName`;
const USER_MORE = `deletedDateTime accountEnabled companyName createdDateTime creationType department employeeId
  externalUserState identityParentId mailNickname onPremisesSyncEnabled showInAddressList usageLocation userType`;

const USER: ShapeSource = {
  // https://learn.microsoft.com/graph/api/user-list: only these without `$select` in v1.0, everything in beta.
  byDefault: USER_LIST,
  onSelect: `${USER_MORE} signInActivity customSecurityAttributes`,
  beta: USER_MORE.split(/\s+/)
    .map((name) => `+${name}`)
    .join(' '),
  filter: {
    ...DIRECTORY_FILTER,
    accountEnabled: 'eq',
    identityParentId: 'eq',
    mail: 'eq startsWith endsWith+',
    userPrincipalName: 'eq startsWith endsWith+',
    userType: 'eq',
    'signInActivity/lastSignInDateTime': 'range',
  },
};

const SOURCES: { readonly [type: string]: ShapeSource } = {
  application: APPLICATION,
  agentIdentityBlueprint: APPLICATION,
  servicePrincipal: SERVICE_PRINCIPAL,
  agentIdentityBlueprintPrincipal: {
    ...SERVICE_PRINCIPAL,
    // The reference of the type lists these two in v1.0 as well.
    byDefault: `${SERVICE_PRINCIPAL.byDefault} publishedPermissionScopes publisherName`,
    beta: '-oauth2PermissionScopes',
  },
  agentIdentity: {
    // https://learn.microsoft.com/graph/api/resources/agentidentity
    byDefault: `id appId accountEnabled agentIdentityBlueprintId createdByAppId createdDateTime
      disabledByMicrosoftStatus displayName servicePrincipalType tags`,
    onSelect: `${SERVICE_PRINCIPAL.byDefault} customSecurityAttributes`,
    beta: '?managerApplications ?communicationConfiguration ?publishedPermissionScopes ?publisherName',
    filter: { ...SERVICE_PRINCIPAL.filter, agentIdentityBlueprintId: 'eq' },
  },
  user: USER,
  agentUser: USER,
  group: {
    byDefault: `id deletedDateTime classification createdDateTime creationOptions description displayName
      expirationDateTime groupTypes isAssignableToRole mail mailEnabled mailNickname membershipRule
      membershipRuleProcessingState onPremisesSyncEnabled proxyAddresses renewedDateTime securityEnabled
      securityIdentifier theme uniqueName visibility`,
    filter: {
      ...DIRECTORY_FILTER,
      'groupTypes/any': 'eq',
      isAssignableToRole: 'eq',
      mail: 'eq startsWith',
      mailEnabled: 'eq',
      securityEnabled: 'eq',
    },
  },
  directoryRole: {
    byDefault: 'id deletedDateTime description displayName roleTemplateId',
    filter: { id: 'eq', displayName: 'eq', roleTemplateId: 'eq' },
  },
  organization: {
    byDefault: `id deletedDateTime assignedPlans businessPhones city country countryLetterCode createdDateTime
      defaultUsageLocation displayName onPremisesLastSyncDateTime onPremisesSyncEnabled partnerTenantType
      preferredLanguage provisionedPlans technicalNotificationMails tenantType verifiedDomains`,
  },
  federatedIdentityCredential: {
    byDefault: 'id name issuer subject description audiences',
    beta: '+claimsMatchingExpression',
    filter: { name: 'eq', issuer: 'eq', subject: 'eq' },
  },
  inheritablePermission: {
    // `inheritableRoles` is in the guidance and the tools, on v1.0 paths too, though not in the metadata:
    // https://learn.microsoft.com/entra/agent-id/configure-inheritable-permissions-blueprints
    byDefault: 'resourceAppId inheritableScopes inheritableRoles',
    filter: { resourceAppId: 'eq' },
  },
  appRoleAssignment: {
    byDefault: `id deletedDateTime appRoleId createdDateTime principalDisplayName principalId principalType
      resourceDisplayName resourceId`,
    beta: '-createdDateTime +creationTimestamp',
    filter: {
      principalId: 'eq',
      resourceId: 'eq',
      appRoleId: 'eq',
      principalDisplayName: 'eq startsWith',
      resourceDisplayName: 'eq startsWith',
    },
  },
  oAuth2PermissionGrant: {
    byDefault: 'id clientId consentType principalId resourceId scope',
    beta: '+startTime +expiryTime',
    filter: { clientId: 'eq', consentType: 'eq', principalId: 'eq', resourceId: 'eq', scope: 'contains' },
  },
  unifiedRoleAssignment: {
    byDefault: 'id principalId directoryScopeId appScopeId roleDefinitionId',
    beta: '+resourceScope',
    filter: { principalId: 'eq', roleDefinitionId: 'eq', directoryScopeId: 'eq' },
  },
  unifiedRoleDefinition: {
    byDefault: `id description displayName isBuiltIn isEnabled resourceScopes rolePermissions templateId version`,
    beta: '+isPrivileged',
    filter: { id: 'eq', displayName: 'eq startsWith', isBuiltIn: 'eq' },
  },
  conditionalAccessPolicy: {
    byDefault: `id templateId displayName createdDateTime modifiedDateTime state conditions grantControls
      sessionControls`,
    filter: { id: 'eq', displayName: 'eq startsWith', state: 'eq' },
  },
  riskyAgent: {
    byDefault: `id agentDisplayName blueprintId identityType isDeleted isEnabled isProcessing riskDetail
      riskLastModifiedDateTime riskLevel riskState`,
    filter: {
      id: 'eq',
      riskLevel: 'eq',
      riskState: 'eq',
      identityType: 'eq',
      riskLastModifiedDateTime: 'range',
    },
  },
  agentRiskDetection: {
    byDefault: `id activityDateTime detectedDateTime lastModifiedDateTime agentId agentDisplayName identityId
      displayName identityType blueprintId riskEventType riskEvidence riskDetail riskLevel riskState
      detectionTimingType source clientSessionId signInClientDisplayName signInCorrelationId signInRequestId
      additionalInfo`,
    filter: { identityId: 'eq', riskLevel: 'eq', riskState: 'eq', detectedDateTime: 'range' },
  },
  signIn: {
    byDefault: `id createdDateTime servicePrincipalId servicePrincipalName userId userPrincipalName appId
      appDisplayName resourceId resourceDisplayName ipAddress conditionalAccessStatus status`,
    beta: '+signInEventTypes +agent',
    filter: {
      createdDateTime: 'range eq',
      appId: 'eq',
      userId: 'eq',
      servicePrincipalId: 'eq',
      'signInEventTypes/any': 'eq',
      'agent/agentType': 'eq',
      'agent/parentAppId': 'eq',
      'status/errorCode': 'eq',
    },
  },
  servicePrincipalSignInActivity: {
    byDefault: `id appId lastSignInActivity delegatedClientSignInActivity delegatedResourceSignInActivity
      applicationAuthenticationClientSignInActivity applicationAuthenticationResourceSignInActivity`,
    filter: { appId: 'eq' },
  },
  directoryAudit: {
    byDefault: `id category correlationId result resultReason activityDisplayName activityDateTime
      loggedByService operationType initiatedBy targetResources additionalDetails`,
    filter: {
      activityDateTime: 'range eq',
      activityDisplayName: 'eq startsWith',
      category: 'eq',
      loggedByService: 'eq',
      'targetResources/any/id': 'eq',
      'targetResources/any/displayName': 'eq startsWith',
    },
  },
  lifecyclePolicy: { byDefault: 'id displayName isEnabled complianceRules' },
  agentLifecycle: { byDefault: 'lastAttestationDateTime complianceIssues effectiveGoverningPolicy' },
  assignmentPolicy: {
    byDefault: 'id displayName description allowedTargetScope createdDateTime modifiedDateTime',
    filter: { allowedTargetScope: 'eq', displayName: 'eq' },
  },
  agentInstance: {
    byDefault: `id displayName ownerIds managedBy originatingStore createdBy createdDateTime
      lastModifiedDateTime sourceAgentId agentIdentityBlueprintId agentIdentityId agentUserId url
      preferredTransport additionalInterfaces signatures`,
    filter: { agentIdentityId: 'eq', displayName: 'eq' },
  },
  agentRegistration: {
    byDefault: `id displayName description sourceAgentId originatingStore agentIdentityBlueprintId
      agentIdentityId ownerIds managedByAppId createdBy lastPublishedBy sourceCreatedDateTime
      sourceLastModifiedDateTime agentCard`,
  },
  catalogPackage: { byDefault: 'id displayName type publisher', filter: { type: 'eq' } },
};

function words(source: string): readonly string[] {
  return source.split(/\s+/).filter((word) => word !== '');
}

function shapeOf(source: ShapeSource, version: Version): Shape {
  const byDefault = new Set(words(source.byDefault));
  const onSelect = new Set(words(source.onSelect ?? ''));
  if (version === 'beta') {
    for (const change of words(source.beta ?? '')) {
      const [sign, name] = [change.slice(0, 1), change.slice(1)];
      byDefault.delete(name);
      onSelect.delete(name);
      if (sign === '+') byDefault.add(name);
      if (sign === '?') onSelect.add(name);
    }
  }
  const filter = Object.entries(source.filter ?? {}).map(
    ([path, operators]) => [path, words(operators)] as const,
  );
  return { byDefault: [...byDefault], onSelect: [...onSelect], filter: Object.fromEntries(filter) };
}

/** Every type in both versions; directory objects as a whole have what any of their types has. */
const SHAPES: ReadonlyMap<string, Shape> = new Map(
  (['v1.0', 'beta'] as const).flatMap((version) => {
    const shapes = Object.entries(SOURCES).map(([type, source]) => [type, shapeOf(source, version)] as const);
    const any = shapes.filter(([type]) => derivesFrom(type, 'directoryObject')).map(([, shape]) => shape);
    const directoryObject: Shape = {
      byDefault: ['id', 'deletedDateTime'],
      onSelect: [...new Set(any.flatMap(({ byDefault, onSelect }) => [...byDefault, ...onSelect]))],
      filter: Object.assign({}, ...any.map(({ filter }) => filter)) as FilterSupport,
    };
    return [...shapes, ['directoryObject', directoryObject] as const].map(
      ([type, shape]) => [`${version} ${type}`, shape] as const,
    );
  }),
);

/** What a version shows of a type. */
export function shape(type: string, version: Version): Shape {
  const found = SHAPES.get(`${version} ${type}`);
  if (found === undefined) throw new Error(`The stand-in knows no type ${type}.`);
  return found;
}
