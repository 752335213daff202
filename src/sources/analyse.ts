import type { Compiler, CompilerProblem, Modules } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import { RESOURCE_KINDS } from '../model/vocabulary.ts';
import { readCatalogue, type CataloguedRule, type ReadCatalogue, type Trees } from './catalogue.ts';
import { clashes } from './clashes.ts';
import { closureOf, type Closure } from './closure.ts';
import { compilerProblems, fieldOf, type CompilerContext } from './compiler-problems.ts';
import type { RuleFolder } from './folder.ts';
import { libraryPath, type Library } from './library.ts';
import { isObject } from '../util/is-object.ts';
import { suggest } from '../util/suggest.ts';

/** What a folder's rules are compiled from. */
export type FolderModules = {
  /** Rules and helpers of the folder by their paths in it. */
  readonly own: Modules;
  /** The built-in helpers that they need. */
  readonly library: Modules;
  readonly closure: Closure;
};

export type Analysis = ReadCatalogue & {
  /** The trees of the folder's rules and helpers; of all of them when there is no problem. */
  readonly trees: Trees;
};

export function modulesOf(folder: RuleFolder, library: Library): FolderModules {
  const own = [...folder.rules, ...folder.libs].map(({ path, text }) => [path, text] as const);
  const names = [...library.tables.keys(), ...folder.tables.map(({ name }) => name)];
  const closure = closureOf(
    own.map(([, text]) => text),
    { libs: library.libs, tables: names },
  );
  return {
    own: Object.fromEntries(own),
    library: Object.fromEntries(
      closure.libs.map((name) => [libraryPath(name), library.libs.get(name) ?? '']),
    ),
    closure,
  };
}

/**
 * Everything that is wrong with the rules and helpers of a folder as far as it can be told without running them:
 * syntax, METADATA, names that do not exist, types.
 * @throws {Error} when the compiler is not there or breaks
 */
export async function analyse(
  folder: RuleFolder,
  modules: FolderModules,
  { compiler, library }: { readonly compiler: Compiler; readonly library: Library },
): Promise<Analysis> {
  const { parsed, failed } = await parseAll({ ...modules.own, ...modules.library }, compiler);
  const trees = pick(parsed, modules.own);
  const catalogue = readCatalogue(folder, trees, pick(parsed, modules.library), library);
  const found = failed.length > 0 ? failed : await check(catalogue.rules, modules, { compiler, library });
  const context = found.length === 0 ? null : await contextOf(folder, { compiler, library });
  const problems = [...clashes(folder, library), ...catalogue.problems];
  if (context !== null) {
    const known = found.filter((problem) => !isToldBetter(problem, problems, context));
    problems.push(...compilerProblems(known, context));
  }
  return { ...catalogue, problems, trees };
}

/** The trees of all modules that can be parsed, and what is wrong with the others. */
async function parseAll(
  modules: Modules,
  compiler: Compiler,
): Promise<{ readonly parsed: Trees; readonly failed: readonly CompilerProblem[] }> {
  const first = await compiler.parse(modules);
  if (first.ok) return { parsed: first.trees, failed: [] };
  const broken = new Set(first.problems.map(({ file }) => file));
  const rest = Object.fromEntries(Object.entries(modules).filter(([path]) => !broken.has(path)));
  const second = await compiler.parse(rest);
  return { parsed: second.ok ? second.trees : {}, failed: first.problems };
}

function pick(trees: Trees, modules: Modules): Trees {
  return Object.fromEntries(Object.entries(trees).filter(([path]) => Object.hasOwn(modules, path)));
}

/**
 * OPA's strict check. With the schema of the input it refuses comparisons with null as well, because its schemas know
 * no value that may be null: such problems count only when they are there without the schema too.
 */
