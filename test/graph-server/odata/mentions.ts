import type { Filter } from './filter-syntax.ts';

/** Whether a filter says something about a property. */
export function mentions(filter: Filter | null, property: string): boolean {
  if (filter === null) return false;
  if (filter.op === 'and' || filter.op === 'or') {
    return mentions(filter.left, property) || mentions(filter.right, property);
  }
  if (filter.op === 'not') return mentions(filter.inner, property);
  if (filter.op === 'isof') return false;
  return filter.path === property || filter.path.startsWith(`${property}/`);
}
