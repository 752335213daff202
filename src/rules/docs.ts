import type { Problem } from '../documents/problem.ts';
import { sortProblems } from '../findings/sort.ts';
import { analyse, modulesOf } from '../sources/analyse.ts';
import { withCompiler } from '../sources/compile.ts';
import { compilerAccess } from '../sources/compiler-access.ts';
import { publishedExample, readExamples } from '../sources/examples.ts';
import { readRuleFolder, type RuleFolder } from '../sources/folder.ts';
import type { Library } from '../sources/library.ts';
import { rulePages, type Pages } from './docs/pages.ts';

export type DocsOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  readonly library: Library;
  /** An `opa` executable to use instead of the compiler that comes along. */
  readonly opa: string | null;
};

export type Documented =
  | { readonly ok: true; readonly rules: number; readonly pages: Pages }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The pages of a folder of own rules; with anything wrong in METADATA, Rego or examples there are none. */
export async function documentRules(path: string, { cwd, library, opa }: DocsOptions): Promise<Documented> {
  const read = readRuleFolder(path, { cwd });
  if (!read.ok) return read;
  const { folder } = read;
  const access = compilerAccess(opa);
  try {
    return await withCompiler(async () => {
      const modules = modulesOf(folder, library);
      const { rules, problems } = await analyse(folder, modules, { compiler: await access.open(), library });
      const found = [...problems, ...folder.examples.flatMap((file) => readExamples(file).problems)];
      if (found.length > 0) return { ok: false, problems: sortProblems(found) };
      const documented = rules.map(({ rule }) => ({ rule, examples: examplesOf(folder, rule.id) }));
      return { ok: true, rules: rules.length, pages: rulePages(documented, 'own') };
    });
  } finally {
    await access.close();
  }
}

function examplesOf({ examples }: RuleFolder, rule: string) {
  return examples
    .filter(({ id }) => id === rule)
    .flatMap((file) => readExamples(file).examples.map(publishedExample));
}
