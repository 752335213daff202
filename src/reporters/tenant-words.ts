import type { CollectionStatus } from '../model/collection.ts';
import type { FactGroup, ResourceKind } from '../model/vocabulary.ts';

/** What an object of each kind is called: one, and many. */
export const KIND_WORDS = {
  blueprint: ['blueprint', 'blueprints'],
  blueprintPrincipal: ['blueprint principal', 'blueprint principals'],
  agentIdentity: ['agent identity', 'agent identities'],
  agentUser: ['agent user', 'agent users'],
  agent365Config: ['Agent 365 config', 'Agent 365 configs'],
  agent365GeneratedConfig: ['Agent 365 generated config', 'Agent 365 generated configs'],
  toolingManifest: ['tooling manifest', 'tooling manifests'],
  appPackageManifest: ['app package manifest', 'app package manifests'],
  agenticUserTemplate: ['agentic user template', 'agentic user templates'],
  organization: ['tenant', 'tenants'],
  conditionalAccessPolicy: ['Conditional Access policy', 'Conditional Access policies'],
  riskyAgent: ['risky agent', 'risky agents'],
} as const satisfies Record<ResourceKind, readonly [one: string, many: string]>;

/** What the facts of each group are called. */
export const GROUP_WORDS = {
  sponsors: 'sponsors',
  owners: 'owners',
  federatedIdentityCredentials: 'federated credentials',
  inheritablePermissions: 'inheritable permissions',
  blueprints: 'blueprints',
  blueprintPrincipals: 'blueprint principals',
  agentIdentities: 'agent identities',
  agentUsers: 'agent users',
  deletedItems: 'deleted agent objects',
  principals: 'who is behind sponsors and owners',
  appRoleAssignments: 'granted application permissions',
  oauth2PermissionGrants: 'granted delegated permissions',
  inheritedPermissions: 'inherited permissions',
  roleAssignments: 'directory roles',
  privilegedGroups: 'role-assignable groups',
  signInActivity: 'last sign-ins',
  lifecycle: 'lifecycle states',
  lifecyclePolicies: 'lifecycle policies',
  riskyAgents: 'risky agents',
  conditionalAccessPolicies: 'Conditional Access policies',
  customSecurityAttributes: 'custom security attributes',
  names: 'names and descriptions',
} as const satisfies Record<FactGroup, string>;

/** Groups that are about all of a tenant: it is not said what they are of. */
export const LISTS: ReadonlySet<FactGroup> = new Set([
  'blueprints',
  'blueprintPrincipals',
  'agentIdentities',
  'agentUsers',
  'deletedItems',
  'lifecyclePolicies',
  'riskyAgents',
  'conditionalAccessPolicies',
]);

export const STATUS_WORDS = {
  complete: 'complete',
  partial: 'read in part',
  forbidden: 'forbidden',
  unlicensed: 'not available in this tenant',
  failed: 'failed',
  notAsked: 'not asked for',
} as const satisfies Record<CollectionStatus, string>;
