import type { FactGroup, ResourceKind } from './model/vocabulary.ts';
import type { PolicyBundle } from './policy/bundle.ts';
import type { RuleMetadata } from './policy/types.ts';
import { endpointsFor, permissionsFor } from './tenant/collect/endpoints.ts';
import { BETA_GROUPS, pairKey, wantedPairs, type Pair, type Wanted } from './tenant/collect/pairs.ts';
import { isTenantRule, wantedFacts } from './wanted.ts';

/** Who holds a permission: the application itself, or a signed-in user. */
export type PermissionKind = 'application' | 'delegated';

/** A permission of Microsoft Graph, and everything that it is needed for. */
export type NeededPermission = {
  readonly name: string;
  /** Id of the app role or scope; `null` when the table of permissions does not have it. */
  readonly id: string | null;
  /** What Microsoft's documentation leaves open about it, a sentence without a full stop each. */
  readonly unconfirmed: readonly string[];
  /** Whether only facts need it that come from the beta of Graph. */
  readonly beta: boolean;
  /** What is read with it. Without any, it is for the tenant itself: its id, name and domains. */
  readonly facts: readonly { readonly group: FactGroup; readonly of: ResourceKind }[];
  /** Ids of the rules that cannot judge everything without it. */
  readonly rules: readonly string[];
  /** Pages of Graph's reference that name it. */
  readonly sources: readonly string[];
};

export type PermissionsRequest = {
  /** The rules that are on. */
  readonly rules: readonly RuleMetadata[];
  readonly kind: PermissionKind;
  /** Whether facts are read from the beta of Graph, too. */
  readonly beta: boolean;
  /** Reference tables of the built-in rules, which have the ids of permissions. */
  readonly tables: PolicyBundle['tables'];
};

export type NeededPermissions = {
  readonly kind: PermissionKind;
  readonly beta: boolean;
  /** In the order of their names. */
  readonly permissions: readonly NeededPermission[];
  /** How many rules judge a tenant. */
  readonly rules: number;
};

/**
 * The least permissions that the rules need of a tenant. One that another one of them includes anyway is left out:
 * holding both would permit no more.
 */
export function neededPermissions({ rules, kind, beta, tables }: PermissionsRequest): NeededPermissions {
  const judging = rules.filter(isTenantRule);
  if (judging.length === 0) return { kind, beta, permissions: [], rules: 0 };
  const all = wantedFacts(judging);
  const ids = permissionIds(tables, kind);
  const least = permissionsFor(all, { beta });
  const served = factsByPermission(wantedPairs(all, { beta }), new Set(least.map(({ name }) => name)));
  const needs = judging.map((rule) => ({ id: rule.id, wanted: wantedPairs(wantedFacts([rule]), { beta }) }));
  const permissions = least.map(({ name, unconfirmed, sources }): NeededPermission => {
    const facts = served.get(name) ?? [];
    const isNeeded = (wanted: Wanted) =>
      facts.length === 0 || facts.some(({ group, of }) => wanted.has(group, of));
    return {
      name,
      id: ids.get(name) ?? null,
      unconfirmed,
      beta: facts.length > 0 && facts.every(({ group }) => BETA_GROUPS.has(group)),
      facts,
      rules: needs.filter(({ wanted }) => isNeeded(wanted)).map((need) => need.id),
      sources,
    };
  });
  return { kind, beta, permissions, rules: judging.length };
}

/** What is read with each permission that is held: with the least of several that would do. */
function factsByPermission(
  wanted: Wanted,
  held: ReadonlySet<string>,
): ReadonlyMap<string, NeededPermission['facts']> {
  const served = new Map<string, Map<string, Pair>>();
  for (const { feeds, needs } of endpointsFor(wanted)) {
    const pairs = feeds.filter(({ group, of }) => wanted.has(group, of));
    for (const { least, instead } of needs) {
      const name = [least, ...instead].find((candidate) => held.has(candidate)) ?? least;
      const facts = served.get(name) ?? new Map<string, Pair>();
      served.set(name, facts);
      for (const { group, of } of pairs) facts.set(pairKey({ group, of }), { group, of });
    }
  }
  return new Map(Array.from(served, ([name, facts]) => [name, [...facts.values()]]));
}

/** Names to ids, from the table that rules judge permissions by. */
function permissionIds(tables: PolicyBundle['tables'], kind: PermissionKind): ReadonlyMap<string, string> {
  // The package's own file: `list` has the names, and `application` and `delegated` the place in it by id.
  const { graph_permissions: table } = JSON.parse(tables) as {
    readonly graph_permissions: { readonly list: readonly string[] } & {
      readonly [kind in PermissionKind]: { readonly [id: string]: number };
    };
  };
  return new Map(Object.entries(table[kind]).map(([id, place]) => [table.list[place] ?? '', id]));
}
