import { frameworkKeys } from '../../schemas/generated/framework.mjs';
import type { KeyTree, SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { pathOf, valueAt, type Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { suggest } from '../util/suggest.ts';
import { keyProblem, quoted, valueProblem } from './problem.ts';

/** Where a file does not fit the schema of frameworks. */
export function schemaProblems(errors: readonly SchemaError[], document: SourceDocument): readonly Problem[] {
  return errors.map((error) => toProblem(error, document));
}

function toProblem(error: SchemaError, document: SourceDocument): Problem {
  const { keyword, params, instancePath } = error;
  const path = pathOf(instancePath, document.data);
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = knownKeys(path);
    const near = suggest(key, known);
    return keyProblem(document, [...path, key], {
      code: 'framework-unknown-key',
      message: `There is no key ${quoted(key)} here.`,
      hint: near === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${quoted(near)}?`,
    });
  }
  if (keyword === 'required') {
    const missing = String(params['missingProperty']);
    return valueProblem(document, [...path, missing], {
      code: 'framework-missing-key',
      message: `${subject(path)} needs the key ${quoted(missing)}.`,
      hint: HINTS[missing] ?? `Add ${quoted(missing)}.`,
    });
  }
  return valueProblem(document, path, {
    code: 'framework-invalid-value',
    message: `${subject(path)} ${expectation(error)}.`,
    hint: hintFor(error, valueAt(document.data, path)),
  });
}

const HINTS: Readonly<Record<string, string>> = {
  version: 'Begin the file with version: 1.',
  rules: 'Write rules: [] where no rule is about the control.',
  source: 'Say where it is written that the rule is about the control: an address, or a sentence.',
};

function expectation({ keyword, params }: SchemaError): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${TYPES[String(params['type'])] ?? 'of another type'}`;
    case 'const':
      return `must be ${String(params['allowedValue'])}`;
    case 'minItems':
    case 'maxItems':
      return `must have at ${keyword === 'minItems' ? 'least' : 'most'} ${limit} ${limit === '1' ? 'item' : 'items'}`;
    case 'minLength':
    case 'maxLength':
      return `must have at ${keyword === 'minLength' ? 'least' : 'most'} ${limit} ${limit === '1' ? 'character' : 'characters'}`;
    case 'pattern':
      return PATTERNS[String(params['pattern'])] ?? `must match ${String(params['pattern'])}`;
    default:
      return `does not fit the schema (${keyword})`;
  }
}

const TYPES: Readonly<Record<string, string>> = { object: 'a mapping', array: 'a list', string: 'text' };

const PATTERNS: Readonly<Record<string, string>> = {
  [String.raw`\S`]: 'must not be blank',
  [String.raw`^https?://\S+$`]: 'must be an address that begins with https:// or http://',
  '^[a-z0-9][a-z0-9.-]*$': 'must be lower-case letters, digits, "-" and "."',
};

function hintFor({ keyword }: SchemaError, value: unknown): string {
  if (keyword === 'const') return 'A newer file needs a newer agentid-lint.';
  if (keyword === 'type' && typeof value === 'number') return 'Put it in quotes.';
  return 'docs/frameworks.md has an example.';
}

/** How a message names the value at a path: by its key, or by its place in the list of that key. */
function subject(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The framework';
  return typeof last === 'string' ? quoted(last) : `Item ${last + 1} of ${quoted(String(path.at(-2)))}`;
}

function knownKeys(path: Path): readonly string[] {
  let keys: KeyTree | null = frameworkKeys;
  for (const step of path) if (typeof step === 'string') keys = keys?.[step] ?? null;
  return Object.keys(keys ?? {});
}
