import {
  FACT_GROUPS,
  isList,
  LISTED_KINDS,
  RESOURCE_KINDS,
  type FactGroup,
  type ResourceKind,
} from './model/vocabulary.ts';
import type { RuleMetadata } from './policy/types.ts';
import { PAIRS } from './tenant/collect/pairs.ts';

/** Facts about the resources of one kind, and the ids of the rules that cannot judge without them. */
export type WantedFacts = {
  readonly group: FactGroup;
  readonly of: ResourceKind;
  readonly rules: readonly string[];
};

const KINDS: readonly ResourceKind[] = [...new Set(Object.values(LISTED_KINDS))];

type NeedfulRule = Pick<RuleMetadata, 'id' | 'appliesTo' | 'requires' | 'surfaces'>;

/** Whether a rule judges objects of a tenant. */
export function isTenantRule({ appliesTo, surfaces }: Pick<NeedfulRule, 'appliesTo' | 'surfaces'>): boolean {
  return surfaces.includes('tenant') && appliesTo.some((kind) => KINDS.includes(kind));
}

/**
 * The facts that rules need of a tenant: the list of each kind that one applies to, and the groups that it requires, of
 * each of those kinds. Rules that judge no tenant need none. In the order of the vocabulary, each pair once.
 */
export function wantedFacts(rules: readonly NeedfulRule[]): readonly WantedFacts[] {
  const wanted = new Map<string, { group: FactGroup; of: ResourceKind; rules: string[] }>();
  for (const rule of rules.filter(isTenantRule)) {
    for (const [group, of] of needsOf(rule)) {
      const key = `${group}/${of}`;
      const entry = wanted.get(key) ?? { group, of, rules: [] };
      wanted.set(key, entry);
      if (!entry.rules.includes(rule.id)) entry.rules.push(rule.id);
    }
  }
  return [...wanted.values()].sort(
    (one, other) =>
      FACT_GROUPS.indexOf(one.group) - FACT_GROUPS.indexOf(other.group) ||
      KIND_ORDER.indexOf(one.of) - KIND_ORDER.indexOf(other.of),
  );
}

const KIND_ORDER = Object.keys(RESOURCE_KINDS) as readonly ResourceKind[];

function needsOf({ appliesTo, requires }: NeedfulRule): readonly (readonly [FactGroup, ResourceKind])[] {
  const kinds = appliesTo.filter((kind) => KINDS.includes(kind));
  const lists = Object.entries(LISTED_KINDS).flatMap(([group, of]) =>
    // What the tenant has once is read because a rule requires it, never because one is about the tenant.
    of !== 'organization' && kinds.includes(of) ? [[group as FactGroup, of] as const] : [],
  );
  const required = requires.flatMap((group) => {
    const of = isList(group) ? LISTED_KINDS[group] : null;
    if (of !== null) return [[group, of] as const];
    return kinds.flatMap((kind) => {
      const holder = holderOf(group, kind);
      return holder === null ? [] : [[group, holder] as const];
    });
  });
  return [...lists, ...required];
}

/** A principal has what its blueprint declares. */
const DECLARED_BY: { readonly [kind in ResourceKind]?: ResourceKind } = { blueprintPrincipal: 'blueprint' };

/**
 * The kind that a group is read of, for a rule about a kind; `null` when there is none: a rule for several kinds may require
 * what only some of them have.
 */
function holderOf(group: FactGroup, kind: ResourceKind): ResourceKind | null {
  const holders = [kind, DECLARED_BY[kind]];
  return PAIRS.find((pair) => pair.group === group && holders.includes(pair.of))?.of ?? null;
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Groups that options of rules name by their id: an organisation may count more groups among those that give rights than
 * Graph does.
 */
export function namedGroups<Rule extends Pick<RuleMetadata, 'requires'>>(
  rules: readonly Rule[],
  optionValues: (rule: Rule) => readonly unknown[],
): readonly string[] {
  const values = rules
    .filter(({ requires }) => requires.includes('privilegedGroups'))
    .flatMap((rule) => optionValues(rule).flat());
  const ids = values.filter((value) => typeof value === 'string').filter((value) => GUID.test(value));
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}
