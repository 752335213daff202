import { gunzipSync } from 'node:zlib';
import type { Operation, RawAnswer, RawError } from '../backend.ts';
import { CompilerFaultError } from '../errors.ts';
import type { Modules } from '../types.ts';
import { namesCalled } from './called.ts';
import type { Ran } from './run.ts';

/** What an operation may do: run OPA in a folder of its own, and write and read files there. */
type Workplace = {
  readonly opa: (args: readonly string[]) => Promise<Ran>;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => Buffer;
};

type Args = { readonly [name: string]: unknown };

// Beside the folder of the modules.
const CAPABILITIES = '../capabilities.json';
const SCHEMA = '../schema.json';
const DATA = '../data.json';
const INPUT = '../input.json';
const BUNDLE = '../bundle.tar.gz';

export const operations: {
  readonly [Name in Operation]: (args: Args, place: Workplace) => Promise<RawAnswer>;
} = { build, builtins, check, evaluate, format, parse, test };

async function check(args: Args, place: Workplace): Promise<RawAnswer> {
  const errors = await errorsOf(['--strict', ...written(args, place)], args, place);
  return errors.length > 0 ? { errors } : { result: true };
}

async function build(args: Args, place: Workplace): Promise<RawAnswer> {
  const flags = written(args, place);
  const files = writeModules(args, place);
  const entrypoints = (args['entrypoints'] as readonly string[]).flatMap((entry) => ['--entrypoint', entry]);
  const built = await place.opa([
    ...['build', '--target', 'wasm', '--optimize', '0', '--output', BUNDLE],
    ...[...flags, ...entrypoints, '--', ...files],
  ]);
  if (built.status !== 0) {
    // A build leaves prints out; a check would tell nothing but that it does not know them.
    const checked = { ...args, capabilities: withPrint(args['capabilities']) };
    return refused(built, await errorsOf(written(checked, place), checked, place));
  }
  const { annotations } = json(await place.opa(['inspect', '--annotations', '--format', 'json', '.'])) as {
    annotations?: unknown;
  };
  return {
    result: {
      wasm: wasmIn(place.read(BUNDLE)).toString('base64'),
      builtins: await builtinsCalled(args, place),
      annotations: annotations ?? [],
    },
  };
}

const PRINT = [
  { name: 'print', decl: { type: 'function', variadic: { type: 'any' } } },
  {
    name: 'internal.print',
    decl: { type: 'function', args: [{ type: 'array', dynamic: { type: 'set', of: { type: 'any' } } }] },
  },
];

function withPrint(capabilities: unknown): unknown {
  if (typeof capabilities !== 'object' || capabilities === null) return capabilities;
  const { builtins: known = [] } = capabilities as { builtins?: readonly unknown[] };
  return { ...capabilities, builtins: [...known, ...PRINT] };
}

/** `opa inspect` tells those of `every` expressions only in part. */
async function builtinsCalled(args: Args, place: Workplace): Promise<readonly string[]> {
  const names = namesCalled(await parse(args, place));
  return (await allBuiltins(place)).filter((name) => names.has(name)).sort();
}

async function builtins(_: Args, place: Workplace): Promise<RawAnswer> {
  return { result: await allBuiltins(place) };
}

async function allBuiltins(place: Workplace): Promise<readonly string[]> {
  const { builtins: all } = json(await place.opa(['capabilities', '--current'])) as {
    builtins: readonly { name: string }[];
  };
  return all.map(({ name }) => name);
}

async function parse(args: Args, place: Workplace): Promise<RawAnswer> {
  const trees: { [path: string]: unknown } = {};
  const errors: RawError[] = [];
  for (const file of writeModules(args, place)) {
    const parsed = await place.opa([
      ...['parse', '--format', 'json', '--json-include', 'locations,comments'],
      ...['--', file],
    ]);
    if (parsed.status === 0) trees[file] = json(parsed);
    else errors.push(...errorsIn(parsed));
  }
  return errors.length > 0 ? { errors } : { result: trees };
}

async function format(args: Args, place: Workplace): Promise<RawAnswer> {
  const files = writeModules(args, place);
  const ran = await place.opa(['fmt', '--write', '--', ...files]);
  if (ran.status !== 0) return refused(ran, await errorsOf([], args, place));
  return { result: Object.fromEntries(files.map((file) => [file, place.read(file).toString('utf8')])) };
}

async function test(args: Args, place: Workplace): Promise<RawAnswer> {
  const { run, data, coverage } = args;
  const files = writeModules(args, place);
  place.write(DATA, JSON.stringify(data ?? {}));
  const tests = (flags: readonly string[], pattern: unknown) =>
    place.opa([
      ...['test', '--format', 'json', ...flags],
      ...(typeof pattern === 'string' ? ['--run', pattern] : []),
      ...['--', ...files, DATA],
    ]);
  const ran = await tests([], run);
  if (ran.stdout.trim() === '') return refused(ran, await errorsOf([], args, place));
  const results = resultsIn(ran);
  const failed = results.filter(({ fail }) => fail === true);
  // A trace of all tests would be hundreds of megabytes.
  const traced = failed.length === 0 ? [] : resultsIn(await tests(['--verbose'], patternOf(failed)));
  const explained = results.map((result) => traced.find((other) => isSameTest(other, result)) ?? result);
  if (coverage !== true || ran.status !== 0) return { result: { results: explained } };
  return { result: { results: explained, coverage: json(await tests(['--coverage'], run)) } };
}

