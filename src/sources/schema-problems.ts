import type { KeyTree, SchemaError } from '../../schemas/generated/types.d.mts';
import { pathOf, valueAt, type Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { suggest } from '../util/suggest.ts';
import { sourceProblem, type SourceProblemCode } from './problem.ts';

/** A value that was held to a schema of ours, and where its parts stand. */
export type Checked = {
  readonly uri: string;
  readonly value: unknown;
  readonly keys: KeyTree;
  /** Codes of a key too many, a key too few, and anything else. */
  readonly codes: {
    readonly unknown: SourceProblemCode;
    readonly missing: SourceProblemCode;
    readonly invalid: SourceProblemCode;
  };
  /** What a message calls the value itself. */
  readonly whole: string;
  /** Where the value at a path stands; for one that is absent, its nearest parent. */
  readonly rangeOf: (path: Path) => Range | null;
  readonly rangeOfKey: (path: Path) => Range | null;
};

/** One problem for each place that does not fit. */
export function schemaProblems(errors: readonly SchemaError[], checked: Checked): readonly Problem[] {
  // What a name of a key breaks is told twice, and once is enough.
  const told = errors.filter(
    ({ keyword, params }) =>
      // Nor does it help that one of two forms does not fit, beside what does not fit in it.
      keyword !== 'if' && (keyword === 'propertyNames' || params['propertyName'] === undefined),
  );
  return told.map((error) => problemOf(error, checked));
}

function problemOf(error: SchemaError, checked: Checked): Problem {
  const { uri, codes } = checked;
  const { keyword, params } = error;
  const path = pathOf(error.instancePath, checked.value);
  if (keyword === 'additionalProperties')
    return unknownKey([...path, String(params['additionalProperty'])], checked);
  if (keyword === 'propertyNames') {
    const name = String(params['propertyName']);
    const message = `${quoted(name)} cannot be a name here.`;
    const hint = 'Names begin with a letter, in lower case for options, and hold letters and digits.';
    return sourceProblem(
      codes.invalid,
      { message, hint },
      { uri, range: checked.rangeOfKey([...path, name]) },
    );
  }
  if (keyword === 'required') {
    const name = String(params['missingProperty']);
    const message = `${subject(path, checked)} needs the key ${quoted(name)}.`;
    const hint = `Add ${quoted(name)}.`;
    return sourceProblem(codes.missing, { message, hint }, { uri, range: checked.rangeOf([...path, name]) });
  }
  const value = valueAt(checked.value, path);
  const message = `${subject(path, checked)} ${expectation(error)}.`;
  const near = keyword === 'enum' && typeof value === 'string' ? suggest(value, allowed(params)) : null;
  const words = near === null ? { message } : { message, hint: `Did you mean ${quoted(near)}?` };
  return sourceProblem(codes.invalid, words, { uri, range: checked.rangeOf(path) });
}

/** A key that the schema does not know, or that stands where it is not looked for. */
export function unknownKey(path: Path, checked: Checked): Problem {
  const key = String(path.at(-1));
  const known = Object.keys(treeAt(checked.keys, path.slice(0, -1)) ?? {}).filter((name) => name !== '*');
  const near = suggest(key, known);
  const hint = near === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${quoted(near)}?`;
  const message = `There is no key ${quoted(key)} here.`;
  return sourceProblem(
    checked.codes.unknown,
    { message, hint },
    { uri: checked.uri, range: checked.rangeOfKey(path) },
  );
}

function expectation({ keyword, params }: SchemaError): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${[params['type']].flat().map(typeWords).join(' or ')}`;
    case 'const':
      return `must be ${String(params['allowedValue'])}`;
    case 'enum':
      return `must be one of ${allowed(params).join(', ')}`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'minItems':
      return `must have at least ${limit} ${limit === '1' ? 'entry' : 'entries'}`;
    case 'minLength':
    case 'maxLength':
      return `must have at ${keyword === 'minLength' ? 'least' : 'most'} ${limit} ${limit === '1' ? 'character' : 'characters'}`;
    case 'pattern':
      return `must match ${String(params['pattern'])}`;
    default:
      return `does not fit its schema (${keyword})`;
  }
}

function allowed(params: SchemaError['params']): readonly string[] {
  return [params['allowedValues']].flat().map(String);
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a mapping',
  string: 'text',
};

function typeWords(type: unknown): string {
  return TYPES[String(type)] ?? String(type);
}

/** How a message names a value: by its key, or by its place in the list of that key. */
function subject(path: Path, { whole }: Checked): string {
  const last = path.at(-1);
  if (last === undefined) return whole;
  if (typeof last === 'string') return quoted(last);
  const list = path.at(-2);
  return list === undefined ? `Entry ${last + 1}` : `Entry ${last + 1} of ${quoted(String(list))}`;
}

export function quoted(name: string): string {
  return `"${name.length > 60 ? `${name.slice(0, 60)}…` : name}"`;
}

function treeAt(tree: KeyTree, path: Path): KeyTree | null {
  let inside: KeyTree | null = tree;
  for (const key of path) {
    if (typeof key !== 'string') continue;
    inside = (inside === null ? null : (inside[key] ?? inside['*'])) ?? null;
  }
  return inside;
}
