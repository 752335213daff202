import { isObject } from '../util/is-object.ts';
import { problemOfText } from './plain-text.ts';

/** What is wrong with a value. Each problem begins with its place inside of the value, such as `.title` or `[2]`, and `: `. */
export type Check = (value: unknown) => readonly string[];

/** An object with exactly these fields; the optional ones may be left out. */
export function record(
  fields: { readonly [field: string]: Check },
  optional: { readonly [field: string]: Check } = {},
): Check {
  const known = { ...fields, ...optional };
  return (value) => {
    if (!isObject(value)) return [': must be an object'];
    const problems = Object.entries(known).flatMap(([field, check]) => {
      if (Object.hasOwn(value, field)) return check(value[field]).map((problem) => `.${field}${problem}`);
      return Object.hasOwn(optional, field) ? [] : [`.${field}: is missing`];
    });
    const hasOthers = Object.keys(value).some((field) => !Object.hasOwn(known, field));
    return hasOthers ? [...problems, `: has no fields but ${Object.keys(known).join(', ')}`] : problems;
  };
}

/** An object whose keys are names of a kind. */
export function mapOf(name: RegExp, check: Check): Check {
  return (value) => {
    if (!isObject(value)) return [': must be an object'];
    return Object.entries(value).flatMap(([key, entry]) =>
      name.test(key)
        ? check(entry).map((problem) => `.${key}${problem}`)
        : [`: every name must match ${name.source}`],
    );
  };
}

/** A list without repetitions. */
export function list(check: Check, least: number, most = 100): Check {
  return (value) => {
    if (!Array.isArray(value)) return [': must be a list'];
    if (value.length < least) return [': must not be empty'];
    if (value.length > most) return [`: must have at most ${most} entries`];
    const seen = new Set<string>();
    return value.flatMap((entry: unknown, place) => {
      const text = JSON.stringify(entry);
      const problems = seen.has(text) ? [': stands here a second time'] : check(entry);
      seen.add(text);
      return problems.map((problem) => `[${place}]${problem}`);
    });
  };
}

/** A text that can be shown. */
export function text(shortest: number, longest: number): Check {
  return (value) => {
    const problem = problemOfText(value, shortest, longest);
    return problem === null ? [] : [`: ${problem}`];
  };
}

/** Any text. */
export function source(longest: number): Check {
  return (value) => {
    if (typeof value !== 'string') return [': must be a text'];
    return value.length > longest ? [`: must have at most ${longest} characters`] : [];
  };
}

export function oneOf(values: readonly unknown[]): Check {
  return (value) =>
    values.includes(value) ? [] : [`: must be ${values.join(', ')}`.replace(/, (?=[^,]*$)/, ' or ')];
}

/** A text of at most 200 characters that a pattern matches. */
export function matching(pattern: RegExp): Check {
  return (value) =>
    typeof value === 'string' && value.length <= 200 && pattern.test(value)
      ? []
      : [`: must match ${pattern.source}`];
}

export function object(value: unknown): readonly string[] {
  return isObject(value) ? [] : [': must be an object'];
}
