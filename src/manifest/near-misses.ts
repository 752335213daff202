import type { KeyTree } from '../../schemas/generated/types.d.mts';
import type { Path } from '../documents/pointer.ts';
import { suggest } from '../util/suggest.ts';
import { isObject } from '../util/is-object.ts';

export type UnknownKey = { readonly path: Path; readonly key: string };

/** How many are looked for: one more than is listed. */
const ENOUGH = 101;

/** One: Graph may bring a property whose name is like another's, and refusing an honest file is worse than missing a slip. */
const MOST_SLIPS = 1;

/**
 * Unknown properties that look like a slip of a known one, at every depth that the tree knows. A known property that
 * stands beside its look-alike was not mistyped.
 */
export function nearMisses(data: unknown, tree: KeyTree): readonly UnknownKey[] {
  const found: UnknownKey[] = [];
  collect(data, tree, [], found);
  return found;
}

function collect(value: unknown, tree: KeyTree, path: Path, found: UnknownKey[]): void {
  if (Array.isArray(value)) {
    value.forEach((entry: unknown, index) => {
      if (found.length < ENOUGH) collect(entry, tree, [...path, index], found);
    });
    return;
  }
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    if (found.length >= ENOUGH) return;
    const below = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (below === undefined) {
      if (isNearMiss(key, value, tree)) found.push({ path, key });
    } else if (below !== null) {
      collect(value[key], below, [...path, key], found);
    }
  }
}

function isNearMiss(key: string, beside: object, tree: KeyTree): boolean {
  if (key.startsWith('x-') || key.startsWith('@')) return false;
  const meant = suggest(key, Object.keys(tree), MOST_SLIPS);
  return meant !== null && !Object.hasOwn(beside, meant);
}
