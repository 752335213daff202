import { configKeys } from '../../schemas/generated/config.mjs';
import type { KeyTree, SchemaError } from '../../schemas/generated/types.d.mts';
import type { SourceDocument } from '../documents/document.ts';
import { pathOf, valueAt, type Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { suggest } from '../util/suggest.ts';
import type { ConfigurableRule } from './config.ts';
import { configProblem, quoted, type ProblemPlace, type ProblemWords } from './problem.ts';
import { SOURCE_KEYS } from './rule-settings.ts';

/** Where a config stands in its document, and the rules it may name. */
export type ConfigPlace = {
  readonly document: SourceDocument;
  /** The config's path in the document: `[]`, or its key in package.json. */
  readonly at: Path;
  readonly rules: readonly ConfigurableRule[];
};

const SHARED_SETTINGS = ['severity', 'severityInProduction', 'waivable', 'allowInline'];

/** What is wrong with a config, as its author should read it, in the order of the file. */
export function schemaProblems(errors: readonly SchemaError[], place: ConfigPlace): readonly Problem[] {
  const config = valueAt(place.document.data, place.at);
  const problems: Problem[] = [];
  for (const error of errors) {
    const path = pathOf(error.instancePath, config);
    if (!isRepeated(error, path, errors)) problems.push(toProblem(error, path, place));
  }
  return inOrderOfFile(problems);
}

/** Problems of one file by their places; what has none comes first. */
export function inOrderOfFile(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((one, other) => (one.range?.start.offset ?? 0) - (other.range?.start.offset ?? 0));
}

/** Whether another error of the same value says it better. */
function isRepeated(error: SchemaError, path: Path, errors: readonly SchemaError[]): boolean {
  const same = errors.filter(({ instancePath }) => instancePath === error.instancePath);
  const [, name, ...inside] = stepsInRules(path) ?? [];
  const isSource = name === 'sources' && inside.length === 1;
  switch (error.keyword) {
    case 'if':
      return true;
    case 'type':
      if (same.find(({ keyword }) => keyword === 'type') !== error) return true;
      // Of a rule's settings the words for `enum` say both.
      return name !== undefined && inside.length === 0 && !SOURCE_KEYS.includes(String(name));
    case 'anyOf':
      // The words for `required` say which keys there may be.
      return path[0] === 'overrides';
    case 'required':
      if (path[0] === 'overrides' && error.params['missingProperty'] === 'failOn') return true;
      return isSource;
    case 'not':
      // A source has one of several forms, and each of the others has something against it.
      return isSource;
    case 'oneOf':
      return isSource && same.some(({ keyword }) => keyword === 'additionalProperties');
    default:
      return false;
  }
}

function toProblem(error: SchemaError, path: Path, place: ConfigPlace): Problem {
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    return configProblem(unknownKey(path, key, place.rules), keyAt(place, [...path, key]));
  }
  const absolute = [...place.at, ...path];
  const { uri } = place.document;
  if (error.keyword === 'required') {
    const missing = String(error.params['missingProperty']);
    const message = `${subject(path, place)} needs the key ${quoted(missing)}.`;
    const hint = missing === 'version' ? 'Begin the config with version: 1.' : `Add ${quoted(missing)}.`;
    const { range } = place.document.locate([...absolute, missing]);
    return configProblem({ code: 'config-missing-key', message, hint }, { uri, range });
  }
  const value = valueAt(place.document.data, absolute);
  const message = `${subject(path, place)} ${value === null ? 'has no value; it ' : ''}${expectation(error, path, place)}.`;
  const hint = valueHint(error, value);
  return configProblem(
    { code: 'config-invalid-value', message, hint },
    { uri, range: place.document.locate(absolute).range },
  );
}

/** Where the key at the end of a path stands. The path starts at the config. */
export function keyAt({ document, at }: ConfigPlace, path: Path): ProblemPlace {
  return { uri: document.uri, range: document.locateKey([...at, ...path]).range };
}

