import { isList, LISTED_KINDS, type FactGroup, type ResourceKind } from '../../model/vocabulary.ts';

/** A fact group of a kind of resource: what one line of the receipt is about. */
export type Pair = { readonly group: FactGroup; readonly of: ResourceKind };

/** A pair as one word, for sets and maps. */
export type PairKey = `${FactGroup}/${ResourceKind}`;

export function pairKey({ group, of }: Pair): PairKey {
  return `${group}/${of}`;
}

/** Every pair that is read from tenants, in the order of the receipt. */
export const PAIRS = [
  { group: 'blueprints', of: 'blueprint' },
  { group: 'sponsors', of: 'blueprint' },
  { group: 'owners', of: 'blueprint' },
  { group: 'principals', of: 'blueprint' },
  { group: 'federatedIdentityCredentials', of: 'blueprint' },
  { group: 'inheritablePermissions', of: 'blueprint' },
  { group: 'blueprintPrincipals', of: 'blueprintPrincipal' },
  { group: 'sponsors', of: 'blueprintPrincipal' },
  { group: 'owners', of: 'blueprintPrincipal' },
  { group: 'principals', of: 'blueprintPrincipal' },
  { group: 'appRoleAssignments', of: 'blueprintPrincipal' },
  { group: 'oauth2PermissionGrants', of: 'blueprintPrincipal' },
  { group: 'inheritedPermissions', of: 'blueprintPrincipal' },
  { group: 'roleAssignments', of: 'blueprintPrincipal' },
  { group: 'privilegedGroups', of: 'blueprintPrincipal' },
  { group: 'agentIdentities', of: 'agentIdentity' },
  { group: 'sponsors', of: 'agentIdentity' },
  { group: 'owners', of: 'agentIdentity' },
  { group: 'principals', of: 'agentIdentity' },
  { group: 'appRoleAssignments', of: 'agentIdentity' },
  { group: 'oauth2PermissionGrants', of: 'agentIdentity' },
  { group: 'roleAssignments', of: 'agentIdentity' },
  { group: 'privilegedGroups', of: 'agentIdentity' },
  { group: 'signInActivity', of: 'agentIdentity' },
  { group: 'lifecycle', of: 'agentIdentity' },
  { group: 'customSecurityAttributes', of: 'agentIdentity' },
  { group: 'agentUsers', of: 'agentUser' },
  { group: 'sponsors', of: 'agentUser' },
  { group: 'principals', of: 'agentUser' },
  { group: 'roleAssignments', of: 'agentUser' },
  { group: 'privilegedGroups', of: 'agentUser' },
  { group: 'signInActivity', of: 'agentUser' },
  { group: 'conditionalAccessPolicies', of: 'conditionalAccessPolicy' },
  { group: 'riskyAgents', of: 'riskyAgent' },
  { group: 'lifecyclePolicies', of: 'organization' },
  { group: 'deletedItems', of: 'organization' },
] as const satisfies readonly Pair[];

const KNOWN: ReadonlySet<string> = new Set(PAIRS.map(pairKey));

/** Groups that are in Graph's beta only, or for the most part. `--no-beta` leaves them out. */
export const BETA_GROUPS: ReadonlySet<FactGroup> = new Set([
  'inheritedPermissions',
  'signInActivity',
  'lifecycle',
  'lifecyclePolicies',
  'riskyAgents',
  'conditionalAccessPolicies',
]);

/** The group that lists a kind. */
const LIST_OF: { readonly [kind in ResourceKind]?: FactGroup } = {
  blueprint: 'blueprints',
  blueprintPrincipal: 'blueprintPrincipals',
  agentIdentity: 'agentIdentities',
  agentUser: 'agentUsers',
  conditionalAccessPolicy: 'conditionalAccessPolicies',
  riskyAgent: 'riskyAgents',
};

/** What has to be read beside a pair, so that its records are whole. */
const ALSO: { readonly [group in FactGroup]?: (of: ResourceKind) => readonly Pair[] } = {
  principals: (of) => [
    { group: 'sponsors', of },
    { group: 'owners', of },
  ],
  inheritedPermissions: () => [{ group: 'agentIdentities', of: 'agentIdentity' }],
};

/** What the rules need, as it is read: pairs that stand for others are replaced, lists that others stand on are added. */
export type Wanted = {
  readonly has: (group: FactGroup, of: ResourceKind) => boolean;
  /** In the order of the receipt. */
  readonly pairs: readonly Pair[];
  /** Pairs that no request can answer: the rules that need them cannot be judged on a tenant. */
  readonly unreadable: readonly Pair[];
  /** Pairs that were wanted and that `--no-beta` leaves out. */
  readonly leftOut: readonly Pair[];
};

/** The pairs to read for what the rules need. */
export function wantedPairs(asked: Iterable<Pair>, options: { readonly beta: boolean }): Wanted {
  const wanted = new Map<PairKey, Pair>();
  const unreadable = new Map<PairKey, Pair>();
  const leftOut = new Map<PairKey, Pair>();
  const add = (pair: Pair): void => {
    const read = { group: pair.group, of: isList(pair.group) ? LISTED_KINDS[pair.group] : pair.of };
    const key = pairKey(read);
    if (wanted.has(key)) return;
    if (!KNOWN.has(key)) {
      unreadable.set(key, read);
      return;
    }
    if (!options.beta && BETA_GROUPS.has(read.group)) {
      leftOut.set(key, read);
      return;
    }
    wanted.set(key, read);
    const list = LIST_OF[read.of];
    if (list !== undefined) add({ group: list, of: read.of });
    for (const also of ALSO[read.group]?.(read.of) ?? []) if (KNOWN.has(pairKey(also))) add(also);
  };
  for (const pair of asked) add(pair);
  return {
    has: (group, of) => wanted.has(pairKey({ group, of })),
    pairs: PAIRS.filter((pair) => wanted.has(pairKey(pair))),
    unreadable: [...unreadable.values()],
    leftOut: PAIRS.filter((pair) => leftOut.has(pairKey(pair))),
  };
}
