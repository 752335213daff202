import type { Path } from '../documents/pointer.ts';

const WORDS: ReadonlyMap<unknown, string> = new Map([
  ['string', 'a string'],
  ['boolean', 'true or false'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['array', 'a list'],
  ['object', 'an object'],
]);

/** `api.oauth2PermissionScopes[0].type` */
export function dotted(path: Path): string {
  return path
    .map((key, place) => (typeof key === 'number' ? `[${key}]` : place === 0 ? key : `.${key}`))
    .join('');
}

export function quoted(name: string): string {
  return `"${name}"`;
}

/** `"a", "b" or "c"` */
export function oneOf(values: readonly string[]): string {
  const [last = '', ...others] = values.map(quoted).reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

export function didYouMean(meant: string | null): string | undefined {
  return meant === null ? undefined : `Did you mean "${meant}"?`;
}

/** What a schema's `type` asks for; that null would do as well is left out. */
export function typeWords(type: unknown): string {
  return [type]
    .flat()
    .filter((each) => each !== 'null')
    .map((each) => WORDS.get(each) ?? String(each))
    .join(' or ');
}

/** What a value is. */
export function nameOfType(value: unknown): string {
  if (value === null) return 'null';
  return (
    (Array.isArray(value) ? 'a list' : typeof value === 'boolean' ? 'a boolean' : WORDS.get(typeof value)) ??
    'that'
  );
}

/** What to write instead of null. */
export function hintForNull(value: unknown, type: unknown): string | undefined {
  if (value !== null) return undefined;
  return type === 'array'
    ? 'Write [] to say that there are none.'
    : 'Leave the property out to say nothing about it.';
}
