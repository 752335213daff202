import type { KeyTree, SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { suggest } from '../util/suggest.ts';
import { own } from './candidate.ts';
import { isObject } from '../util/is-object.ts';
import type { UnknownKey } from './near-misses.ts';
import { didYouMean, dotted, hintForNull, nameOfType, oneOf, quoted, typeWords } from './words.ts';

/** Where the errors come from: a value at `path` in a document, the names its schema knows, and what to call it. */
export type Checked = {
  readonly document: SourceDocument;
  readonly path: Path;
  readonly keys: KeyTree;
  /** `blueprint`, `agent user`. */
  readonly label: string;
};

/** Listed for one document. */
export const MOST_PROBLEMS = 100;

/**
 * Names that can be repeated in a message: words, with at most two digits. Others may be a value that lost its key, as
 * in `{secretText:abc}`, which is one long key.
 */
const PLAIN_NAME = /^(?!.*\d.*\d.*\d)[@$A-Za-z_][\w.@$-]{0,39}$/;

/** One problem for each place that does not fit the schema. */
export function schemaProblems(checked: Checked, errors: readonly SchemaError[]): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of withoutNoise(errors)) {
    const key =
      error.keyword === 'additionalProperties'
        ? `${error.instancePath}#${String(error.params['additionalProperty'])}`
        : error.instancePath;
    if (!problems.has(key)) problems.set(key, problemOf(checked, error, errors));
  }
  return [...problems.values()];
}

/** Problems in the order of the text; the hundredth says that there are more. */
export function inOrder(document: SourceDocument, problems: readonly Problem[]): readonly Problem[] {
  const sorted = [...problems].sort(
    (a, b) =>
      (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0) ||
      (a.code < b.code ? -1 : Number(a.code > b.code)),
  );
  if (sorted.length <= MOST_PROBLEMS) return sorted;
  return [
    ...sorted.slice(0, MOST_PROBLEMS - 1),
    {
      code: 'too-many-problems',
      message: 'This file has more problems than are listed.',
      uri: document.uri,
      range: null,
    },
  ];
}

/**
 * An `anyOf` of ours asks for one of several properties that is not null. What each branch misses is told in one
 * sentence, and nothing is told when one of them is there and wrong.
 */
function withoutNoise(errors: readonly SchemaError[]): readonly SchemaError[] {
  const anyOf = new Set(
    errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath),
  );
  if (anyOf.size === 0) return errors;
  const others = errors.filter(
    ({ keyword, instancePath }) => keyword !== 'not' && !(keyword === 'required' && anyOf.has(instancePath)),
  );
  const wrongInside = new Set(
    others
      .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'additionalProperties')
      .map(({ instancePath }) => instancePath.slice(0, instancePath.lastIndexOf('/'))),
  );
  return others.filter(({ keyword, instancePath }) => keyword !== 'anyOf' || !wrongInside.has(instancePath));
}

function problemOf(checked: Checked, error: SchemaError, all: readonly SchemaError[]): Problem {
  const { document } = checked;
  const { path, value } = placeOf(checked, error.instancePath);
  const inside = path.slice(checked.path.length);
  const { params } = error;
  const at = (code: string, message: string, hint?: string): Problem => ({
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    uri: document.uri,
    range: document.locate(path).range,
  });
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownProperty(checked, { path: inside, key: String(params['additionalProperty']) });
    case 'type':
      return at(
        'wrong-type',
        `${subject(checked, inside)} must be ${typeWords(params['type'])}, not ${nameOfType(value)}.`,
        hintForNull(value, params['type']),
      );
    case 'enum': {
      const allowed = Array.isArray(params['allowedValues'])
        ? params['allowedValues'].filter((each) => each !== null).map(String)
        : [];
      const meant = typeof value === 'string' ? suggest(value, allowed) : null;
      return at('invalid-value', `${subject(checked, inside)} must be ${oneOf(allowed)}.`, didYouMean(meant));
    }
    case 'anyOf':
      return at(
        'missing-property',
        `${subject(checked, inside)} needs ${asked(error, all).map(quoted).join(' or ')}.`,
      );
    case 'required': {
      const name = String(params['missingProperty']);
      const problem = at('missing-property', `${subject(checked, inside)} needs ${quoted(name)}.`);
      return { ...problem, range: document.locate([...path, name]).range };
    }
    case 'maxLength':
      return at(
        'too-long',
        `${subject(checked, inside)} is longer than ${String(params['limit'])} characters.`,
      );
    case 'format':
      return at(
        'invalid-date-time',
        `${subject(checked, inside)} is not a date and time with a zone.`,
        'Write it like 2027-01-31T00:00:00Z.',
      );
    case 'pattern':
      return at(
        'invalid-value',
        `${subject(checked, inside)} ${params['pattern'] === '\\S' ? 'must not be empty' : 'must be an object id (a GUID) or a user principal name'}.`,
      );
    default:
      return at('invalid-value', `${subject(checked, inside)} does not fit the schema.`);
  }
}

/** The properties one of which an `anyOf` asks for: each is missing or null. */
function asked({ instancePath }: SchemaError, all: readonly SchemaError[]): readonly string[] {
  const names = all.flatMap((error) => {
    if (error.keyword === 'required' && error.instancePath === instancePath)
      return [String(error.params['missingProperty'])];
    const isInside = error.keyword === 'not' && error.instancePath.startsWith(`${instancePath}/`);
    return isInside ? [error.instancePath.slice(instancePath.length + 1)] : [];
  });
  return [...new Set(names)];
}

/** A property that its schema does not know, at the property's name. `path` is inside the checked value. */
export function unknownProperty(
  { document, path: base, keys, label }: Checked,
  { path, key }: UnknownKey,
): Problem {
  const known = Object.keys(treeAt(keys, path) ?? {});
  const beforeColon = key.slice(0, Math.max(0, key.indexOf(':')));
  const meant = suggest(key, known);
  const hint = known.includes(beforeColon)
    ? `Put a space after the colon: "${beforeColon}: …".`
    : (didYouMean(meant) ?? 'Names of your own start with "x-".');
  return {
    code: 'unknown-property',
    message: `${PLAIN_NAME.test(key) ? quoted(key) : 'This'} is not a property of ${path.length === 0 ? `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label}` : quoted(dotted(path))}.`,
    hint,
    uri: document.uri,
    range: document.locateKey([...base, ...path, key]).range,
  };
}

/** The path that a JSON Pointer into the checked value means, and the value there. */
function placeOf(
  { document, path: base }: Checked,
  pointer: string,
): { readonly path: Path; readonly value: unknown } {
  const path = [...base];
  let value = base.reduce<unknown>(step, document.data);
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = Array.isArray(value) ? Number(key) : key;
    path.push(next);
    value = step(value, next);
  }
  return { path, value };
}

function step(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) ? own(value, String(key)) : undefined;
}

function treeAt(tree: KeyTree, path: Path): KeyTree | null {
  let inside: KeyTree | null = tree;
  for (const key of path) {
    if (typeof key === 'string')
      inside = (inside !== null && Object.hasOwn(inside, key) ? inside[key] : null) ?? null;
  }
  return inside;
}

function subject({ label }: Checked, path: Path): string {
  return path.length === 0 ? `The ${label}` : quoted(dotted(path));
}
