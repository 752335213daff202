/**
 * Every kind of resource that can be judged: its words in messages, and the surface it is read from.
 * The first four are Graph's agent types (https://learn.microsoft.com/graph/api/resources/agentid-platform-overview),
 * which are read from a tenant too; the next are files of an Agent 365 project
 * (https://github.com/microsoft/Agent365-devTools), the last are in tenants only.
 */
export const RESOURCE_KINDS = {
  blueprint: { label: 'blueprint', surface: 'manifest', graphType: 'agentIdentityBlueprint' },
  blueprintPrincipal: {
    label: 'blueprint principal',
    surface: 'manifest',
    graphType: 'agentIdentityBlueprintPrincipal',
  },
  agentIdentity: { label: 'agent identity', surface: 'manifest', graphType: 'agentIdentity' },
  agentUser: { label: 'agent user', surface: 'manifest', graphType: 'agentUser' },
  agent365Config: { label: 'Agent 365 config', surface: 'repository', graphType: null },
  agent365GeneratedConfig: { label: 'Agent 365 generated config', surface: 'repository', graphType: null },
  toolingManifest: { label: 'tooling manifest', surface: 'repository', graphType: null },
  appPackageManifest: { label: 'app package manifest', surface: 'repository', graphType: null },
  agenticUserTemplate: { label: 'agentic user template', surface: 'repository', graphType: null },
  organization: { label: 'tenant', surface: 'tenant', graphType: 'organization' },
  conditionalAccessPolicy: {
    label: 'Conditional Access policy',
    surface: 'tenant',
    graphType: 'conditionalAccessPolicy',
  },
  riskyAgent: { label: 'risky agent', surface: 'tenant', graphType: 'riskyAgent' },
} as const;

export type ResourceKind = keyof typeof RESOURCE_KINDS;

/** The kinds that stand in files. */
export type DocumentKind = {
  [kind in ResourceKind]: (typeof RESOURCE_KINDS)[kind]['surface'] extends 'tenant' ? never : kind;
}[ResourceKind];

export const DOCUMENT_KINDS: readonly DocumentKind[] = (
  Object.keys(RESOURCE_KINDS) as readonly ResourceKind[]
).filter(isDocumentKind);

function isDocumentKind(kind: ResourceKind): kind is DocumentKind {
  return RESOURCE_KINDS[kind].surface !== 'tenant';
}

/**
 * The groups of facts that may be unknown for a resource; a rule names those that it needs in `requires`. The first
 * four stand in files as well; the others are known of tenants only.
 */
export const FACT_GROUPS = [
  'sponsors',
  'owners',
  'federatedIdentityCredentials',
  'inheritablePermissions',
  // Whether the objects of a kind were read: rules about their number, or about a parent that is missing, need it.
  'blueprints',
  'blueprintPrincipals',
  'agentIdentities',
  'agentUsers',
  'deletedItems',
  // State and kind of the people, groups and applications behind sponsors and owners.
  'principals',
  'appRoleAssignments',
  'oauth2PermissionGrants',
  'inheritedPermissions',
  'roleAssignments',
  'privilegedGroups',
  'signInActivity',
  'lifecycle',
  'lifecyclePolicies',
  'riskyAgents',
  'conditionalAccessPolicies',
  'customSecurityAttributes',
  // What objects are called, and how they are described: hidden in a snapshot that was redacted.
  'names',
] as const;

export type FactGroup = (typeof FACT_GROUPS)[number];

/** Groups that list a kind, and the kind: a rule about another kind may need them as well. */
export const LISTED_KINDS = {
  blueprints: 'blueprint',
  blueprintPrincipals: 'blueprintPrincipal',
  agentIdentities: 'agentIdentity',
  agentUsers: 'agentUser',
  conditionalAccessPolicies: 'conditionalAccessPolicy',
  riskyAgents: 'riskyAgent',
  lifecyclePolicies: 'organization',
  deletedItems: 'organization',
} as const satisfies { readonly [group in FactGroup]?: ResourceKind };

/** Whether a group lists objects of its own. */
export function isList(group: FactGroup): group is keyof typeof LISTED_KINDS {
  return Object.hasOwn(LISTED_KINDS, group);
}

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** From worst to least. */
export type Severity = (typeof SEVERITIES)[number];
