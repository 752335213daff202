import type { CompilerProblem } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { isObject } from '../util/is-object.ts';
import { suggest } from '../util/suggest.ts';
import { OpaPlaces } from './opa-places.ts';
import { sourceProblem, type SourceProblemCode } from './problem.ts';
import { quoted } from './schema-problems.ts';
import { importHint, missingFunction, type FunctionNames } from './unavailable-functions.ts';

export type CompilerContext = FunctionNames & {
  /** The files that the compiler was given, by the paths it knows them by. */
  readonly files: ReadonlyMap<string, { readonly uri: string; readonly text: string }>;
  /** JSON Schema of the input. */
  readonly inputSchema: unknown;
};

type Words = { readonly code: SourceProblemCode; readonly message: string; readonly hint?: string };

/** Codes of OPA's that are about more than one line. */
const CODES: Readonly<Record<string, SourceProblemCode>> = {
  rego_parse_error: 'rules-syntax',
  rego_type_error: 'rules-type',
};

/** What OPA says about modules, in our words where they say more, each at its token. */
export function compilerProblems(
  problems: readonly CompilerProblem[],
  context: CompilerContext,
): readonly Problem[] {
  return problems.map((problem) => toProblem(problem, context));
}

function toProblem(problem: CompilerProblem, context: CompilerContext): Problem {
  const { file, row, column } = problem;
  const source = file === null ? undefined : context.files.get(file);
  const words = wordsOf(problem, context);
  if (source === undefined) return sourceProblem(words.code, words, { uri: null, range: null });
  if (row === null) return sourceProblem(words.code, words, { uri: source.uri, range: null });
  const places = new OpaPlaces(source.text);
  const range = isAboutYaml(problem) ? places.line(row) : places.token(row, column ?? 1);
  const field = fieldOf(problem, context.inputSchema);
  const variable = /^var (\w+) is unsafe$/.exec(problem.message)?.[1];
  const exact =
    field !== null
      ? stepIn(range, field, source.text, places)
      : variable !== undefined
        ? wordIn(range, variable, places)
        : null;
  return sourceProblem(words.code, words, { uri: source.uri, range: exact ?? range });
}

/** The first place of a word in the expression that begins with a range, if it is in the same line. */
function wordIn({ start }: Range, word: string, places: OpaPlaces): Range | null {
  const index = places.textFrom(start.offset).search(new RegExp(`(?<![\\w.])${word}\\b`));
  return index === -1 ? null : places.range(start.offset + index, start.offset + index + word.length);
}

function wordsOf(problem: CompilerProblem, context: CompilerContext): Words {
  const { code, candidates } = problem;
  const message = withUris(problem.message, context);
  if (isAboutYaml(problem)) {
    const reason = message.replace(YAML, '').trim();
    return { code: 'rules-metadata-invalid-value', message: `METADATA is not valid YAML: ${reason}.` };
  }
  const missing = /^undefined function (\S+)$/.exec(message)?.[1];
  if (missing !== undefined) return missingFunction(missing, context);
  const field = fieldOf(problem, context.inputSchema);
  if (field !== null) return unknownField(field, candidates);
  const usual = CODES[code] ?? 'rules-compile';
  return { code: usual, ...(reworded(message, context) ?? { message: sentence(message) }) };
}

/** What OPA says in the words of its compiler, for those who do not know them. `$1` is the name that it is about. */
const REWORDED: readonly (readonly [pattern: RegExp, message: string, hint: string])[] = [
  [
    /^(?:assigned|declared) var (\S+) unused$/,
    'The variable $1 is never used.',
    'Remove it, or write _ in its place.',
  ],
  [/^unused argument (\S+?)\. .*$/, 'The argument $1 is never used.', 'Write _ in its place.'],
  [/^import (\S+)(?: as \S+)? unused$/, 'The import $1 is never used.', 'Remove the line.'],
  [
    /^var (\S+) is unsafe$/,
    'The variable $1 has no value here.',
    'Give it one with := or "some … in", outside of "not", or import what it stands for.',
  ],
  [
    /^rule (data\.\S+) is recursive: .*$/s,
    '$1 refers to itself, by itself or through others.',
    'Rego has no recursion: take the part that is needed apart.',
  ],
  [
    /^match error$/,
    'The two sides can never be equal: they are of different types.',
    'Compare values of one type.',
  ],
  [
    /^(\S+): invalid argument\(s\)$/,
    'The arguments of $1 are of types that it does not take.',
    'Test the type first, such as with is_string or is_array.',
  ],
  [
    /^(\S+): arity mismatch$/,
    '$1 takes another number of arguments.',
    'https://www.openpolicyagent.org/docs/policy-reference/builtins lists the arguments.',
  ],
];

