import { derivesFrom, typeOf, type Entity } from '../entities.ts';
import { badRequest, unsupported } from '../errors.ts';
import type { FilterSupport } from '../schema.ts';
import type { Comparison, Filter, Value } from './filter-syntax.ts';

/** What a filter needs beyond what every request may do. */
export type FilterNeeds = { readonly advanced: boolean };

/** More in one clause are refused: https://learn.microsoft.com/graph/filter-query-parameter */
const MAX_TERMS = 15;

function termsOf(filter: Filter): number {
  if (filter.op === 'or') return termsOf(filter.left) + termsOf(filter.right);
  return filter.op === 'in' ? filter.values.length : 1;
}

function operatorOf(filter: Extract<Filter, { path: string }>): string {
  if (filter.op === 'compare') {
    if (filter.by === 'eq' || filter.by === 'ne') return filter.by;
    return 'range';
  }
  return filter.op === 'in' ? 'eq' : filter.op;
}

/**
 * Checks that a type's properties may be filtered like that. Operators that only advanced queries have (`ne`, `not`,
 * `isof`, counts, and those marked `+`) set `advanced`.
 */
export function checkFilter(filter: Filter, supported: FilterSupport, directory: boolean): FilterNeeds {
  if (termsOf(filter) > MAX_TERMS) {
    throw badRequest('Too many child clauses specified in search filter expression.');
  }
  return { advanced: needsAdvanced(filter, { supported, directory, within: null }) && directory };
}

type Place = {
  readonly supported: FilterSupport;
  readonly directory: boolean;
  /** The variable of a lambda and the list that it runs over. */
  readonly within: { readonly name: string; readonly path: string } | null;
};

function needsAdvanced(part: Filter, place: Place): boolean {
  switch (part.op) {
    case 'and':
    case 'or': {
      const [left, right] = [needsAdvanced(part.left, place), needsAdvanced(part.right, place)];
      return left || right;
    }
    case 'not':
      needsAdvanced(part.inner, place);
      return true;
    case 'isof':
      if (!place.directory) throw unsupported("Operator 'isof' is not supported.");
      return true;
    case 'any':
      return needsAdvanced(part.inner, { ...place, within: { name: part.name, path: part.path } });
    case 'compare':
    case 'in':
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return propertyNeedsAdvanced(part, place);
  }
}

function propertyNeedsAdvanced(
  part: Extract<Filter, { path: string }>,
  { supported, within }: Place,
): boolean {
  const path = pathWithin(part.path, within);
  const wanted = operatorOf(part);
  const known = wanted === 'ne' ? 'eq' : wanted;
  const found = supported[path]?.find((operator) => operator.replace('+', '') === known);
  if (found === undefined) {
    throw unsupported(`Unsupported or invalid query filter clause specified for property '${path}'.`);
  }
  return wanted === 'ne' || wanted === 'endsWith' || found.endsWith('+');
}

function pathWithin(path: string, within: Place['within']): string {
  if (within === null) return path;
  if (path === within.name) return `${within.path}/any`;
  if (path.startsWith(`${within.name}/`)) return `${within.path}/any/${path.slice(within.name.length + 1)}`;
  throw badRequest(`Invalid filter clause: '${path}'.`);
}

function valueAt(entity: unknown, path: string, count: (relation: string) => number): unknown {
  let at: unknown = entity;
  for (const [index, segment] of path.split('/').entries()) {
    if (segment === '$count') {
      const relation = path.split('/')[index - 1] ?? '';
      return Array.isArray(at) ? at.length : count(relation);
    }
    at = typeof at === 'object' && at !== null ? (at as Entity)[segment] : undefined;
  }
  return at;
}

function comparable(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') {
    return /^\d{4}-\d\d-\d\d(?:T|$)/.test(value) ? Date.parse(value) : value.toLowerCase();
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function compares(actual: unknown, by: Comparison, expected: Value): boolean {
  const [left, right] = [comparable(actual), comparable(expected)];
  if (by === 'eq') return left === right;
  if (by === 'ne') return left !== right;
  if (typeof left !== typeof right || left === null || right === null) return false;
  if (by === 'ge') return left >= right;
  if (by === 'le') return left <= right;
  return by === 'gt' ? left > right : left < right;
}

/** Whether an object passes. `count` tells how many objects a relationship of it has. */
export function passes(
  filter: Filter,
  entity: unknown,
  count: (relation: string) => number = () => 0,
): boolean {
  switch (filter.op) {
    case 'and':
      return passes(filter.left, entity, count) && passes(filter.right, entity, count);
    case 'or':
      return passes(filter.left, entity, count) || passes(filter.right, entity, count);
    case 'not':
      return !passes(filter.inner, entity, count);
    case 'isof':
      return derivesFrom(typeOf(entity as Entity), filter.type);
    case 'any': {
      const list = valueAt(entity, filter.path, count);
      return (
        Array.isArray(list) &&
        list.some((item) => passes(filter.inner, { [filter.name]: item as unknown }, count))
      );
    }
    case 'in':
      return filter.values.some((value) => compares(valueAt(entity, filter.path, count), 'eq', value));
    case 'compare':
      return compares(valueAt(entity, filter.path, count), filter.by, filter.value);
    case 'startsWith':
    case 'endsWith':
    case 'contains': {
      const actual = valueAt(entity, filter.path, count);
      if (typeof actual !== 'string') return false;
      const [whole, part] = [actual.toLowerCase(), filter.value.toLowerCase()];
      if (filter.op === 'startsWith') return whole.startsWith(part);
      return filter.op === 'endsWith' ? whole.endsWith(part) : whole.includes(part);
    }
  }
}
