import type { Language } from './document.ts';
import { problemsOf } from './fault.ts';
import { readJson, type Numbers } from './json-reader.ts';
import { surveyJson } from './json-survey.ts';
import { MAX_DEPTH } from './limits.ts';
import type { Parsed } from './parsed.ts';
import type { Problem } from './problem.ts';
import { documentProblem } from './problem-codes.ts';
import { refusedCharacter } from './refused-characters.ts';
import { ParsedDocument } from './source-document.ts';
import { TextLines } from './text-lines.ts';

type JsonSource = {
  readonly uri: string;
  readonly text: string;
  readonly language: Language;
  /** Whether numbers that cannot be represented exactly are faults, which is so when absent. */
  readonly numbers?: Numbers;
};

/** Reads one JSON document. Values come from `JSON.parse`; what it would let pass silently is refused here. */
export function parseJson(source: JsonSource): Parsed {
  return parseStrictJson(source) ?? { documents: [], problems: whyNotJson(source) };
}

/** As `parseJson`, but `null` when the text is no JSON at all. */
export function parseStrictJson(source: JsonSource): Parsed | null {
  const { uri, text, language } = source;
  const survey = surveyJson(text);
  if (survey.depth > MAX_DEPTH) return null;
  const read = tryParse(text);
  if (!read.ok) return null;
  const { value } = read;
  const problems = [
    ...(survey.oddCharacters ? oddCharacters(source) : []),
    ...(survey.oddValues || survey.keys !== countKeys(value) ? faultsIn(source) : []),
  ];
  if (problems.length === 0 && !isContainer(value)) problems.push(notAMapping(source));
  if (problems.length > 0) return { documents: [], problems };
  const lines = new TextLines(text);
  return {
    documents: [
      new ParsedDocument({
        uri,
        language,
        index: 0,
        data: value,
        reread: (): unknown => JSON.parse(text),
        lines,
        tape: null,
      }),
    ],
    problems,
  };
}

function tryParse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

/** How many keys all mappings of a value have. The value is at most `MAX_DEPTH` deep. */
function countKeys(value: unknown): number {
  if (!isContainer(value)) return 0;
  const isList = Array.isArray(value);
  const members: readonly unknown[] = isList ? value : Object.values(value);
  let count = isList ? 0 : members.length;
  for (const member of members) if (isContainer(member)) count += countKeys(member);
  return count;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function whyNotJson(source: JsonSource): Problem[] {
  const odd = oddCharacters(source);
  if (odd.length > 0) return odd;
  const faults = faultsIn(source);
  return faults.length > 0 ? faults : [documentProblem('json-syntax', { uri: source.uri })];
}

function oddCharacters({ uri, text }: JsonSource): Problem[] {
  const problem = refusedCharacter(uri, text);
  return problem === null ? [] : [problem];
}

function faultsIn({ uri, text, numbers }: JsonSource): Problem[] {
  return problemsOf(uri, new TextLines(text), readJson(text, numbers).faults);
}

function notAMapping({ uri, text }: JsonSource): Problem {
  const start = text.length - text.trimStart().length;
  return documentProblem('not-a-mapping', {
    uri,
    range: new TextLines(text).range(start, text.trimEnd().length),
  });
}
