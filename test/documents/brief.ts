import type { Problem } from '../../src/documents/problem.ts';
import { parseText } from '../../src/documents/parse.ts';
import type { Language } from '../../src/documents/document.ts';
import type { Range } from '../../src/documents/range.ts';

/** `code line:column-line:column`, with the places of related ranges in brackets. */
export function brief(problem: Problem): string {
  const place = problem.range === null ? '' : ` ${briefRange(problem.range)}`;
  const related = (problem.related ?? []).map(({ range }) => ` (${briefRange(range)})`);
  return `${problem.code}${place}${related.join('')}`;
}

export function briefRange({ start, end }: Range): string {
  const to = end.line === start.line ? `${end.column}` : `${end.line}:${end.column}`;
  return `${start.line}:${start.column}-${to}`;
}

export type Outcome = { readonly data: readonly unknown[]; readonly problems: readonly string[] };

/** What a text gives, in few words. */
export function outcome(language: Language, text: string): Outcome {
  const { documents, problems } = parseText({ uri: `a.${language}`, text, language });
  return { data: documents.map(({ data }) => data), problems: problems.map(brief) };
}

export function problemsIn(language: Language, text: string): readonly string[] {
  const { data, problems } = outcome(language, text);
  if (problems.length > 0 && data.length > 0) throw new Error('some documents were read');
  return problems;
}

/** Milliseconds that a function takes, the best of three where the machine is busy with something else. */
export function timed(run: () => void): number {
  let best = Infinity;
  for (let round = 0; round < 3 && best > 200; round += 1) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
