import { badRequest, unsupported } from '../errors.ts';
import { parseFilter, type Filter } from './filter-syntax.ts';

type Expand = { readonly relation: string; readonly select: readonly string[] | null };

/** Query options of a request (https://learn.microsoft.com/graph/query-parameters). */
export type Query = {
  readonly select: readonly string[] | null;
  readonly expand: Expand | null;
  readonly filter: Filter | null;
  readonly top: number | null;
  readonly count: boolean;
  readonly orderby: { readonly property: string; readonly descending: boolean } | null;
  readonly search: { readonly property: string; readonly value: string } | null;
  readonly skiptoken: string | null;
  readonly deltatoken: string | null;
  /** Everything but the tokens, in one order: what a token is good for. */
  readonly identity: string;
};

function listOf(value: string, option: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.some((name) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(name))) {
    throw badRequest(`Syntax error in query option '${option}'.`);
  }
  return names;
}

function expandOf(value: string): Expand {
  const match = /^([A-Za-z][A-Za-z0-9]*)(?:\((.*)\))?$/.exec(value.trim());
  if (match === null) throw unsupported('Only one relationship can be expanded in a request.');
  const [, relation = '', nested] = match;
  if (nested === undefined) return { relation, select: null };
  if (!nested.startsWith('$select=')) throw unsupported("Only '$select' is supported within '$expand'.");
  return { relation, select: listOf(nested.slice('$select='.length), '$select') };
}

function orderOf(value: string): NonNullable<Query['orderby']> {
  const match = /^([A-Za-z]+)(?:\s+(asc|desc))?$/.exec(value.trim());
  if (match === null) throw badRequest("Syntax error in query option '$orderby'.");
  return { property: match[1] ?? '', descending: match[2] === 'desc' };
}

function searchOf(value: string): NonNullable<Query['search']> {
  const match = /^"([A-Za-z]+):([^"]*)"$/.exec(value.trim());
  if (match === null) throw badRequest("Syntax error in query option '$search'.");
  return { property: match[1] ?? '', value: match[2] ?? '' };
}

function topOf(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw badRequest("Invalid value for query option '$top'.");
  return Number(value);
}

/** Parses the options, of which `allowed` are documented for the path; any other is a bad request. */
export function parseQuery(search: string, allowed: readonly string[]): Query {
  const options = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    const key = name.toLowerCase();
    if (!key.startsWith('$')) throw badRequest(`The query parameter '${name}' is not supported.`);
    if (!allowed.includes(key) && key !== '$skiptoken') {
      throw unsupported(`The query option '${name}' is not supported for this request.`);
    }
    if (options.has(key)) throw badRequest(`The query option '${name}' was specified more than once.`);
    options.set(key, value);
  }
  const read = <T>(name: string, parse: (value: string) => T): T | null => {
    const value = options.get(name);
    return value === undefined ? null : parse(value);
  };
  return {
    select: read('$select', (value) => listOf(value, '$select')),
    expand: read('$expand', expandOf),
    filter: read('$filter', parseFilter),
    top: read('$top', topOf),
    count: options.get('$count') === 'true',
    orderby: read('$orderby', orderOf),
    search: read('$search', searchOf),
    skiptoken: options.get('$skiptoken') ?? null,
    deltatoken: options.get('$deltatoken') ?? null,
    identity: JSON.stringify(
      [...options]
        .filter(([name]) => name !== '$skiptoken' && name !== '$deltatoken')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}
