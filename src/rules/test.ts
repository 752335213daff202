import type { Problem } from '../documents/problem.ts';
import type { EvaluationLimits } from '../policy/limits.ts';
import { PolicyError } from '../policy/policy-error.ts';
import { contextOf } from '../sources/analyse.ts';
import { NO_CACHE, type Cache } from '../sources/cache.ts';
import { compileRead, withCompiler, type CompilerAccess } from '../sources/compile.ts';
import { compilerAccess } from '../sources/compiler-access.ts';
import { compilerProblems } from '../sources/compiler-problems.ts';
import { readRuleFolder, type RuleFolder } from '../sources/folder.ts';
import { libraryFor, type Library } from '../sources/library.ts';
import { sourceProblem } from '../sources/problem.ts';
import { RuleWatch } from '../sources/watch.ts';
import type { NamedFolder } from './check.ts';
import { shownProblems } from './shown-problems.ts';
import { compared } from './test/compare.ts';
import { folderCoverage } from './test/coverage.ts';
import { examplesIn, testExamples } from './test/examples.ts';
import { opaPattern, selectionOf } from './test/selection.ts';
import { keyOf } from './test/test-key.ts';
import type { FileCoverage, RuleTest, TestedFolder } from './test/types.ts';
import { testInWasm } from './test/wasm.ts';
import { subjectOf, testWorld, type TestWorld } from './test/world.ts';

export type TestOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  readonly library: Library;
  /** An `opa` executable to use instead of the compiler that comes along. */
  readonly opa: string | null;
  /** `null`: nothing is kept. */
  readonly cache: Cache | null;
  /** Version of agentid-lint. */
  readonly version: string;
  /** What a test may take in WebAssembly. */
  readonly limits?: Partial<EvaluationLimits>;
  /** Told what begins, for people who wait. */
  readonly onStage?: (what: string) => void;
};

export type TestWish = {
  /** Only what it finds: in `<rule id>`, in `<package>.<test>`, in the name of an example. */
  readonly run: RegExp | null;
  readonly coverage: boolean;
};

/** Tests folders of own rules, as often as it is asked. */
export type RuleTester = {
  /**
   * Runs the unit tests of folders in OPA and in the engine that rules run in, and their examples through the whole
   * pipeline.
   */
  readonly test: (folders: readonly NamedFolder[], wish: TestWish) => Promise<readonly TestedFolder[]>;
  /** Notices changes of the files from now on. */
  readonly watch: (folders: readonly NamedFolder[]) => RuleWatch;
  /** Ends its compiler. */
  readonly close: () => Promise<void>;
};

/** The compiler starts with the first test and stays until the tester is closed. */
export function ruleTester({ opa, cache, ...options }: TestOptions): RuleTester {
  const compiler = compilerAccess(opa);
  const world = { ...options, compiler, cache: cache ?? NO_CACHE };
  return {
    test: async (folders, wish) => {
      const tested: TestedFolder[] = [];
      for (const folder of folders) tested.push(await testFolder(folder, { ...world, ...wish }));
      return tested;
    },
    watch: (folders) => new RuleWatch(folders),
    close: compiler.close,
  };
}

type World = Omit<TestOptions, 'opa' | 'cache'> &
  TestWish & {
    readonly compiler: CompilerAccess;
    readonly cache: Cache;
  };

async function testFolder({ name, path }: NamedFolder, options: World): Promise<TestedFolder> {
  const read = readRuleFolder(path, { cwd: options.cwd });
  if (!read.ok) return notRun(name, read.problems, null);
  const { folder } = read;
  try {
    const ran = await withCompiler(() => run(folder, name, options));
    return ran.ok ? { name, problems: [], ...ran } : notRun(name, ran.problems, folder);
  } catch (fault) {
    if (!(fault instanceof PolicyError)) throw fault;
    const message = `The rules cannot be run: ${fault.message}.`;
    const problem = sourceProblem('rules-compile', { message }, { uri: folder.uri, range: null });
    return notRun(name, [problem], folder);
  }
}

function notRun(name: string, problems: readonly Problem[], folder: RuleFolder | null): TestedFolder {
  const files = folder === null ? [] : [...folder.rules, ...folder.libs, ...folder.tests, ...folder.examples];
  return { name, problems: shownProblems(problems, files), tests: [], examples: [], coverage: null };
}

type Refused = { readonly ok: false; readonly problems: readonly Problem[] };
type Ran = ({ readonly ok: true } & Pick<TestedFolder, 'tests' | 'examples' | 'coverage'>) | Refused;

async function run(folder: RuleFolder, name: string, options: World): Promise<Ran> {
  const library = libraryFor(folder, options.library);
  const { files, problems } = examplesIn(folder);
  if (problems.length > 0) return { ok: false, problems };
  const onStage = options.onStage ?? (() => undefined);
  onStage(`compiling ${name}`);
  const compiled = await compileRead(folder, { ...options, library, name });
  if (!compiled.ok) return compiled;
  const selection = selectionOf(options.run);
  // The compiler and the engine have threads of their own.
  const [tests, examples] = await Promise.all([
    runTests(testWorld(folder, library), { ...options, onStage }),
    testExamples(files, compiled.bundle, selection),
  ]);
  return tests.ok ? { ...tests, examples } : tests;
}

type Stages = { readonly onStage: (what: string) => void };

type RanTests =
  | {
      readonly ok: true;
      readonly tests: readonly RuleTest[];
      readonly coverage: readonly FileCoverage[] | null;
    }
  | Refused;

async function runTests(world: TestWorld, options: World & Stages): Promise<RanTests> {
  const { library, folder, modules, own } = world;
  const { onStage } = options;
  const selection = selectionOf(options.run);
  const pattern = opaPattern(world, selection);
  if (pattern === null && !options.coverage) return { ok: true, tests: [], coverage: null };
  const compiler = await options.compiler.open();
  onStage('testing in OPA');
  const tested = await compiler.test({
    modules,
    data: JSON.parse(world.data) as unknown,
    coverage: options.coverage,
    ...(options.run === null ? {} : { run: pattern ?? NO_TEST }),
  });
  if (!tested.ok) {
    const context = { ...(await contextOf(folder, { compiler, library })), files: world.files };
    return { ok: false, problems: compilerProblems(tested.problems, context) };
  }
  const results = tested.results.filter(({ file, package: path, name }) => {
    const test = own.get(file);
    if (test === undefined) return false;
    return selection.wantsTest({ subject: subjectOf(test), package: path.replace(/^data\./, ''), name });
  });
  const { capabilities } = library;
  onStage('testing in WebAssembly');
  const limits = options.limits === undefined ? {} : { limits: options.limits };
  const answers = await testInWasm(results, world, { compiler, capabilities, ...limits });
  return {
    ok: true,
    tests: results.map((result) => compared(result, answers.get(keyOf(result)) ?? null, world)),
    coverage: tested.coverage === null ? null : folderCoverage(tested.coverage, world),
  };
}

/** Finds no test. */
const NO_TEST = '^$';
