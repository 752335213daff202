import type { Compiler } from '../../packages/opa-compiler/src/types.ts';
import type { Problem } from '../documents/problem.ts';
import { sortProblems } from '../findings/sort.ts';
import { analyse, modulesOf, type FolderModules } from '../sources/analyse.ts';
import type { CataloguedRule } from '../sources/catalogue.ts';
import { withCompiler } from '../sources/compile.ts';
import { compilerAccess } from '../sources/compiler-access.ts';
import { readExamples } from '../sources/examples.ts';
import { readRuleFolder, type RuleFolder } from '../sources/folder.ts';
import type { Library } from '../sources/library.ts';

export type FolderOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  readonly library: Library;
  /** An `opa` executable to use instead of the compiler that comes along. */
  readonly opa: string | null;
};

type Refused = { readonly ok: false; readonly problems: readonly Problem[] };

/** A folder of own rules in which nothing is wrong. */
export type AnalysedFolder = {
  readonly folder: RuleFolder;
  readonly modules: FolderModules;
  readonly rules: readonly CataloguedRule[];
  readonly compiler: Compiler;
};

/** Makes something out of a folder of own rules, unless anything is wrong in layout, METADATA, Rego or examples. */
export async function fromFolder<T>(
  path: string,
  { cwd, library, opa }: FolderOptions,
  make: (analysed: AnalysedFolder) => Promise<T>,
): Promise<T | Refused> {
  const read = readRuleFolder(path, { cwd });
  if (!read.ok) return read;
  const { folder } = read;
  const access = compilerAccess(opa);
  try {
    return await withCompiler<T | Refused>(async () => {
      const compiler = await access.open();
      const modules = modulesOf(folder, library);
      const { rules, problems } = await analyse(folder, modules, { compiler, library });
      const found = [...problems, ...folder.examples.flatMap((file) => readExamples(file).problems)];
      if (found.length > 0) return { ok: false, problems: sortProblems(found) };
      return make({ folder, modules, rules, compiler });
    });
  } finally {
    await access.close();
  }
}
