import type { Endpoint, EndpointRow, Need } from './endpoint.ts';
import { LISTS } from './lists.ts';
import { BETA_GROUPS, pairKey, wantedPairs, type Pair, type Wanted } from './pairs.ts';
import { PARTS } from './parts.ts';

export type ListName = keyof typeof LISTS;
export type PartName = keyof typeof PARTS;
export type EndpointName = ListName | PartName;

/**
 * Everything that is ever read from Graph, but for delta queries and counts: lists of the whole tenant page by page, the
 * rest in batches. Facts are from Graph's reference pages, each named in `source`.
 */
export const ENDPOINTS: { readonly [name in EndpointName]: Endpoint } = {
  ...table(LISTS, { batched: false, per: 'tenant' }),
  ...table(PARTS, { batched: true, per: 'tenant' }),
};

function table<Name extends EndpointName>(
  rows: { readonly [name in Name]: EndpointRow },
  common: Pick<Endpoint, 'batched' | 'per'>,
): { readonly [name in Name]: Endpoint } {
  const defaults = { api: 'v1.0', lane: 'directory', pageSize: null, counted: 'no', ...common } as const;
  const entries = Object.entries<EndpointRow>(rows).map(([name, row]) => [
    name,
    { name, ...defaults, ...row },
  ]);
  return Object.fromEntries(entries) as { readonly [name in Name]: Endpoint };
}

/** The endpoints that are read for what is wanted, in the order of the table; the organisation always is. */
export function endpointsFor(wanted: Wanted): readonly Endpoint[] {
  return Object.values(ENDPOINTS).filter(
    ({ feeds }) => feeds.length === 0 || feeds.some(({ group, of }) => wanted.has(group, of)),
  );
}

/** A permission of Microsoft Graph that is needed, and why. */
export type NeededGraphPermission = {
  readonly name: string;
  /** What cannot be read without it; `[]` for the tenant's own id and name, which everything needs. */
  readonly feeds: readonly Pair[];
  /** Whether it is needed for beta facts alone. */
  readonly beta: boolean;
  /** What Graph's documentation leaves open about it, a sentence each without a full stop; `[]` when all is documented. */
  readonly unconfirmed: readonly string[];
  /** Reference pages that say so. */
  readonly sources: readonly string[];
};

/** Those that show the most: one that others do for is left out. */
const BROADEST_FIRST = ['Directory.Read.All', 'Application.Read.All'];

/**
 * The least set of permissions (application permissions; delegated ones have the same names) that everything asked for
 * can be read with, in the order of names. A permission is left out when others that are needed anyway do as well,
 * the broadest ones first.
 */
export function permissionsFor(
  asked: Iterable<Pair>,
  options: { readonly beta: boolean },
): readonly NeededGraphPermission[] {
  const wanted = wantedPairs(asked, options);
  const needs = endpointsFor(wanted).flatMap((endpoint) =>
    endpoint.needs.map((need) => ({ need, endpoint })),
  );
  const chosen = new Set(needs.map(({ need }) => need.least));
  const order = [...chosen].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const name of order) {
    const without = new Set([...chosen].filter((other) => other !== name));
    if (needs.every(({ need }) => isMet(need, without))) chosen.delete(name);
  }
  return [...chosen].sort().map((name) => {
    const users = needs.filter(({ need }) => need.least === name || need.instead.includes(name));
    const own = users.filter(({ need }) => need.least === name);
    const feeds = new Map<string, Pair>();
    for (const { endpoint } of users)
      for (const pair of endpoint.feeds) if (wanted.has(pair.group, pair.of)) feeds.set(pairKey(pair), pair);
    return {
      name,
      feeds:
        users.some(({ endpoint }) => endpoint.feeds.length === 0) && feeds.size === 0
          ? []
          : [...feeds.values()],
      beta: feeds.size > 0 && [...feeds.values()].every(({ group }) => BETA_GROUPS.has(group)),
      unconfirmed: [...new Set(own.flatMap(({ need }) => need.unconfirmed ?? []))],
      sources: [...new Set(own.map(({ endpoint }) => endpoint.source))],
    };
  });
}

/** The least privileged permissions of what feeds a pair, all of which are needed. */
export function permissionsOf(pair: Pair): readonly string[] {
  const endpoints = Object.values(ENDPOINTS).filter(({ feeds }) =>
    feeds.some(({ group, of }) => group === pair.group && of === pair.of),
  );
  return [...new Set(endpoints.flatMap(({ needs }) => needs.map(({ least }) => least)))].sort();
}

function isMet({ least, instead }: Need, held: ReadonlySet<string>): boolean {
  return held.has(least) || instead.some((name) => held.has(name));
}

function rank(name: string): number {
  const index = BROADEST_FIRST.indexOf(name);
  return index === -1 ? BROADEST_FIRST.length : index;
}