type Result = {
  readonly package: string;
  readonly name: string;
  readonly fail?: boolean;
  readonly error?: unknown;
};

function resultsIn(ran: Ran): readonly Result[] {
  return (json(ran) as readonly Result[]).map((result) =>
    result.error === undefined ? result : { ...result, error: wordsOf(result.error) },
  );
}

/** OPA writes the second of two tests of a name as `data.a.b["test_x#01"]`. */
function patternOf(results: readonly Result[]): string {
  const escaped = (text: string) => text.replace(/[^\w]/g, '\\$&');
  const names = results.map(
    ({ package: path, name }) => `${escaped(path)}(?:\\.|\\[")${escaped(name)}(?:"\\])?`,
  );
  return `^(?:${names.join('|')})$`;
}

function isSameTest(a: Result, b: Result): boolean {
  return a.package === b.package && a.name === b.name;
}

async function evaluate(args: Args, place: Workplace): Promise<RawAnswer> {
  const files = writeModules(args, place);
  place.write(DATA, JSON.stringify(args['data'] ?? {}));
  place.write(INPUT, JSON.stringify(args['input'] ?? null));
  const ran = await place.opa([
    ...['eval', '--format', 'json', '--coverage', '--data', DATA],
    ...(args['input'] === undefined ? [] : ['--input', INPUT]),
    ...files.flatMap((file) => ['--data', file]),
    ...['--', String(args['query'])],
  ]);
  const answer = json(ran) as {
    result?: readonly { expressions: readonly { value: unknown }[] }[];
    errors?: readonly RawError[];
    coverage?: unknown;
  };
  if (answer.errors !== undefined) return { errors: answer.errors };
  const values = (answer.result ?? []).map(({ expressions }) => expressions.at(-1)?.value);
  return { result: { values, coverage: answer.coverage ?? { files: {} } } };
}

/** Writes what a request says besides its modules, and gives the flags that name it. */
function written({ capabilities, inputSchema }: Args, place: Workplace): readonly string[] {
  const flags: string[] = [];
  if (capabilities !== undefined) {
    place.write(CAPABILITIES, JSON.stringify(capabilities));
    flags.push('--capabilities', CAPABILITIES);
  }
  if (inputSchema !== undefined) {
    place.write(SCHEMA, JSON.stringify(inputSchema));
    flags.push('--schema', SCHEMA);
  }
  return flags;
}

function writeModules({ modules }: Args, place: Workplace): readonly string[] {
  const entries = Object.entries(modules as Modules).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, text] of entries) place.write(path, text);
  return entries.map(([path]) => path);
}

/** What `opa check` finds; only it tells errors as JSON. */
async function errorsOf(
  flags: readonly string[],
  args: Args,
  place: Workplace,
): Promise<readonly RawError[]> {
  const files = writeModules(args, place);
  const ran = await place.opa(['check', '--format', 'json', '--max-errors', '0', ...flags, '--', ...files]);
  return ran.status === 0 ? [] : errorsIn(ran);
}

/** The errors of a check, or else the words that OPA printed. */
function refused({ stderr, stdout }: Ran, errors: readonly RawError[]): RawAnswer {
  const words = (stderr.trim() || stdout.trim()).replace(/^error: /, '');
  return { errors: errors.length > 0 ? errors : [{ message: words }] };
}

function errorsIn({ stderr, stdout }: Ran): readonly RawError[] {
  try {
    return (JSON.parse(stderr.trim() || stdout) as { errors: readonly RawError[] }).errors;
  } catch {
    return [{ message: stderr.trim() }];
  }
}

function json({ stdout, stderr }: Ran): unknown {
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new CompilerFaultError(`opa gave no JSON: ${stderr.trim()}`, { cause });
  }
}

/** As OPA words it outside of JSON: `a.rego:14: eval_conflict_error: …`. */
function wordsOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(wordsOf).join('\n');
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const { code, message, location } = error as RawError;
  const place = location === undefined ? '' : `${location.file ?? ''}:${location.row ?? 0}: `;
  return `${place}${code ?? 'error'}: ${message}`;
}

/** The module in a bundle that `opa build` wrote: `/policy.wasm` in a gzipped archive. */
function wasmIn(bundle: Buffer): Buffer {
  const tar = gunzipSync(bundle);
  for (let offset = 0; offset + 512 <= tar.length;) {
    const [name = ''] = tar.toString('utf8', offset, offset + 100).split('\0');
    const size = Number.parseInt(tar.toString('utf8', offset + 124, offset + 136), 8) || 0;
    if (name === '/policy.wasm') return tar.subarray(offset + 512, offset + 512 + size);
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  throw new CompilerFaultError('opa wrote a bundle without /policy.wasm');
}
