import { validateWaivers, waiversKeys } from '../../schemas/generated/waivers.mjs';
import type { KeyTree, SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { pathOf, valueAt, type Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { suggest } from '../util/suggest.ts';
import { readMoment } from './moment.ts';
import { quoted, suppressionProblem, type SuppressionProblemCode } from './problem.ts';

/** What a waivers file has against its schema, in the words of its author. */
export function schemaProblems(document: SourceDocument): readonly Problem[] {
  const errors = validateWaivers(document.data);
  const told = errors.filter((error) => !isSaidBetter(error, errors));
  return told.map((error) => toProblem(document, error));
}

/** An object is named in one of four ways, and each of the others has something against it. */
function isSaidBetter({ keyword, instancePath }: SchemaError, errors: readonly SchemaError[]): boolean {
  if (keyword === 'required') return instancePath.endsWith('/object');
  if (keyword !== 'oneOf') return false;
  return errors.some(
    (other) =>
      other.instancePath === instancePath &&
      (other.keyword === 'type' || other.keyword === 'additionalProperties'),
  );
}

function toProblem(document: SourceDocument, error: SchemaError): Problem {
  const path = pathOf(error.instancePath, document.data);
  const at = (range: Range, code: SuppressionProblemCode, message?: string, hint?: string) =>
    suppressionProblem(code, {
      uri: document.uri,
      range,
      ...(message === undefined ? {} : { message }),
      ...(hint === undefined ? {} : { hint }),
    });
  const here = document.locate(path).range;
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const known = knownKeys(path);
      const near = suggest(key, known);
      const hint = near === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${quoted(near)}?`;
      const { range } = document.locateKey([...path, key]);
      return at(range, 'waiver-unknown-key', `There is no key ${quoted(key)} here.`, hint);
    }
    case 'required': {
      const name = String(params['missingProperty']);
      const { range } = document.locate([...path, name]);
      const hint = name === 'version' ? 'Begin the file with version: 1.' : `Add ${quoted(name)}.`;
      return at(range, 'waiver-missing-key', `${subject(path)} needs the key ${quoted(name)}.`, hint);
    }
    case 'oneOf':
      return at(here, 'waiver-invalid-object', objectWords(valueAt(document.data, path)));
    case 'dependentRequired': {
      const name = String(params['property']);
      const { range } = document.locateKey([...path, name]);
      return at(
        range,
        'waiver-invalid-object',
        `${quoted(name)} says where in a file, and no file is named.`,
      );
    }
    case 'not': {
      const { range } = document.locateKey([...path, 'fingerprint']);
      return at(range, 'waiver-contradiction');
    }
    case 'pattern':
      return at(here, ...patternWords(path, valueAt(document.data, path)));
    default: {
      const value = valueAt(document.data, path);
      const message = `${subject(path)} ${value === null ? 'has no value; it ' : ''}${expectation(error)}.`;
      return at(here, 'waiver-invalid-value', message, valueHint(error, value));
    }
  }
}

function objectWords(object: unknown): string {
  const names = Object.keys(typeof object === 'object' && object !== null ? object : {});
  const ways = ['file', 'id', 'appId', 'uniqueName'].filter((name) => names.includes(name));
  return ways.length === 0
    ? 'The object is not named.'
    : `The object is named in several ways: ${ways.join(', ')}.`;
}

/** What is wrong with a text that does not look as it should. */
function patternWords(
  path: Path,
  value: unknown,
): readonly [code: SuppressionProblemCode, message?: string, hint?: string] {
  const name = String(path.at(-1));
  switch (name) {
    case 'created':
    case 'expires': {
      const read = readMoment(String(value));
      return ['waiver-invalid-date', `${quoted(name)} ${read.ok ? 'is no date' : read.why}.`];
    }
    case 'reason':
      return ['waiver-no-reason'];
    case 'fingerprint':
      return /^v(?!1:)\d+:/.test(String(value))
        ? ['waiver-unknown-fingerprint']
        : ['waiver-invalid-value', 'A fingerprint is "v1:" and 32 hex digits in lower case.'];
    case 'file':
      return [
        'waiver-invalid-object',
        '"file" must be a relative path with forward slashes.',
        'Write it as seen from the folder of the config file, else from the one that .agentid-lint is in.',
      ];
    case 'pointer':
      return [
        'waiver-invalid-object',
        '"pointer" must be a JSON Pointer: empty, or like /value/0.',
        'Leave it out when the document is the resource.',
      ];
    default:
      return ['waiver-invalid-value', `${subject(path)} must not be empty.`];
  }
}

function expectation({ keyword, params }: SchemaError): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${typeWords(String(params['type']))}`;
    case 'const':
      return `must be ${String(params['allowedValue'])}`;
    case 'enum':
      return `must be one of ${[params['allowedValues']].flat().join(', ')}`;
    case 'minimum':
    case 'maximum':
      return `must be at ${keyword === 'minimum' ? 'least' : 'most'} ${limit}`;
    case 'minLength':
      return 'must not be empty';
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'maxItems':
      return `must have at most ${limit} items`;
    default:
      return `does not fit the schema (${keyword})`;
  }
}

function typeWords(type: string): string {
  switch (type) {
    case 'object':
      return 'a mapping';
    case 'array':
      return 'a list';
    case 'integer':
      return 'a whole number';
    case 'string':
      return 'text';
    default:
      return `a ${type}`;
  }
}

function valueHint({ keyword, params }: SchemaError, value: unknown): string | undefined {
  if (keyword === 'const') return 'A newer file needs a newer agentid-lint.';
  if (keyword !== 'enum' || typeof value !== 'string') return undefined;
  const near = suggest(value, [params['allowedValues']].flat().map(String));
  return near === null ? undefined : `Did you mean ${quoted(near)}?`;
}

/** How a message names the value at a path: by its key, or by its place in the list. */
function subject(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  return typeof last === 'string' ? quoted(last) : `Entry ${last + 1}`;
}

function knownKeys(path: Path): readonly string[] {
  let keys: KeyTree | null = waiversKeys;
  for (const step of path) if (typeof step === 'string') keys = keys?.[step] ?? null;
  return Object.keys(keys ?? {});
}
