import { joinLines, visible } from '../reporters/escape.ts';
import { toJsonProblem } from '../reporters/json/finding.ts';
import { styleFor } from '../reporters/style.ts';
import { count } from '../reporters/text.ts';
import type { CheckedFolder } from '../rules/check.ts';
import { problemLines } from './problem-text.ts';

/** What `rules check` prints for people: every problem, then one line a folder. */
export function ruleCheckText(folders: readonly CheckedFolder[], look: { readonly color: boolean }): string {
  const style = styleFor(look);
  const problems = folders.flatMap((folder) => folder.problems);
  return joinLines([
    ...problems.flatMap((problem) => [...problemLines(problem, style), '']),
    ...folders.flatMap(({ fixed }) => fixed.map((uri) => `formatted ${visible(uri)}`)),
    ...folders.map(({ name, rules, problems: { length } }) => {
      const what = `${count(rules, 'rule')} in ${visible(name)}`;
      return length === 0
        ? `${what}: ${style.paint('good', 'ok')}`
        : `${what}: ${style.paint('problem', count(length, 'problem'))}`;
    }),
  ]);
}

/** What `rules check` prints for programs. */
export function ruleCheckJson(folders: readonly CheckedFolder[]): unknown {
  return {
    format: 'rules-check-v1',
    ok: folders.every(({ problems }) => problems.length === 0),
    folders: folders.map(({ name, rules, problems, fixed }) => ({
      name,
      rules,
      formatted: fixed,
      problems: problems.map(toJsonProblem),
    })),
  };
}
