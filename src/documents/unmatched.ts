import { exists } from './links.ts';
import { documentProblem } from './problem-codes.ts';
import type { Problem } from './problem.ts';
import { absolutePath, uriOf, workspaceAt } from './workspace.ts';

const PATTERN_CHARACTER = /[*?[{]/;

/** What is wrong with an argument that `discover` found nothing for. */
export function unmatchedProblem(cwd: string, argument: string): Problem {
  const workspace = workspaceAt(cwd);
  const path = absolutePath(workspace, argument);
  const uri = uriOf(workspace, path) || '.';
  if (exists(path)) return documentProblem('empty-folder', { uri });
  if (!PATTERN_CHARACTER.test(argument)) return documentProblem('no-such-file', { uri });
  return documentProblem('no-match', { uri: null, message: `The pattern "${argument}" matches no file.` });
}
