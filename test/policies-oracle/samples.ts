/** A type as `opa capabilities` declares it. */
export type RegoType = {
  readonly type: string;
  readonly of?: RegoType | readonly RegoType[];
  readonly static?: readonly RegoType[] | readonly { readonly key: string; readonly value: RegoType }[];
  readonly dynamic?: RegoType | { readonly key: RegoType; readonly value: RegoType };
};

/** A value as Rego source text. */
export type Term = string;

const NUMBERS = ['-2', '0', '1', '2.5', '7', '255'];
const STRINGS = ['""', '"abc"', '"aXbXc"', '" h\u00e9llo \u{1f600} "', '"10"', '"a,b,,c"'];
const ANY = [
  'null',
  'true',
  '-2.5',
  '"abc"',
  '[]',
  '[3, "a", null]',
  '{}',
  '{"a": {"b": [1, 2]}}',
  'set()',
  '{1, 2, "a"}',
];

/** Values of a type, from the plain to the odd; every type has at least one. */
function samplesOf(type: RegoType): readonly Term[] {
  switch (type.type) {
    case 'number':
      return NUMBERS;
    case 'string':
      return STRINGS;
    case 'boolean':
      return ['true', 'false'];
    case 'null':
      return ['null'];
    case 'any':
      return Array.isArray(type.of) ? type.of.flatMap((option: RegoType) => samplesOf(option)) : ANY;
    case 'array':
      return samplesOfArray(type);
    case 'set':
      return ['set()', ...subsets(elementSamples(type)).map((items) => `{${items.join(', ')}}`)];
    case 'object':
      return samplesOfObject(type);
    default:
      throw new Error(`No samples for the type ${type.type}.`);
  }
}

/** Argument tuples: every sample of every argument occurs, and the tuples stay few. */
export function tuplesOf(types: readonly RegoType[]): readonly (readonly Term[])[] {
  const pools = types.map((type) => samplesOf(type));
  const [first = [], second = [], ...rest] = pools;
  if (pools.length === 0) return [[]];
  if (pools.length === 1) return first.map((term) => [term]);
  const pairs = first.flatMap((a) => second.map((b) => [a, b]));
  return pairs.map((pair, index) => [
    ...pair,
    ...rest.map((pool, place) => pool[(index + place) % pool.length] ?? ''),
  ]);
}

/** Argument tuples with one value of each type in one argument's place, whether it fits there or not. */
export function wrongTuplesOf(types: readonly RegoType[]): readonly (readonly Term[])[] {
  const good = types.map((type) => samplesOf(type).at(-1) ?? 'null');
  return types.flatMap((_, place) =>
    ANY.map((term) => good.map((other, index) => (index === place ? term : other))),
  );
}

function samplesOfArray(type: RegoType): readonly Term[] {
  const fixed = (type.static ?? []) as readonly RegoType[];
  if (fixed.length > 0) {
    return [0, 1, 2].map((shift) => `[${fixed.map((item) => at(samplesOf(item), shift)).join(', ')}]`);
  }
  return ['[]', ...subsets(elementSamples(type)).map((items) => `[${items.join(', ')}]`)];
}

function samplesOfObject(type: RegoType): readonly Term[] {
  const dynamic = type.dynamic;
  if (dynamic === undefined || !('key' in dynamic)) return ['{}', '{"a": 1, "b": {"c": [1, 2]}}'];
  const keys = samplesOf(dynamic.key);
  const values = samplesOf(dynamic.value);
  const pairs = [0, 1, 2, 3].map((shift) => `${at(keys, shift)}: ${at(values, shift)}`);
  return [
    '{}',
    `{${at(pairs, 1)}}`,
    `{${pairs.slice(0, Math.min(pairs.length, keys.length)).join(', ')}}`,
    '{"a": {"b": {"c": 1}}, "b": [1, 2]}',
  ];
}

function elementSamples(type: RegoType): readonly Term[] {
  const element = Array.isArray(type.of) ? undefined : ((type.of ?? type.dynamic) as RegoType | undefined);
  return samplesOf(element ?? { type: 'any' });
}

/** One element, the first three backwards, and the last two. */
function subsets(items: readonly Term[]): readonly (readonly Term[])[] {
  return [[at(items, 0)], items.slice(0, 3).reverse(), items.slice(-2)];
}

function at(items: readonly Term[], index: number): Term {
  return items[index % items.length] ?? 'null';
}
