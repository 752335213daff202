import { parseJson } from '../documents/json.ts';
import type { SourceDocument } from '../documents/document.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { refusedCharacter } from '../documents/refused-characters.ts';
import { cut } from '../util/cut.ts';
import { isObject } from '../util/is-object.ts';
import { END_MARK } from './baseline.ts';
import { baselineProblem, type BaselineProblemCode } from './baseline-problems.ts';
import { refSeenFrom } from './rooted-ref.ts';
import type { Baseline, BaselineEntry } from './types.ts';

export type BaselineRead =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const VERSION = 1;
const HEADER_KEYS = ['baseline', 'version', 'fingerprint'];
const ENTRY_KEYS = ['rule', 'resource', 'at', 'fingerprint'] as const;
const FINGERPRINT = /^v1:[0-9a-f]{32}$/;
/** Of any version, also of one that is not known yet. */
const ANY_FINGERPRINT = /^v\d+:[0-9a-f]+$/;
/** A name of a resource may be as long as a manifest has it; a line of this length is no entry of ours. */
const LONGEST_LINE = 1024 * 1024;
/** Faulty lines that are told of; the rest would not help. */
const MOST_PROBLEMS = 20;
const LONGEST_NAME = 60;
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/;

/** An entry as this version writes it, without an escape: what it says can be taken from it as it is. */
const WRITTEN =
  /^\{"rule":"([^"\\\t]+)","resource":"([^"\\\t]+)","at":"((?:\/[^"\\\t]*)?)","fingerprint":"(v1:[0-9a-f]{32})"\}$/;

type Line = { readonly uri: string; readonly text: string; /** 1-based. */ readonly number: number };

/**
 * The baseline that a text is; all of it or nothing. Lines may be in any order between the header and the end mark, and
 * end with LF or CRLF. A text that was cut anywhere is refused. `base` is the working directory seen from the root of its
 * repository, which the files of entries are relative to.
 */
export function readBaseline(uri: string, text: string, base: string): BaselineRead {
  const lines = text.split(/\r?\n/).map((line, index): Line => ({ uri, text: line, number: index + 1 }));
  const odd = refusedCharacter(uri, text) ?? conflictIn(lines) ?? headerProblem(lines) ?? endProblem(lines);
  return odd === null ? readEntries(uri, lines.slice(1, -2), base) : failed([odd]);
}

function conflictIn(lines: readonly Line[]): Problem | null {
  const line = lines.find((each) => CONFLICT.test(each.text));
  return line === undefined ? null : about(line, 'baseline-merge-conflict');
}

function headerProblem([line]: readonly Line[]): Problem | null {
  if (line === undefined || line.text.length > LONGEST_LINE) return null;
  const [document] = parseJson({ uri: line.uri, text: line.text, language: 'json' }).documents;
  const header = document?.data;
  if (!isObject(header) || header['baseline'] !== 'agentid-lint') return about(line, 'baseline-other-format');
  const { version, fingerprint } = header;
  if (version !== VERSION) {
    const told = typeof version === 'number' ? ` ${version}` : '';
    return about(
      line,
      'baseline-other-version',
      `The baseline is of version${told}, and this reads ${VERSION}.`,
    );
  }
  if (fingerprint !== 'v1') return about(line, 'baseline-unknown-fingerprint');
  const unknown = Object.keys(header).find((key) => !HEADER_KEYS.includes(key));
  return unknown === undefined ? null : about(line, 'baseline-unknown-key', noSuchKey(unknown));
}

function endProblem(lines: readonly Line[]): Problem | null {
  const [mark, after] = lines.slice(-2);
  const first = lines.find(({ text }) => text === END_MARK);
  if (first !== undefined && first !== mark) {
    const next = lines[first.number];
    // A text that ends with its end mark lacks but the line break.
    if (next !== undefined) return about(next, 'baseline-text-after-end');
  }
  if (after?.text === '' && mark?.text === END_MARK) return null;
  return about(after ?? { uri: lines[0]?.uri ?? '', text: '', number: 1 }, 'baseline-cut-short');
}

