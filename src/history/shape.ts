import { isObject } from '../util/is-object.ts';

/** Whether a value is one that a key may have. */
export type Check = (value: unknown) => boolean;

/** The keys of an object, each with what it may hold. */
export type Shape = { readonly [key: string]: Check };

export const isText: Check = (value) => typeof value === 'string';
export const isFilledText: Check = (value) => typeof value === 'string' && value !== '';
export const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const isBoolean: Check = (value) => typeof value === 'boolean';

export function isOneOf(words: readonly string[]): Check {
  return (value) => typeof value === 'string' && words.includes(value);
}

export function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

export function hasShape(shape: Shape): Check {
  return (value) => isObject(value) && misfit(value, shape) === null;
}

/** What is wrong with an object, as a sentence without its values; `null` when it fits. */
export function misfit(
  object: Record<string, unknown>,
  required: Shape,
  optional: Shape = {},
): string | null {
  for (const key in required) if (!(key in object)) return `The key ${JSON.stringify(key)} is missing.`;
  for (const key of Object.keys(object)) {
    const check = checkOf(required, key) ?? checkOf(optional, key);
    if (check === undefined) return 'It has a key that is not known.';
    if (!check(object[key])) return `The key ${JSON.stringify(key)} has no value that it can have.`;
  }
  return null;
}

function checkOf(shape: Shape, key: string): Check | undefined {
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}
