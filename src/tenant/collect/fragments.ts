import type { JsonObject } from '../../model/resource.ts';
import { isObject } from '../../util/is-object.ts';
import type { SpoolRow } from '../spool/types.ts';
import { ENDPOINTS, type PartName } from './endpoints.ts';
import { facetOfAnswer, facetOfItem, facetOfPart, type Facet, type FacetValue } from './facets.ts';
import type { Part, PartResult } from './sweep.ts';
import { rowKey } from './sweep.ts';
import { idOf, pick, type Fields } from './values.ts';

/** What a row says of an object. */
type Fragment = {
  readonly base?: JsonObject;
  /** Some more of its properties. */
  readonly more?: JsonObject;
  /** Properties of `base` that had another type than Graph documents. */
  readonly bad?: readonly string[];
  readonly facets?: { readonly [facet in Facet]?: FacetValue };
  /** A request about it was answered with 404. */
  readonly missing?: true;
  /** A request about it failed. */
  readonly failed?: true;
};

/** Everything that was read about an object, put together. */
export type Whole = {
  readonly id: string;
  /** `null` when its own properties were not read. */
  readonly base: JsonObject | null;
  readonly bad: readonly string[];
  readonly facets: ReadonlyMap<Facet, FacetValue>;
  /** Whether asking for the object itself was answered with 404. */
  readonly gone: boolean;
  /** Requests about it that came to nothing: not asked again. */
  readonly tried: ReadonlySet<string>;
  /** Whether a request about something of it was answered with 404. */
  readonly missing: boolean;
};

/** Properties to keep of an object, and those that always are there. */
export type BaseFields = {
  readonly fields: Fields;
  readonly always: readonly string[];
  /** Whether these are only some of an object's properties: what has nothing else has not been read. */
  readonly partly?: true;
};

/** The row of an object of a list, with its properties and the facets that stand in it. `null` when it has no id. */
export function listRow(
  item: JsonObject,
  fields: BaseFields | null,
  facets: readonly Facet[],
): readonly SpoolRow[] | null {
  const id = idOf(item['id']);
  if (id === null) return null;
  const found: { [facet in Facet]?: FacetValue } = {};
  for (const facet of facets) {
    const value = facetOfItem(item, facet);
    if (value !== null) found[facet] = value;
  }
  const value: Fragment = { ...(fields === null ? {} : baseOf(item, fields)), facets: found };
  return [{ id, key: '', value }];
}

function baseOf(item: JsonObject, { fields, always, partly }: BaseFields): Fragment {
  const { value, bad } = pick(item, fields, always);
  const own = partly === true ? { more: value } : { base: value };
  return bad.length === 0 ? own : { ...own, bad };
}

/** Whether an answer about an object or a facet of it is what Graph documents. */
export function isPartAnswer({ part }: Part, value: unknown): boolean {
  const facet = facetOfPart(part);
  return facet === null ? isObject(value) : facetOfAnswer(facet, value) !== null;
}

/** The row of an answer about an object or a facet of it. */
export function partRow(
  part: Part,
  { result, ...rest }: PartResult,
  fields: BaseFields,
): readonly SpoolRow[] {
  const row = (value: Fragment): readonly SpoolRow[] => [{ id: part.id, key: rowKey(part), value }];
  if (result === 'missing') return row({ missing: true });
  const answer = 'value' in rest ? rest.value : null;
  if (result === 'failed') return row({ failed: true });
  const facet = facetOfPart(part.part);
  if (facet === null) return row(isObject(answer) ? baseOf(answer, fields) : { failed: true });
  const value = facetOfAnswer(facet, answer);
  return row(value === null ? { failed: true } : { facets: { [facet]: value } });
}

/** The rows of an object put together; what stands later is newer. */
export function wholeOf(id: string, rows: Iterable<SpoolRow>): Whole {
  const base: Record<string, unknown> = {};
  const more: Record<string, unknown> = {};
  let isListed = false;
  let bad: readonly string[] = [];
  let gone = false;
  let missing = false;
  const facets = new Map<Facet, FacetValue>();
  const tried = new Set<string>();
  for (const { key, value } of rows) {
    // Rows are written by this file only.
    const fragment = value as Fragment;
    const given = fragment.base ?? fragment.more;
    if (given !== undefined) {
      Object.assign(fragment.base === undefined ? more : base, given);
      isListed ||= fragment.base !== undefined;
      bad = [...bad.filter((name) => !Object.hasOwn(given, name)), ...(fragment.bad ?? [])];
    }
    for (const [facet, found] of Object.entries(fragment.facets ?? {})) facets.set(facet as Facet, found);
    if (key !== '') tried.add(key);
    if (fragment.missing !== true || !isPart(key)) continue;
    if (facetOfPart(key) === null) gone = true;
    else if (ENDPOINTS[key].api === 'v1.0') missing = true;
  }
  return { id, base: isListed ? { ...more, ...base } : null, bad, facets, gone, tried, missing };
}

function isPart(key: string): key is PartName {
  return Object.hasOwn(ENDPOINTS, key);
}