function readEntries(uri: string, lines: readonly Line[], base: string): BaselineRead {
  const entries = new Map<string, BaselineEntry>();
  const problems: Problem[] = [];
  for (const line of lines) {
    const read = readEntry(line);
    if (read.ok) {
      const { entry } = read;
      const first = entries.get(entry.fingerprint);
      if (first === undefined)
        entries.set(entry.fingerprint, { ...entry, resource: refSeenFrom(base, entry.resource) });
      else problems.push(duplicate(line, first, lines));
    } else problems.push(...read.problems);
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return problems.length > 0 ? failed(problems) : { ok: true, baseline: { uri, entries } };
}

type EntryRead =
  | { readonly ok: true; readonly entry: BaselineEntry }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function readEntry(line: Line): EntryRead {
  const [, rule, resource, at, fingerprint] = WRITTEN.exec(line.text) ?? [];
  return rule === undefined || resource === undefined || at === undefined || fingerprint === undefined
    ? readAnyEntry(line)
    : { ok: true, entry: { rule, resource, at, fingerprint, line: line.number } };
}

/** An entry that somebody has written in another way, or something else. */
function readAnyEntry(line: Line): EntryRead {
  if (line.text.length > LONGEST_LINE) return failed([about(line, 'baseline-line-too-long')]);
  const { documents, problems } = parseJson({ uri: line.uri, text: line.text, language: 'json' });
  const [document] = documents;
  if (document === undefined) return failed(problems.map((problem) => onLine(problem, line)));
  const { data } = document;
  if (!isObject(data)) return failed([about(line, 'baseline-invalid-line')]);
  const faults = keyProblems(line, document, data);
  if (faults.length > 0) return failed(faults);
  const [rule, resource, at, fingerprint] = ENTRY_KEYS.map((key) => data[key]);
  if (!isText(rule) || !isText(resource) || typeof at !== 'string' || !isText(fingerprint))
    return failed([
      about(line, 'baseline-invalid-value', 'An entry has texts only, and only "at" may be empty.'),
    ]);
  if (at !== '' && !at.startsWith('/'))
    return failed([
      about(line, 'baseline-invalid-value', '"at" is no JSON Pointer: it is empty or begins with "/".'),
    ]);
  if (!FINGERPRINT.test(fingerprint)) return failed([fingerprintProblem(line, fingerprint)]);
  return { ok: true, entry: { rule, resource, at, fingerprint, line: line.number } };
}

function keyProblems(
  line: Line,
  document: SourceDocument,
  data: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  const missing = ENTRY_KEYS.filter((key) => !Object.hasOwn(data, key)).map((key) =>
    about(line, 'baseline-missing-key', `The key "${key}" is missing.`),
  );
  const unknown = Object.keys(data)
    .filter((key) => !ENTRY_KEYS.some((known) => known === key))
    .map((key) =>
      onLine(
        baselineProblem('baseline-unknown-key', {
          uri: line.uri,
          range: document.locateKey([key]).range,
          message: noSuchKey(key),
        }),
        line,
      ),
    );
  return [...missing, ...unknown];
}

function fingerprintProblem(line: Line, fingerprint: string): Problem {
  return ANY_FINGERPRINT.test(fingerprint) && !fingerprint.startsWith('v1:')
    ? about(line, 'baseline-unknown-fingerprint')
    : about(line, 'baseline-invalid-value', 'A fingerprint is "v1:" and 32 hex digits in lower case.');
}

function duplicate(line: Line, first: BaselineEntry, lines: readonly Line[]): Problem {
  const other = lines.find(({ number }) => number === first.line) ?? line;
  return {
    ...about(line, 'baseline-duplicate-entry'),
    related: [{ message: 'first here', range: rangeOf(other) }],
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function noSuchKey(key: string): string {
  return `There is no key "${cut(key, LONGEST_NAME)}".`;
}

function about(line: Line, code: BaselineProblemCode, message?: string): Problem {
  return baselineProblem(code, {
    uri: line.uri,
    range: rangeOf(line),
    ...(message === undefined ? {} : { message }),
  });
}

/** All of a line. Nobody asks where it stands in the text as a whole. */
function rangeOf({ text, number }: Line): Range {
  return {
    start: { line: number, column: 1, offset: 0 },
    end: { line: number, column: text.length + 1, offset: text.length },
  };
}

/** A problem of a line that was read alone, at its place in the file. */
function onLine(problem: Problem, { number }: Line): Problem {
  const moved = ({ start, end }: Range): Range => ({
    start: { ...start, line: start.line + number - 1 },
    end: { ...end, line: end.line + number - 1 },
  });
  return {
    ...problem,
    range: problem.range === null ? null : moved(problem.range),
    ...(problem.related === undefined
      ? {}
      : { related: problem.related.map((other) => ({ ...other, range: moved(other.range) })) }),
  };
}

function failed(problems: readonly Problem[]): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems };
}
