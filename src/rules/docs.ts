import type { Problem } from '../documents/problem.ts';
import { publishedExample, readExamples } from '../sources/examples.ts';
import type { RuleFolder } from '../sources/folder.ts';
import { fromFolder, type FolderOptions } from './analysed-folder.ts';
import { rulePages, type Pages } from './docs/pages.ts';

export type Documented =
  | { readonly ok: true; readonly rules: number; readonly pages: Pages }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The pages of a folder of own rules; with anything wrong in METADATA, Rego or examples there are none. */
export function documentRules(path: string, options: FolderOptions): Promise<Documented> {
  return fromFolder<Documented>(path, options, ({ folder, rules }) => {
    const documented = rules.map(({ rule }) => ({ rule, examples: examplesOf(folder, rule.id) }));
    return Promise.resolve({ ok: true, rules: rules.length, pages: rulePages(documented, 'own') });
  });
}

function examplesOf({ examples }: RuleFolder, rule: string) {
  return examples
    .filter(({ id }) => id === rule)
    .flatMap((file) => readExamples(file).examples.map(publishedExample));
}
