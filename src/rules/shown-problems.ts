import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { TextLines } from '../documents/text-lines.ts';
import type { SourceLine } from '../findings/finding.ts';
import { sortProblems } from '../findings/sort.ts';

/** A problem with the lines of source that it is about. */
export type ShownProblem = Problem & { readonly snippet: readonly SourceLine[] };

/** A file whose lines can be shown. */
export type ShownFile = { readonly uri: string; readonly text: string };

/** Problems in order, each once, with their lines. */
export function shownProblems(
  problems: readonly Problem[],
  files: readonly ShownFile[],
): readonly ShownProblem[] {
  const texts = new Map(files.map(({ uri, text }) => [uri, new TextLines(text)]));
  const once = new Map(
    problems.map((problem) => [
      JSON.stringify([problem.code, problem.uri, problem.range, problem.message]),
      problem,
    ]),
  );
  return sortProblems([...once.values()]).map((problem) => ({
    ...problem,
    snippet: snippetOf(texts.get(problem.uri ?? ''), problem.range),
  }));
}

/** A longer range is shown by its first line. */
const SNIPPET_LINES = 3;

/** The lines of a range; none when the text or the range is not known. */
export function snippetOf(text: TextLines | undefined, range: Range | null): readonly SourceLine[] {
  if (text === undefined || range === null) return [];
  const { start, end } = range;
  const last = end.line - start.line < SNIPPET_LINES ? end.line : start.line;
  const snippet: SourceLine[] = [];
  for (let number = start.line; number <= last; number += 1)
    snippet.push({ number, text: text.line(number) });
  return snippet;
}
