import type {
  Capabilities,
  Compiler,
  CompilerProblem,
  Failed,
  Modules,
  TestResult,
} from '../../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../../documents/problem.ts';
import { contextOf } from '../../sources/analyse.ts';
import { compilerProblems } from '../../sources/compiler-problems.ts';
import { RuleRemover } from './rule-remover.ts';
import { keyOf } from './test-key.ts';
import { uniqueNames } from './unique-names.ts';
import type { TestWorld } from './world.ts';

export type CompiledTests = {
  /** `null` when no test can be compiled. */
  readonly wasm: Uint8Array<ArrayBuffer> | null;
  /** The entrypoint of each test that was compiled, by its key. Its value is the list of the test's value, or empty. */
  readonly entrypoints: ReadonlyMap<string, string>;
  /** Why the others were not, by their keys. */
  readonly refused: ReadonlyMap<string, Problem>;
};

type Means = { readonly compiler: Compiler; readonly capabilities: Capabilities };

/**
 * Compiles tests for the engine that rules run in. A test that calls what only OPA has, itself or through a helper, is
 * left out and told; the others are compiled without it.
 */
export async function compileTests(
  results: readonly TestResult[],
  world: TestWorld,
  means: Means,
): Promise<CompiledTests> {
  const { modules, references } = await uniqueNames(results, world.modules, means.compiler);
  const files = new Set(world.folder.tests.map(({ path }) => path));
  const remover = new RuleRemover(modules, files, means.compiler);
  const refused = new Map<string, CompilerProblem>();
  for (;;) {
    const entries = results
      .map((result) => ({ key: keyOf(result), reference: references.get(keyOf(result)) ?? keyOf(result) }))
      .filter(({ key }) => !refused.has(key));
    const built = await build(entries, remover.modules, means);
    if (built.ok) {
      const entrypoints = new Map(entries.map(({ key }, index) => [key, entrypoint(index)]));
      return { wasm: built.wasm, entrypoints, refused: await told(refused, world, means) };
    }
    for (const [key, problem] of await culpritsOf(built.problems, entries, { remover, means }))
      refused.set(key, problem);
  }
}

/** A test and the rule that it is. */
type Entry = { readonly key: string; readonly reference: string };
type Round = { readonly ok: true; readonly wasm: CompiledTests['wasm'] } | Failed;

async function build(
  entries: readonly Entry[],
  modules: Modules,
  { compiler, capabilities }: Means,
): Promise<Round> {
  if (entries.length === 0) return { ok: true, wasm: null };
  return compiler.build({
    modules: { ...modules, [MAIN]: mainOf(entries) },
    entrypoints: entries.map((_, index) => entrypoint(index)),
    capabilities,
  });
}

/** No domain can have such a name. */
const MAIN = 'built-in/tests.rego';
/** Of the first entry in it. */
const FIRST_ROW = 2;

/** Every test in a line, as the list of its value: an entrypoint without a value could not be told from one that failed. */
function mainOf(entries: readonly Entry[]): string {
  const lines = entries.map(({ reference }, index) => `test_${index} := [value | value := ${reference}]`);
  return ['package agentid.main', ...lines, ''].join('\n');
}

function entrypoint(index: number): string {
  return `agentid/main/test_${index}`;
}

type Culprits = ReadonlyMap<string, CompilerProblem>;

/**
 * The tests that cannot be compiled, with the reason; at least one. Problems of the planner have no place, so that the
 * tests are tried in ever smaller groups.
 */
async function culpritsOf(
  problems: readonly CompilerProblem[],
  entries: readonly Entry[],
  { remover, means }: { readonly remover: RuleRemover; readonly means: Means },
): Promise<Culprits> {
  const culprits = new Map<string, CompilerProblem>();
  for (const problem of problems) {
    const entry = problem.file === MAIN ? entries[(problem.row ?? 0) - FIRST_ROW] : undefined;
    if (entry !== undefined) culprits.set(entry.key, problem);
  }
  const modules = remover.modules;
  const removed = await remover.remove(problems);
  for (const { reference, cause } of removed)
    for (const entry of entries) if (entry.reference === reference) culprits.set(entry.key, cause);
  // Without a helper that is gone other tests will be refused, in the next round.
  if (culprits.size > 0 || removed.length > 0) return culprits;
  const isAboutTests = (await build([NOTHING], modules, means)).ok;
  return isAboutTests ? bisected(problems, entries, { modules, means }) : blamed(problems, entries);
}

async function bisected(
  problems: readonly CompilerProblem[],
  entries: readonly Entry[],
  world: { readonly modules: Modules; readonly means: Means },
): Promise<Culprits> {
  const culprits = new Map<string, CompilerProblem>();
  const middle = Math.ceil(entries.length / 2);
  for (const half of entries.length > 1 ? [entries.slice(0, middle), entries.slice(middle)] : []) {
    const built = await build(half, world.modules, world.means);
    if (!built.ok)
      for (const [key, why] of await bisected(built.problems, half, world)) culprits.set(key, why);
  }
  // One alone, or only all together.
  return culprits.size > 0 ? culprits : blamed(problems, entries);
}

/** An entry that no test can spoil. */
const NOTHING: Entry = { key: '', reference: 'true' };

function blamed([problem]: readonly CompilerProblem[], entries: readonly Entry[]): Culprits {
  if (problem === undefined) throw new TypeError('a build failed for no reason');
  return new Map(entries.map(({ key }) => [key, problem]));
}

/** The reasons in our words, each at its place. */
async function told(
  refused: Culprits,
  { folder, library, files }: TestWorld,
  { compiler }: Means,
): Promise<ReadonlyMap<string, Problem>> {
  if (refused.size === 0) return new Map();
  const context = { ...(await contextOf(folder, { compiler, library })), files };
  const problems = compilerProblems([...refused.values()], context);
  return new Map(
    [...refused.keys()].flatMap((key, index) => {
      const problem = problems[index];
      return problem === undefined ? [] : [[key, problem] as const];
    }),
  );
}