function reworded(message: string, { helpers }: CompilerContext): Omit<Words, 'code'> | null {
  const entry = REWORDED.find(([pattern]) => pattern.test(message));
  if (entry === undefined) return null;
  const [pattern, words, hint] = entry;
  const [, name = ''] = pattern.exec(message) ?? [];
  const isHelper = message.endsWith('is unsafe') && helpers.includes(name);
  return {
    message: words.replaceAll('$1', name),
    hint: isHelper ? importHint(name) : hint,
  };
}

const YAML = /^yaml:\s*(?:unmarshal errors:\s*)?(?:line \d+:)?/;

function isAboutYaml({ code, message }: CompilerProblem): boolean {
  return code === 'rego_parse_error' && YAML.test(message);
}

/** OPA names files by the paths that it was given. */
function withUris(message: string, { files }: CompilerContext): string {
  return message.replaceAll(/[\w./-]+\.rego(?=:\d)/g, (path) => files.get(path)?.uri ?? path);
}

/** Its messages are words without a capital or a full stop; of several lines, the first says it. */
function sentence(message: string): string {
  const [line = ''] = message.split('\n').filter((each) => each.trim() !== '');
  const words = line.trim().replace(/[.:]$/, '');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** A step of a reference that the input does not have. */
export type Field = { readonly name: string; readonly before: string; readonly reference: string };

const STEP = /\.([A-Za-z_]\w*)|\["((?:[^"\\]|\\.)*)"\]|\[[^\]"]*\]/g;

/** The step of an undefined reference that is not there; `null` for another problem. */
export function fieldOf({ message, candidates }: CompilerProblem, inputSchema: unknown): Field | null {
  const reference = /^undefined ref: (.*)$/.exec(message)?.[1];
  if (reference === undefined) return null;
  const head = /^[A-Za-z_]\w*/.exec(reference)?.[0] ?? '';
  let schema = head === 'input' ? inputSchema : null;
  for (const step of reference.matchAll(STEP)) {
    const name = step[1] ?? step[2];
    const inner: unknown = schema === null ? null : inside(schema, name);
    const isMissing =
      name !== undefined && (schema === null ? !candidates.includes(name) : inner === undefined);
    if (isMissing) return { name, before: reference.slice(0, step.index), reference };
    schema = inner ?? null;
  }
  return null;
}

/** The schema of a step; `undefined` when there is no such step, `null` when nothing is known about it. */
function inside(schema: unknown, name: string | undefined): unknown {
  if (!isObject(schema)) return null;
  const { properties, items } = schema;
  if (name === undefined) return items ?? null;
  if (isObject(properties)) return Object.hasOwn(properties, name) ? properties[name] : undefined;
  return schema['type'] === undefined || [schema['type']].flat().includes('object') ? null : undefined;
}

function unknownField({ name, before, reference }: Field, candidates: readonly string[]): Words {
  const near = suggest(name, candidates);
  const message = `${shown(before)} has no field ${quoted(name)}.`;
  if (near !== null) return { code: 'rules-unknown-field', message, hint: `Did you mean ${quoted(near)}?` };
  if (candidates.length === 0)
    return { code: 'rules-unknown-field', message, hint: 'It is a single value or a list, not an object.' };
  const known =
    candidates.length <= MOST_CANDIDATES
      ? `Known here: ${candidates.join(', ')}.`
      : 'schemas/facts.schema.json has every field.';
  const escape = reference.startsWith('input.properties')
    ? ` What may be there and is not known: object.get(${before}, ${JSON.stringify(name)}, null).`
    : '';
  return { code: 'rules-unknown-field', message, hint: `${known}${escape}` };
}

const MOST_CANDIDATES = 15;

/** OPA's names for variables that nobody wrote. */
function shown(reference: string): string {
  return reference.replaceAll(/\[__local\d+__\]/g, '[_]').replace(/^__local\d+__$/, 'This');
}

/** The step of a reference that starts at a range's token. */
function stepIn(token: Range, { name, before }: Field, text: string, places: OpaPlaces): Range | null {
  const steps = before.match(STEP)?.length ?? 0;
  const written = [...text.slice(token.start.offset, token.end.offset).matchAll(STEP)][steps];
  if (written === undefined || (written[1] ?? written[2]) !== name) return null;
  const start = token.start.offset + written.index + 1;
  return places.range(start, start + written[0].length - (written[1] === undefined ? 2 : 1));
}
