import { parseEvents, YAMLException } from 'js-yaml';
import type { Event } from 'js-yaml';
import { problemsOf } from './fault.ts';
import { parseStrictJson } from './json.ts';
import { MAX_DEPTH } from './limits.ts';
import type { Parsed } from './parsed.ts';
import type { Problem } from './problem.ts';
import { documentProblem, type DocumentProblemCode } from './problem-codes.ts';
import type { Range } from './range.ts';
import { refusedCharacter } from './refused-characters.ts';
import { ParsedDocument } from './source-document.ts';
import { rangeAt, TextLines } from './text-lines.ts';
import { YamlComposer, type Composed } from './yaml-composer.ts';

type YamlSource = { readonly uri: string; readonly text: string };

/**
 * The parser counts scalars too, and what it first takes for a key. The two levels more let in what the composer
 * counts exactly.
 */
const PARSER_OPTIONS = { filename: '', maxDepth: MAX_DEPTH + 2 };

/** The parser's reasons that mean something refused anyway. Two of them quote the text, which may be a secret. */
const REASONS: readonly (readonly [RegExp, DocumentProblemCode])[] = [
  [/maxDepth/, 'too-deep'],
  [/directive|YAML version/, 'yaml-directive'],
  [/\btag\b/, 'yaml-tag'],
  [/\banchor\b/, 'yaml-anchor'],
  [/\balias\b/, 'yaml-alias'],
];

/**
 * Reads a YAML stream strictly. Text that begins like JSON is read as JSON when it is JSON. A stream with a syntax
 * error gives no document; other problems cost only the document they stand in.
 */
export function parseYaml(source: YamlSource): Parsed {
  const { uri, text } = source;
  const asJson = /^\s*[{[]/.test(text) ? parseStrictJson({ uri, text, language: 'yaml' }) : null;
  if (asJson !== null) return asJson;
  const refused = refusedCharacter(uri, text);
  if (refused !== null) return { documents: [], problems: [refused] };
  const events = eventsOf(source);
  return events.ok
    ? documentsOf(source, new YamlComposer(text).compose(events.events))
    : { documents: [], problems: [events.problem] };
}

function documentsOf({ uri, text }: YamlSource, composed: readonly Composed[]): Parsed {
  const documents: ParsedDocument[] = [];
  const problems: Problem[] = [];
  const lines = new TextLines(text);
  const filled = composed.filter(({ isEmpty, faults }) => !isEmpty || faults.length > 0);
  if (filled.length === 0) return { documents, problems: [documentProblem('empty-document', { uri })] };
  for (const [index, { data, tape, faults, start }] of filled.entries()) {
    if (faults.length > 0) problems.push(...problemsOf(uri, lines, faults));
    else if (typeof data !== 'object' || data === null) problems.push(notAMapping(uri, lines, tape.cells));
    else {
      const reread = (): unknown => rereadYaml({ uri, text }, index);
      // What stands before the first document belongs to it.
      const region = { start: index === 0 ? 0 : start, end: filled[index + 1]?.start ?? text.length };
      documents.push(new ParsedDocument({ uri, language: 'yaml', index, data, reread, lines, tape, region }));
    }
  }
  return { documents, problems };
}

/** The value of one document of a stream that was read before. */
function rereadYaml(source: YamlSource, index: number): unknown {
  return parseYaml(source).documents.find((document) => document.index === index)?.data;
}

function notAMapping(uri: string, lines: TextLines, [start = 0, end = 0]: Int32Array): Problem {
  return documentProblem('not-a-mapping', { uri, range: lines.range(start, end) });
}

type Events =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly problem: Problem };

function eventsOf({ uri, text }: YamlSource): Events {
  try {
    return { ok: true, events: parseEvents(text, PARSER_OPTIONS) };
  } catch (error) {
    return { ok: false, problem: syntaxProblem(uri, text, error) };
  }
}

function syntaxProblem(uri: string, text: string, error: unknown): Problem {
  if (!(error instanceof YAMLException)) return documentProblem('yaml-syntax', { uri });
  const { reason, mark } = error;
  const code = REASONS.find(([pattern]) => pattern.test(reason))?.[1];
  const range = mark === undefined ? null : rangeOfError(text, mark.position, code);
  if (code !== undefined) return documentProblem(code, { uri, range });
  return documentProblem('yaml-syntax', { uri, range, message: `This is not valid YAML: ${reason}.` });
}

/** One character, or none at the end of a line. A directive is only refused by the parser when its line is read. */
function rangeOfError(text: string, position: number, code: DocumentProblemCode | undefined): Range {
  const directive = code === 'yaml-directive' ? text.lastIndexOf('%', position) : -1;
  const start = Math.min(directive === -1 ? position : directive, text.length);
  const end = start + (/^[^\r\n]/.test(text.charAt(start)) ? 1 : 0);
  return rangeAt(text, start, end);
}
