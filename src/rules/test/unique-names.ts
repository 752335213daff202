import type { Compiler, Modules, TestResult } from '../../../packages/opa-compiler/src/types.ts';
import { keyOf } from './test-key.ts';
import { edited, renaming, writtenRules, type Edit, type WrittenRule } from './test-rules.ts';

export type UniqueNames = {
  readonly modules: Modules;
  /** The rule of each test, by its key: `data.agentid.acme.naming_test.test_x`. */
  readonly references: ReadonlyMap<string, string>;
};

/** `#01`: OPA takes rules of one name as tests of their own and numbers them, in the order of the text. */
const NUMBER = /#(\d+)$/;

/** Gives each of several tests of one name a name of its own, as all together they would be one rule elsewhere. */
export async function uniqueNames(
  results: readonly TestResult[],
  modules: Modules,
  compiler: Pick<Compiler, 'parse'>,
): Promise<UniqueNames> {
  const references = new Map(results.map((result) => [keyOf(result), keyOf(result)]));
  const files = new Set(results.filter(({ name }) => NUMBER.test(name)).map(({ file }) => file));
  if (files.size === 0) return { modules, references };
  const renamed: { [path: string]: string } = { ...modules };
  const parsed = await compiler.parse(
    Object.fromEntries([...files].map((file) => [file, modules[file] ?? ''])),
  );
  for (const [file, tree] of Object.entries(parsed.ok ? parsed.trees : {})) {
    const text = modules[file] ?? '';
    const rules = writtenRules(text, tree);
    const edits: Edit[] = [];
    for (const result of results) {
      const rule = result.file === file ? ruleOf(result.name, rules) : undefined;
      if (rule === undefined) continue;
      const name = freeName(result.name, text);
      edits.push(renaming(text, rule, name));
      const path = `${result.package}.${rule.name}`;
      references.set(keyOf(result), `${path.slice(0, path.lastIndexOf('.'))}.${name}`);
    }
    renamed[file] = edited(text, edits);
  }
  return { modules: renamed, references };
}

/** The rule of a numbered test. */
function ruleOf(test: string, rules: readonly WrittenRule[]): WrittenRule | undefined {
  const number = NUMBER.exec(test)?.[1];
  if (number === undefined) return undefined;
  return rules.filter(({ name }) => name === test.replace(NUMBER, ''))[Number(number)];
}

/** A word that the text does not have: `test_x_01`, `test_x_01_`. */
function freeName(test: string, text: string): string {
  let name = test.slice(test.lastIndexOf('.') + 1).replace('#', '_');
  while (text.includes(name)) name += '_';
  return name;
}