async function check(
  rules: readonly CataloguedRule[],
  { own, library: helpers }: FolderModules,
  { compiler, library }: { readonly compiler: Compiler; readonly library: Library },
): Promise<readonly CompilerProblem[]> {
  const { capabilities, inputSchema } = library;
  const modules = { ...own, ...helpers };
  const typed = await compiler.check({ modules, capabilities, inputSchema });
  if (typed.ok) return [];
  const found = [
    ...typed.problems,
    ...(await hiddenProblems(typed.problems, modules, { compiler, library })),
  ];
  const certain = found.filter(({ message }) => message !== MATCH_ERROR);
  const untyped = certain.length === found.length ? null : await compiler.check({ modules, capabilities });
  const matches =
    untyped === null || untyped.ok ? [] : untyped.problems.filter(({ message }) => message === MATCH_ERROR);
  return [...certain.filter((problem) => !mayBeThere(problem, rules, inputSchema)), ...matches];
}

/**
 * What OPA does not come to because of functions that rules may not call: it looks at types last. With all of its
 * functions it does, and an author sees everything at once.
 */
async function hiddenProblems(
  found: readonly CompilerProblem[],
  modules: Modules,
  { compiler, library }: { readonly compiler: Compiler; readonly library: Library },
): Promise<readonly CompilerProblem[]> {
  if (!found.some(({ message }) => message.startsWith('undefined function '))) return [];
  const wider = await compiler.check({ modules, inputSchema: library.inputSchema });
  const known = new Set(found.map(placeAndWords));
  return wider.ok ? [] : wider.problems.filter((problem) => !known.has(placeAndWords(problem)));
}

function placeAndWords({ file, row, column, message }: CompilerProblem): string {
  return JSON.stringify([file, row, column, message]);
}

const MATCH_ERROR = 'match error';

/** Names of one's own and annotations of OData; every schema lets them pass. */
const FREE_NAME = /^(?:x-|@)/;

/** Whether an undefined field is one that a manifest may have although no schema of ours knows it. */
function mayBeThere(
  problem: CompilerProblem,
  rules: readonly CataloguedRule[],
  inputSchema: unknown,
): boolean {
  const field = fieldOf(problem, inputSchema);
  if (field?.before.startsWith('input.properties') !== true) return false;
  if (FREE_NAME.test(field.name)) return true;
  // The files of an Agent 365 project are Microsoft's: what we know of them is a part.
  const rule = rules.find(({ file }) => file.path === problem.file);
  const kinds = rule === undefined ? rules.flatMap((each) => each.rule.appliesTo) : rule.rule.appliesTo;
  const isOpen = kinds.some((kind) => RESOURCE_KINDS[kind].graphType === null);
  return isOpen && suggest(field.name, problem.candidates) === null;
}

/** What is needed to say what OPA means. */
export async function contextOf(
  folder: RuleFolder,
  { compiler, library }: { readonly compiler: Compiler; readonly library: Library },
): Promise<CompilerContext> {
  const files = new Map<string, { readonly uri: string; readonly text: string }>(
    [...folder.rules, ...folder.libs, ...folder.tests].map((file) => [file.path, file]),
  );
  const available = library.capabilities.builtins.flatMap((builtin) =>
    isObject(builtin) && typeof builtin['name'] === 'string' ? [builtin['name']] : [],
  );
  return {
    files,
    inputSchema: library.inputSchema,
    functions: { every: await compiler.builtins(), available },
    helpers: [...library.libs.keys()],
  };
}

/** OPA calls a function of a package that does not exist undefined; what is said already names the package. */
function isToldBetter(
  { file, row, message }: CompilerProblem,
  problems: readonly Problem[],
  { files }: CompilerContext,
): boolean {
  if (file === null || !message.startsWith('undefined function data.')) return false;
  const uri = files.get(file)?.uri;
  const told = problems.filter((problem) => problem.code === 'rules-unknown-import' && problem.uri === uri);
  // The import may stand far above the call.
  return told.some(({ range }) => range?.start.line === row) || told.length > 0;
}
