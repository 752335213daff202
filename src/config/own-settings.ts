import { Validator } from '@cfworker/json-schema';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import { toPointer, type Path } from '../documents/pointer.ts';
import { SEVERITIES } from '../model/vocabulary.ts';
import { isObject } from '../util/is-object.ts';
import type { ConfigurableRule } from './config.ts';

/**
 * Keywords of an option's schema that are interpreted, and how the generated validators call their value. The schema may
 * be anybody's: `pattern` is not among them, because no pattern is safe to run.
 */
const KEYWORDS = {
  type: 'type',
  enum: 'allowedValues',
  minimum: 'limit',
  maximum: 'limit',
  minLength: 'limit',
  maxLength: 'limit',
  minItems: 'limit',
  maxItems: 'limit',
} as const satisfies { readonly [keyword: string]: string };

/** Reports list no more, and a million wrong items must not make a million errors. */
const ENOUGH_ERRORS = 100;

type Schema = { readonly [keyword: string]: unknown };

const SEVERITY: Schema = { enum: [...SEVERITIES] };
const BOOLEAN: Schema = { type: 'boolean' };
const SEVERITY_OR_OFF: Schema = { enum: ['off', ...SEVERITIES] };

/**
 * What is wrong with the settings of an own rule, in the form of the generated validators. Interprets the schema of each
 * option: nothing is compiled, so that it works where Node may not make code from strings.
 */
export function settingsErrors({ options }: ConfigurableRule, settings: unknown): readonly SchemaError[] {
  if (!isObject(settings)) return checkOf(SEVERITY_OR_OFF)(settings, []);
  const errors: SchemaError[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (errors.length >= ENOUGH_ERRORS) break;
    if (name === 'severity') errors.push(...checkOf(SEVERITY_OR_OFF)(value, [name]));
    else if (name === 'waivable' || name === 'allowInline') errors.push(...checkOf(BOOLEAN)(value, [name]));
    else if (name === 'severityInProduction') errors.push(...checkOf(SEVERITY)(value, [name]));
    else if (Object.hasOwn(options, name)) errors.push(...optionErrors(options[name] ?? {}, value, [name]));
    else errors.push(schemaError('additionalProperties', [], { additionalProperty: name }));
  }
  return errors;
}

function optionErrors(schema: Schema, value: unknown, path: Path): readonly SchemaError[] {
  const errors = [...checkOf(schema)(value, path)];
  if (!Array.isArray(value)) return errors;
  const { items, uniqueItems } = schema;
  // Items are scalars, so that this takes linear time; the interpreter would compare each with each.
  if (uniqueItems === true && new Set(value).size < value.length)
    errors.push(schemaError('uniqueItems', path, {}));
  const checkItem = isObject(items) ? checkOf(items) : () => [];
  for (const [place, item] of value.entries()) {
    if (errors.length >= ENOUGH_ERRORS) break;
    errors.push(...checkItem(item, [...path, place]));
  }
  return errors;
}

type Check = (value: unknown, path: Path) => readonly SchemaError[];

/** Tells what a schema has against a value itself, not against what is inside of it. */
function checkOf(schema: Schema): Check {
  const known = Object.fromEntries(Object.entries(schema).filter(([keyword]) => isKnown(keyword)));
  const validator = new Validator(known, '2020-12', false);
  return (value, path) =>
    validator
      .validate(value)
      .errors.flatMap(({ keyword }) =>
        isKnown(keyword) ? [schemaError(keyword, path, { [KEYWORDS[keyword]]: known[keyword] })] : [],
      );
}

function isKnown(keyword: string): keyword is keyof typeof KEYWORDS {
  return Object.hasOwn(KEYWORDS, keyword);
}

function schemaError(keyword: string, path: Path, params: SchemaError['params']): SchemaError {
  return { keyword, instancePath: toPointer(path), params };
}
