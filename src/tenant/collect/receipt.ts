import type { Collection } from '../../model/collection.ts';
import { ENDPOINTS, permissionsOf } from './endpoints.ts';
import type { Facet } from './facets.ts';
import type { GroupsRead } from './groups.ts';
import type { AgentKind } from './kinds.ts';
import type { KindRead } from './objects.ts';
import type { Outcome } from './outcome.ts';
import { BETA_GROUPS, PAIRS, pairKey, type Pair, type PairKey, type Wanted } from './pairs.ts';
import type { Tallies, Tally } from './sweep.ts';

/** For how many records a pair is known and for how many not. */
export type Counts = { known: number; unknown: number };

/** Everything that the receipt is written from. */
export type Ends = {
  readonly wanted: Wanted;
  readonly kinds: { readonly [kind in AgentKind]?: KindRead };
  readonly lists: { readonly [name: string]: Outcome };
  readonly groups: GroupsRead | null;
  readonly principals: Tallies;
  readonly resources: Tallies;
  readonly inherited: Tallies;
  /** Records as they were written. */
  readonly records: ReadonlyMap<PairKey, Counts>;
};

type End = Pick<Collection, 'status' | 'reason' | 'evidence'> &
  Pick<Collection, 'objects' | 'unread' | 'requests' | 'duplicates'>;

/** A line for every pair there is: how it was read, or that it was not asked for. */
export function receiptOf(ends: Ends): readonly Collection[] {
  const charged = new Set<string>();
  const lines = PAIRS.map((pair) =>
    line(pair, ends.wanted.has(pair.group, pair.of) ? endOf(pair, ends, charged) : unasked(pair, ends)),
  );
  const unreadable = ends.wanted.unreadable.map((pair) =>
    line(pair, {
      ...NOTHING,
      status: 'failed',
      reason: 'Graph tells nothing about this for objects of this kind',
    }),
  );
  return [...lines, ...unreadable];
}

const NOTHING = {
  reason: null,
  evidence: null,
  objects: 0,
  unread: 0,
  requests: 0,
  duplicates: 0,
  by: null,
} as const;

function line(pair: Pair, end: End & { readonly by?: Collection['by'] }): Collection {
  return {
    group: pair.group,
    of: pair.of,
    status: end.status,
    api: apiOf(pair),
    objects: end.objects,
    unread: end.unread,
    requests: end.requests,
    duplicates: end.duplicates,
    permissions: permissionsOf(pair),
    reason: end.reason,
    by: end.by ?? null,
    evidence: end.evidence,
  };
}

function apiOf(pair: Pair): Collection['api'] {
  const own = Object.values(ENDPOINTS).filter(({ feeds }) =>
    feeds.some((fed) => pairKey(fed) === pairKey(pair)),
  );
  return BETA_GROUPS.has(pair.group) && own.some(({ api }) => api === 'beta') ? 'beta' : 'v1.0';
}

function unasked(pair: Pair, { wanted }: Ends): End & { readonly by: Collection['by'] } {
  const byUser = wanted.leftOut.some((left) => pairKey(left) === pairKey(pair));
  return byUser
    ? { ...NOTHING, status: 'notAsked', by: 'user', reason: 'It is in the beta of Graph, which was left out' }
    : { ...NOTHING, status: 'notAsked', by: 'plan', reason: 'No rule that is on needs it' };
}

function endOf(pair: Pair, ends: Ends, charged: Set<string>): End {
  const { group, of } = pair;
  const kind = of in ends.kinds ? ends.kinds[of as AgentKind] : undefined;
  if (kind === undefined) return listEnd(pair, ends);
  if (group === kind.plan.group) return kindEnd(kind);
  const counts = ends.records.get(pairKey(pair)) ?? { known: 0, unknown: 0 };
  const { sources, requests, duplicates } = sourcesOf(pair, kind, ends);
  const charge = (amount: number, name: string): number => {
    if (charged.has(name)) return 0;
    charged.add(name);
    return amount;
  };
  const spent = requests.reduce((sum, [name, amount]) => sum + charge(amount, name), 0);
  const base = { objects: counts.known, requests: spent, duplicates };
  return { ...base, ...statusOf(kind, counts, sources) };
}

/** The list of a kind that records are made of object by object. */
function kindEnd({ list, again, survey, count, credentials, repairs, plan }: KindRead): End {
  const requests =
    list.requests +
    (again?.requests ?? 0) +
    (credentials?.requests ?? 0) +
    (repairs[plan.object]?.requests ?? 0);
  const base = { objects: survey.objects, unread: survey.bad, requests, duplicates: list.duplicates };
  if (list.status !== 'complete' && !(list.status === 'partial' && again?.status === 'complete'))
    return { ...base, status: list.status, reason: list.reason, evidence: list.evidence };
  if (credentials !== null && credentials.status !== 'complete')
    return {
      ...base,
      status: 'partial',
      unread: survey.objects,
      reason: `whether they have credentials is not known: ${credentials.reason ?? 'their list is incomplete'}`,
      evidence: credentials.evidence,
    };
  const partial = (reason: string): End => ({
    ...base,
    status: 'partial',
    reason,
    evidence: again?.evidence ?? null,
  });
  if (count !== null && count > survey.objects)
    return partial(`Graph counts ${count}, and ${survey.objects} came in two passes`);
  if (survey.bad > 0) return partial(`${survey.bad} have properties of another type than Graph documents`);
  return { ...base, status: 'complete', reason: null, evidence: null };
}

type Fault = NonNullable<Tally['fault']>;

