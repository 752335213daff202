import { createHash } from 'node:crypto';
import type { Compiler } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import type { PolicyBundle } from '../policy/bundle.ts';
import { analyse, contextOf, modulesOf, type FolderModules } from './analyse.ts';
import type { BundleContent, Examples } from './bundle-content.ts';
import { readBundleFile, writeBundleFile } from './bundle-file.ts';
import type { Cache } from './cache.ts';
import { catalogueOf, type CataloguedRule } from './catalogue.ts';
import { compilerProblems } from './compiler-problems.ts';
import { entrypoints } from './entrypoints.ts';
import { publishedExample, readExamples } from './examples.ts';
import { readRuleFolder, type RuleFolder } from './folder.ts';
import type { Library } from './library.ts';
import { sourceProblem } from './problem.ts';

/** OPA's compiler, started only when it is needed. */
export type CompilerAccess = {
  /** What it is, told without starting it. Throws `CompilerUnavailableError` when there is none. */
  readonly identity: () => Promise<string>;
  /** Throws `CompilerUnavailableError` when there is none. The compiler is closed by who made the access. */
  readonly open: () => Promise<Compiler>;
};

export type CompileOptions = {
  readonly cwd: string;
  /** What the user calls the folder; reports show it. */
  readonly name: string;
  readonly library: Library;
  readonly compiler: CompilerAccess;
  readonly cache: Cache;
  /** Version of agentid-lint. */
  readonly version: string;
};

export type Compiled =
  | { readonly ok: true; readonly bundle: PolicyBundle; readonly examples: Examples }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Changes when the same sources would give another bundle for a reason that the version does not tell. */
const FORMAT = 2;

/** The policy bundle of a folder of own rules: from the cache when nothing has changed, else compiled. */
export async function compileFolder(path: string, options: CompileOptions): Promise<Compiled> {
  const read = readRuleFolder(path, { cwd: options.cwd });
  return read.ok ? compileRead(read.folder, options) : read;
}

/** As `compileFolder`, for a folder that was read already. */
export async function compileRead(
  folder: RuleFolder,
  options: Omit<CompileOptions, 'cwd'>,
): Promise<Compiled> {
  const modules = modulesOf(folder, options.library);
  return withCompiler(async () => {
    const identity = await options.compiler.identity();
    const key = cacheKey(folder, modules, { ...options, identity });
    const kept = fromBytes(options.cache.read(key), options.name);
    if (kept !== null) return kept;
    const compiler = await options.compiler.open();
    const { rules, problems } = await analyse(folder, modules, { compiler, library: options.library });
    if (problems.length > 0) return { ok: false, problems };
    const { library, version } = options;
    const built = await buildFolder(folder, { rules, modules, compiler, library, version });
    if (!built.ok) return built;
    const written = await writeBundleFile(built.content);
    if (!written.ok) return written;
    options.cache.write(key, written.bytes);
    const compiled = fromBytes(written.bytes, options.name);
    if (compiled === null) throw new Error('the bundle that was written cannot be read');
    return compiled;
  });
}

/** Runs what needs the compiler; that it is not there is a problem and no fault. */
export async function withCompiler<T>(
  action: () => Promise<T>,
): Promise<T | { readonly ok: false; readonly problems: readonly Problem[] }> {
  try {
    return await action();
  } catch (error) {
    const problem = compilerFault(error);
    if (problem === null) throw error;
    return { ok: false, problems: [problem] };
  }
}

/** The compiler is loaded when it is needed, so its errors are told by their names. */
function compilerFault(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null;
  const code =
    error.name === 'CompilerUnavailableError'
      ? 'rules-compiler-missing'
      : error.name === 'CompilerFaultError'
        ? 'rules-compiler-stopped'
        : null;
  if (code === null) return null;
  const message = `Own rules cannot be compiled: ${error.message.replace(/[.\s]+$/, '')}.`;
  return sourceProblem(code, { message }, { uri: null, range: null });
}

export type FolderBuild = {
  readonly rules: readonly CataloguedRule[];
  readonly modules: FolderModules;
  readonly compiler: Compiler;
  readonly library: Library;
  readonly version: string;
};

export type BuiltFolder =
  | { readonly ok: true; readonly content: BundleContent }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Builds the rules of a folder that `analyse` found nothing wrong with. */
export async function buildFolder(folder: RuleFolder, build: FolderBuild): Promise<BuiltFolder> {
  const { rules, modules, compiler, library, version } = build;
  const main = entrypoints(
    rules.map(({ file, rule }) => ({
      package: file.package,
      appliesTo: rule.appliesTo,
      surfaces: rule.surfaces,
    })),
    { each: 'target-and-rule', origin: 'Generated from the METADATA of all rules.' },
  );
  const built = await compiler.build({
    modules: { ...modules.own, ...modules.library, [MAIN]: main.module },
    entrypoints: main.paths,
    capabilities: library.capabilities,
  });
  if (!built.ok) {
    const context = await contextOf(folder, { compiler, library });
    return { ok: false, problems: compilerProblems(built.problems, context) };
  }
  return {
    ok: true,
    content: {
      wasm: built.wasm,
      catalogue: catalogueOf(rules),
      examples: examplesOf(folder),
      tables: tablesOf(folder, modules, library),
      entrypoints: main.paths,
      builtWith: `agentid-lint ${version}, ${compiler.identity}`,
    },
  };
}

const MAIN = 'built-in/main.rego';

/** Examples that cannot be read are for `rules check` to report: nothing is linted with them. */
function examplesOf(folder: RuleFolder): Examples {
  const ids = new Set(folder.rules.map(({ id }) => id));
  return Object.fromEntries(
    folder.examples
      .filter(({ id }) => ids.has(id))
      .map((file) => [file.id, readExamples(file).examples.map(publishedExample)]),
  );
}

/** JSON text of the tables that the modules read. */
function tablesOf(folder: RuleFolder, { closure }: FolderModules, library: Library): string {
  const own = new Map(folder.tables.map(({ name, json }) => [name, json]));
  const members = closure.tables.map(
    (name) => `${JSON.stringify(name)}:${own.get(name) ?? library.tables.get(name) ?? 'null'}`,
  );
  return `{${members.join(',')}}`;
}

type KeyParts = Pick<CompileOptions, 'library' | 'version'> & { readonly identity: string };

/** Everything that a bundle is made from. */
function cacheKey(folder: RuleFolder, modules: FolderModules, parts: KeyParts): string {
  const { library, version, identity } = parts;
  const inputs = [
    ...[version, identity, library.capabilities, library.inputSchema, [...library.ids]],
    ...[modules.own, modules.library, tablesOf(folder, modules, library)],
    [folder.examples.map(({ path, text }) => [path, text]), folder.tables.map(({ name }) => name)],
  ];
  return `folder ${FORMAT} ${createHash('sha256').update(JSON.stringify(inputs)).digest('hex')}`;
}

function fromBytes(bytes: Uint8Array | null, name: string): Compiled | null {
  if (bytes === null) return null;
  const file = readBundleFile(bytes, { source: { kind: 'folder', name }, uri: null });
  return file.ok ? { ok: true, bundle: file.bundle, examples: file.examples } : null;
}