function unknownKey(path: Path, key: string, rules: readonly ConfigurableRule[]): ProblemWords {
  const ruleId = stepsInRules(path)?.[1];
  const rule = rules.find(({ id, aliases }) => id === ruleId || aliases.some((alias) => alias === ruleId));
  const known = rule === undefined ? knownKeys(path) : [...SHARED_SETTINGS, ...Object.keys(rule.options)];
  const near = suggest(key, known);
  return {
    code: rule === undefined ? 'config-unknown-key' : 'config-unknown-option',
    message:
      rule === undefined
        ? `There is no key ${quoted(key)} here.`
        : `${rule.id} has no option ${quoted(key)}.`,
    hint: near === null ? `Known here: ${known.join(', ')}.` : `Did you mean ${quoted(near)}?`,
  };
}

/** The words for a rule name that the catalogue does not have. */
export function unknownRule(name: string, rules: readonly ConfigurableRule[]): ProblemWords {
  const near = suggest(
    name,
    rules.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  return {
    code: 'config-unknown-rule',
    message: `There is no rule ${quoted(name)}.`,
    hint: near === null ? null : `Did you mean ${quoted(near)}?`,
  };
}

function expectation({ keyword, params }: SchemaError, path: Path, place: ConfigPlace): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return `must be ${[params['type']]
        .flat()
        .map((type) => typeWords(String(type), place))
        .join(' or ')}`;
    case 'const':
      return `must be ${String(params['allowedValue'])}`;
    case 'enum': {
      const values = [params['allowedValues']].flat().join(', ');
      const isRule = stepsInRules(path)?.length === 2;
      return isRule
        ? `must be one of ${values}, or ${typeWords('object', place)} of settings`
        : `must be one of ${values}`;
    }
    case 'minimum':
    case 'maximum':
      return `must be at ${keyword === 'minimum' ? 'least' : 'most'} ${limit}`;
    case 'minItems':
    case 'maxItems':
      return `must have at ${keyword === 'minItems' ? 'least' : 'most'} ${limit} ${limit === '1' ? 'item' : 'items'}`;
    case 'minLength':
    case 'maxLength':
      return `must have at ${keyword === 'minLength' ? 'least' : 'most'} ${limit} ${limit === '1' ? 'character' : 'characters'}`;
    case 'minProperties':
      return `must have at least one of ${knownKeys(path).join(', ')}`;
    case 'pattern':
      return `must match ${String(params['pattern'])}`;
    case 'uniqueItems':
      return 'must not have the same item twice';
    case 'oneOf':
      return 'must have one of folder, bundle, url and package, and sha256 only beside bundle or url';
    default:
      return `does not fit the schema (${keyword})`;
  }
}

function typeWords(type: string, { document }: ConfigPlace): string {
  switch (type) {
    case 'object':
      return document.language === 'json' ? 'an object' : 'a mapping';
    case 'array':
      return 'a list';
    case 'integer':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    case 'null':
      return 'null';
    default:
      return `a ${type}`;
  }
}

function valueHint({ keyword, params }: SchemaError, value: unknown): string | null {
  if (keyword === 'const') return 'A newer config needs a newer agentid-lint.';
  if (keyword !== 'enum' || typeof value !== 'string') return null;
  const near = suggest(value, [params['allowedValues']].flat().map(String));
  return near === null ? null : `Did you mean ${quoted(near)}?`;
}

/** How a message names the value at a path: by its key, or by its place in the list of that key. */
function subject(path: Path, { at }: ConfigPlace): string {
  const whole = [...at, ...path];
  const last = whole.at(-1);
  if (last === undefined) return 'The config';
  if (typeof last === 'string') return quoted(last);
  return `Item ${last + 1} of ${quoted(String(whole.at(-2)))}`;
}

/** The steps from a `rules` key on: `['rules']`, `['rules', id]`, …; `null` for a path that is not in one. */
function stepsInRules(path: Path): Path | null {
  if (path[0] === 'rules') return path;
  return path[0] === 'overrides' && path[2] === 'rules' ? path.slice(2) : null;
}

function knownKeys(path: Path): readonly string[] {
  let keys: KeyTree | null = configKeys;
  for (const step of path) if (typeof step === 'string') keys = keys?.[step] ?? keys?.['*'] ?? null;
  return Object.keys(keys ?? {});
}
