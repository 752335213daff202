import type { Compiler, Modules } from '../../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../../documents/problem.ts';
import { contextOf, type Analysis, type FolderModules } from '../../sources/analyse.ts';
import { closureOf } from '../../sources/closure.ts';
import { compilerProblems } from '../../sources/compiler-problems.ts';
import type { RuleFolder } from '../../sources/folder.ts';
import { unknownReferences } from '../../sources/references.ts';
import { libraryPath, type Library } from '../../sources/library.ts';

export type CheckedTests = {
  readonly problems: readonly Problem[];
  /** Paths of the tests that can be parsed. */
  readonly parsed: ReadonlySet<string>;
};

type World = { readonly compiler: Compiler; readonly library: Library; readonly analysis: Analysis };

/** What is wrong with unit tests before they are run. Tests may call every function of OPA. */
export async function testProblems(
  folder: RuleFolder,
  modules: FolderModules,
  { compiler, library, analysis }: World,
): Promise<CheckedTests> {
  const tests: Modules = Object.fromEntries(folder.tests.map(({ path, text }) => [path, text]));
  if (folder.tests.length === 0) return { problems: [], parsed: new Set() };
  const parsed = await compiler.parse(tests);
  const context = { compiler, library };
  if (!parsed.ok) {
    const broken = new Set(parsed.problems.map(({ file }) => file));
    return {
      problems: compilerProblems(parsed.problems, await contextOf(folder, context)),
      parsed: new Set(Object.keys(tests).filter((path) => !broken.has(path))),
    };
  }
  const paths = new Set(Object.keys(tests));
  // What the rules have wrong is told already, and would be told again in every test.
  if (analysis.problems.length > 0) return { problems: [], parsed: paths };
  const unknown = folder.tests.flatMap((file) => {
    const tree = parsed.trees[file.path];
    return tree === undefined ? [] : unknownReferences({ file, tree }, analysis.names);
  });
  if (unknown.length > 0) return { problems: unknown, parsed: paths };
  const { libs } = closureOf(Object.values(tests), { libs: library.libs, tables: [] });
  const helpers = Object.fromEntries(libs.map((name) => [libraryPath(name), library.libs.get(name) ?? '']));
  const checked = await compiler.check({
    modules: { ...modules.own, ...modules.library, ...helpers, ...tests },
  });
  if (checked.ok) return { problems: [], parsed: paths };
  const found = checked.problems.filter(({ file }) => file !== null && paths.has(file));
  return { problems: compilerProblems(found, await contextOf(folder, context)), parsed: paths };
}