/** What a pair of a kind depends on: how it ended, and the requests that were spent on it, each with a name. */
function sourcesOf(
  { group, of }: Pair,
  kind: KindRead,
  ends: Ends,
): {
  readonly sources: readonly (Fault | null)[];
  readonly requests: readonly (readonly [string, number])[];
  readonly duplicates: number;
} {
  const { plan } = kind;
  const outcomes: (readonly [string, Outcome | undefined])[] = [];
  const tallies: (readonly [string, Tally | undefined])[] = [];
  const told: (Fault | null)[] = [];
  const lists = (...names: readonly string[]): void => {
    for (const name of names) outcomes.push([name, ends.lists[name]]);
  };
  const all = (step: string, sweep: Tallies): void => {
    for (const [name, tally] of Object.entries(sweep)) tallies.push([`${step} ${name}`, tally]);
  };
  const part = plan.parts[group as Facet];
  if (part !== undefined) {
    outcomes.push([`pass ${part}`, kind.passes[group as Facet]]);
    tallies.push([`facet ${part}`, kind.facets[part]], [`repair ${part}`, kind.repairs[part]]);
  }
  if (group === 'federatedIdentityCredentials')
    tallies.push(['claims', kind.repairs['blueprint.claimsMatchingExpressions']]);
  if (group === 'principals') {
    all('principals', ends.principals);
    // Who is not told as a sponsor or owner is not known either.
    for (const facet of ['sponsors', 'owners'] as const)
      if (ends.wanted.has(facet, of)) told.push(...sourcesOf({ group: facet, of }, kind, ends).sources);
  }
  if (group === 'oauth2PermissionGrants') lists('oauth2PermissionGrants');
  if (group === 'oauth2PermissionGrants' || group === 'appRoleAssignments') all('resources', ends.resources);
  if (group === 'roleAssignments') lists('roleAssignments');
  if (group === 'roleAssignments' || group === 'privilegedGroups') {
    lists('groups');
    all('named', ends.groups?.named ?? {});
    all('members', ends.groups?.members ?? {});
  }
  if (group === 'signInActivity' && of === 'agentIdentity') lists('signInReport', 'signIns');
  if (group === 'inheritedPermissions') all('inherited', ends.inherited);
  return {
    sources: [
      ...outcomes.map(([, outcome]) =>
        outcome === undefined || outcome.status === 'complete' ? null : outcome,
      ),
      ...tallies.map(([, tally]) => tally?.fault ?? null),
      ...told,
    ],
    requests: [
      ...outcomes.map(([name, outcome]) => [name, outcome?.requests ?? 0] as const),
      ...tallies.map(([name, tally]) => [name, tally?.requests ?? 0] as const),
    ],
    duplicates: outcomes.reduce((sum, [, outcome]) => sum + (outcome?.duplicates ?? 0), 0),
  };
}

type Status = Pick<End, 'status' | 'reason' | 'evidence' | 'unread'>;

function statusOf(kind: KindRead, counts: Counts, sources: readonly (Fault | null)[]): Status {
  const { list, survey } = kind;
  const fault = sources.find((source) => source !== null) ?? null;
  const why = { reason: fault?.reason ?? list.reason, evidence: fault?.evidence ?? list.evidence };
  if (survey.objects === 0 && list.status !== 'complete') {
    const { status, reason, evidence } = list;
    return { status, reason, evidence, unread: 0 };
  }
  // Nothing came of it, be it because there is nothing that it could be asked for.
  const isRefused = fault !== null && fault.status !== 'partial';
  if (isRefused && counts.known === 0) return { ...why, status: fault.status, unread: 0 };
  if (counts.unknown > 0) {
    const reason = why.reason ?? 'Graph did not tell it for all of them';
    return counts.known === 0 && fault?.status !== 'partial'
      ? { ...why, reason, status: 'failed', unread: 0 }
      : { ...why, reason, status: 'partial', unread: counts.unknown };
  }
  if (kindEnd(kind).status !== 'complete')
    return {
      status: 'partial',
      reason: 'not all objects of this kind were read',
      evidence: list.evidence,
      unread: 0,
    };
  return { status: 'complete', reason: null, evidence: null, unread: 0 };
}

/** Lists that become records as they are. */
function listEnd(pair: Pair, ends: Ends): End {
  const names = LISTS[pair.group] ?? [pair.group];
  const outcomes = names.flatMap((name) => ends.lists[name] ?? []);
  const bad = outcomes.find(({ status }) => status !== 'complete');
  const sum = (key: 'objects' | 'requests' | 'duplicates'): number =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const counts = ends.records.get(pairKey(pair)) ?? { known: 0, unknown: 0 };
  const unread = counts.unknown;
  const base = { objects: counts.known + unread, requests: sum('requests'), duplicates: sum('duplicates') };
  if (bad !== undefined)
    return { ...base, unread, status: bad.status, reason: bad.reason, evidence: bad.evidence };
  if (unread > 0)
    return {
      ...base,
      unread,
      status: 'partial',
      reason: `${unread} have properties of another type than Graph documents`,
      evidence: null,
    };
  return { ...base, unread, status: 'complete', reason: null, evidence: null };
}

const LISTS: { readonly [group in Pair['group']]?: readonly string[] } = {
  deletedItems: ['deletedServicePrincipals', 'deletedApplications'],
};

/** Whether everything that was asked for is there. */
export function isComplete(receipt: readonly Collection[]): boolean {
  return receipt.every(({ status }) => status === 'complete' || status === 'notAsked');
}
