import { FACT_GROUPS, RESOURCE_KINDS, type FactGroup, type ResourceKind } from '../model/vocabulary.ts';

/** What people call each group of facts. */
const GROUPS: { readonly [group in FactGroup]: string } = {
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
};

const PLURALS: { readonly [kind in ResourceKind]?: string } = {
  agentIdentity: 'agent identities',
  organization: 'the tenant',
  conditionalAccessPolicy: 'Conditional Access policies',
};

/** Groups that are objects of their own, so that "of …" would say the same again. */
const LISTS: readonly FactGroup[] = [
  'blueprints',
  'blueprintPrincipals',
  'agentIdentities',
  'agentUsers',
  'deletedItems',
  'lifecyclePolicies',
  'riskyAgents',
  'conditionalAccessPolicies',
];

/** A collection in words: `agent identities`, `sponsors of blueprints`. */
export function collectionInWords({
  group,
  of,
}: {
  readonly group: FactGroup;
  readonly of: ResourceKind;
}): string {
  return LISTS.includes(group) ? GROUPS[group] : `${GROUPS[group]} of ${kindInWords(of)}`;
}

/** Collections in words, those of one group together: `sponsors of blueprints and agent identities`. */
export function collectionsInWords(
  collections: readonly { readonly group: FactGroup; readonly of: ResourceKind }[],
): readonly string[] {
  return FACT_GROUPS.flatMap((group) => {
    const kinds = collections.filter((each) => each.group === group).map(({ of }) => kindInWords(of));
    if (kinds.length === 0) return [];
    return LISTS.includes(group) ? [GROUPS[group]] : [`${GROUPS[group]} of ${listed([...new Set(kinds)])}`];
  });
}

function kindInWords(kind: ResourceKind): string {
  return PLURALS[kind] ?? `${RESOURCE_KINDS[kind].label}s`;
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
