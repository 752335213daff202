import type { Problem } from '../documents/problem.ts';
import type { RuleFolder, SourceFile } from './folder.ts';
import type { Library } from './library.ts';
import { sourceProblem } from './problem.ts';

/** Rules, helpers and tables of a folder whose names the library has. */
export function clashes(folder: RuleFolder, library: Library): readonly Problem[] {
  const libs = folder.libs
    .filter((file) => library.libs.has(file.package.slice(LIB.length)))
    .map((file) => taken(file, `The package ${file.package} is one of the built-in helpers.`));
  const tables = folder.tables
    .filter(({ name }) => library.tables.has(name))
    .map((file) => taken(file, `The table ${file.name} is built in.`));
  const rules = folder.rules
    .filter(({ id }) => library.ids.has(id))
    .map((file) => taken(file, `The id ${file.id} is that of a built-in rule.`));
  return [...libs, ...tables, ...rules];
}

const LIB = 'agentid.lib.';

function taken({ uri }: Pick<SourceFile, 'uri'>, message: string): Problem {
  return sourceProblem('rules-name-taken', { message }, { uri, range: null });
}
