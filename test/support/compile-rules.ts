import type { Problem } from '../../src/documents/problem.ts';
import { builtInLibrary } from '../../src/rules.ts';
import { compilerAccess } from '../../src/sources/compiler-access.ts';
import { NO_CACHE } from '../../src/sources/cache.ts';
import { compileFolder, type Compiled, type CompileOptions } from '../../src/sources/compile.ts';
import { temporaryFolder } from '../sources/temporary.ts';
import { brief, type RuleFiles } from './own-rules.ts';

/** One compiler for all tests of a process; it keeps none alive. */
export const COMPILER = compilerAccess(null);

export const LIBRARY = await builtInLibrary();

/** Compiles a folder with these files. */
export function compileFiles(files: RuleFiles, options: Partial<CompileOptions> = {}): Promise<Compiled> {
  return compileFolder('.', {
    cwd: temporaryFolder(files),
    name: './rules',
    library: LIBRARY,
    compiler: COMPILER,
    cache: NO_CACHE,
    version: '0.0.0-test',
    ...options,
  });
}

/** The problems of a folder with these files, in the order of files and places. */
export async function problemsOf(files: RuleFiles): Promise<readonly string[]> {
  const compiled = await compileFiles(files);
  return compiled.ok ? [] : brief(byPlace(compiled.problems));
}

function byPlace(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) =>
      (a.uri ?? '').localeCompare(b.uri ?? '') ||
      (a.range?.start.offset ?? -1) - (b.range?.start.offset ?? -1),
  );
}
