import { suggest } from '../util/suggest.ts';
import { isObject } from '../util/is-object.ts';
import { problemOfText } from './plain-text.ts';

type ScalarType = 'integer' | 'number' | 'string' | 'boolean';

/** The keywords that say something about values of a type, besides `type`, `description` and `default`. */
const KEYWORDS = {
  integer: ['minimum', 'maximum', 'enum'],
  number: ['minimum', 'maximum', 'enum'],
  string: ['minLength', 'maxLength', 'enum', 'pattern'],
  boolean: [],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
} as const satisfies { readonly [type: string]: readonly string[] };

type OptionType = keyof typeof KEYWORDS;

/**
 * The only regular expressions that are run for anybody's rules; each takes time that grows with the text alone. The
 * first is a name with at most five wildcards.
 */
const SAFE_PATTERNS: readonly string[] = ['^[^*]*(\\*[^*]*){0,5}$'];

const NAME = /^[a-z][A-Za-z0-9]{0,59}$/;
/** Keys that every rule's settings have. */
const TAKEN: readonly string[] = ['severity', 'severityInProduction', 'waivable', 'allowInline'];
const LONGEST_LIST = 1000;
const MOST_OPTIONS = 30;

/**
 * What is wrong with the options of a rule: a JSON Schema for each, of a subset that nothing can be made slow or
 * unreadable with. Each problem begins with its place, such as `options.maxDays.default: `.
 */
export function problemsOfOptions(options: unknown): readonly string[] {
  if (!isObject(options)) return ['options: must be an object'];
  const entries = Object.entries(options);
  if (entries.length > MOST_OPTIONS) return [`options: must be at most ${MOST_OPTIONS}`];
  return entries.flatMap(([name, schema]) => {
    if (!NAME.test(name))
      return ['options: the name of an option is up to 60 letters and digits, as in maxDays'];
    // Every object inherits names such as `constructor`.
    if (TAKEN.includes(name) || name in {}) return [`options.${name}: an option cannot have this name`];
    return schemaProblems(schema).map((problem) => `options.${name}${problem}`);
  });
}

function schemaProblems(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [': must be an object'];
  const { description, default: value } = schema;
  const problems = [...typeProblems(schema, Object.keys(KEYWORDS), ['description', 'default'])];
  const unfit = problemOfText(description, 10, 2000);
  if (unfit !== null) problems.push(`.description: ${unfit}`);
  if (value === undefined) problems.push('.default: is missing');
  else if (problems.length === 0 && !fits(schema, value)) problems.push('.default: must fit the schema');
  return problems;
}

function typeProblems(
  schema: Readonly<Record<string, unknown>>,
  types: readonly string[],
  shared: readonly string[],
): readonly string[] {
  const { type } = schema;
  if (!isOptionType(type) || !types.includes(type)) return [`.type: must be one of ${types.join(', ')}`];
  const known: readonly string[] = ['type', ...shared, ...KEYWORDS[type]];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (!known.includes(keyword)) return [unknownKeyword(keyword, type, known)];
    const problem = keywordProblem(keyword, value, type);
    return problem === null ? [] : [`.${keyword}${problem}`];
  });
}

function unknownKeyword(keyword: string, type: OptionType, known: readonly string[]): string {
  const meant = suggest(keyword, known);
  const place = NAME.test(keyword) ? `.${keyword}` : '';
  return `${place}: no keyword for ${type}${meant === null ? '' : `; did you mean ${meant}?`}`;
}

function isOptionType(type: unknown): type is OptionType {
  return typeof type === 'string' && Object.hasOwn(KEYWORDS, type);
}

/** `null` when the keyword is as it must be. */
function keywordProblem(keyword: string, value: unknown, type: OptionType): string | null {
  switch (keyword) {
    case 'minimum':
    case 'maximum':
      return typeof value === 'number' ? null : ': must be a number';
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
      return Number.isSafeInteger(value) && Number(value) >= 0
        ? null
        : ': must be a whole number, not below 0';
    case 'uniqueItems':
      return typeof value === 'boolean' ? null : ': must be true or false';
    case 'enum':
      return isEnum(value, type) ? null : `: must be a list of different values of the type ${type}`;
    case 'pattern':
      return typeof value === 'string' && SAFE_PATTERNS.includes(value)
        ? null
        : `: regular expressions are not supported, only ${SAFE_PATTERNS.join(', ')}`;
    case 'items':
      return itemsProblem(value);
    default:
      return null;
  }
}

function isEnum(value: unknown, type: OptionType): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > LONGEST_LIST) return false;
  return new Set(value).size === value.length && value.every((item) => isOfType(type, item));
}

function itemsProblem(items: unknown): string | null {
  if (!isObject(items)) return ': must be an object';
  const scalars: readonly ScalarType[] = ['integer', 'number', 'string', 'boolean'];
  return typeProblems(items, scalars, [])[0] ?? null;
}

function isOfType(type: OptionType, value: unknown): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  return type === 'array' ? Array.isArray(value) : typeof value === type;
}

/** Whether a value fits a schema that has no problems. */
function fits(schema: Readonly<Record<string, unknown>>, value: unknown): boolean {
  const { type, minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const { items, pattern, uniqueItems } = schema;
  if (!isOptionType(type) || !isOfType(type, value)) return false;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return false;
  if (typeof value === 'number') return isWithin(value, minimum, maximum);
  if (typeof value === 'string') {
    const isMatch = typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value);
    return isMatch && isWithin([...value].length, minLength, maxLength);
  }
  if (!Array.isArray(value)) return true;
  if (value.length > LONGEST_LIST || !isWithin(value.length, minItems, maxItems)) return false;
  if (uniqueItems === true && new Set(value).size < value.length) return false;
  return isObject(items) ? value.every((item) => fits(items, item)) : value.every(isScalar);
}

function isWithin(size: number, least: unknown, most: unknown): boolean {
  return !(typeof least === 'number' && size < least) && !(typeof most === 'number' && size > most);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
