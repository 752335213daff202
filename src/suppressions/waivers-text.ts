import type { SourceDocument } from '../documents/document.ts';
import { parseText } from '../documents/parse.ts';
import { isObject } from '../util/is-object.ts';
import { inertJson } from './inert-json.ts';
import type { WrittenWaiver } from './waiver.ts';

/** A text that was changed; `null` when it is written in a way that cannot be changed without touching more of it. */
export type ChangedText = string | null;

const SCHEMA = 'https://raw.githubusercontent.com/agentid-lint/agentid-lint/main/schemas/waivers.schema.json';

/** A waivers file without an entry. */
export const NO_WAIVERS = `# yaml-language-server: $schema=${SCHEMA}
# Findings that somebody answers for until a day. "agentid-lint waivers list" shows them, the next to end first.
version: 1
waivers: []
`;

/** The text of a waivers file with one more entry behind the others; everything else stays byte for byte. */
export function withWaiver(text: string, entry: WrittenWaiver): ChangedText {
  const document = documentOf(text);
  const list = listOf(document);
  if (document === null || list === null) return null;
  const lines = entryLines(entry);
  if (list.length === 0) return intoEmpty(text, document, lines);
  const last = placeOf(text, document, list.length - 1);
  if (last === null) return null;
  return text.slice(0, last.end) + laidOut(lines, last.indent, text) + text.slice(last.end);
}

/** The text of a waivers file without the entries at these places; everything else stays byte for byte. */
export function withoutWaivers(text: string, indexes: readonly number[]): ChangedText {
  const document = documentOf(text);
  const list = listOf(document);
  if (document === null || list === null) return null;
  const places = indexes.map((index) => placeOf(text, document, index));
  let changed = text;
  for (const place of places.toReversed()) {
    if (place === null) return null;
    changed = changed.slice(0, place.start) + changed.slice(place.end);
  }
  if (indexes.length < list.length) return changed;
  // Nothing is no list.
  const key = document.locateKey(['waivers']).range;
  const colon = changed.indexOf(':', key.end.offset - 1) + 1;
  return `${changed.slice(0, colon)} []${changed.slice(colon)}`;
}

function documentOf(text: string): SourceDocument | null {
  return parseText({ uri: '', text, language: 'yaml' }).documents[0] ?? null;
}

function listOf(document: SourceDocument | null): readonly unknown[] | null {
  const data = document?.data;
  const list = isObject(data) ? data['waivers'] : null;
  return Array.isArray(list) ? list : null;
}

/** Whole lines of an entry in a list with dashes, up to the next line. */
function placeOf(
  text: string,
  document: SourceDocument,
  index: number,
): { readonly start: number; readonly end: number; readonly indent: string } | null {
  const { range } = document.locate(['waivers', index]);
  const start = text.lastIndexOf('\n', range.start.offset - 1) + 1;
  const [, indent] = /^( *)- +$/.exec(text.slice(start, range.start.offset)) ?? [];
  const end = text.indexOf('\n', Math.max(range.end.offset - 1, range.start.offset));
  const rest = text.slice(range.end.offset, end);
  if (indent === undefined || end === -1 || !/^\s*(?:#.*)?$/.test(rest)) return null;
  return { start, end: end + 1, indent };
}

/** Behind the line of a list that is written as `[]`. */
function intoEmpty(text: string, document: SourceDocument, lines: readonly string[]): ChangedText {
  const { range } = document.locate(['waivers']);
  const written = text.slice(range.start.offset, range.end.offset);
  const end = text.indexOf('\n', range.end.offset);
  if (!/^\[\s*\]$/.test(written) || end === -1) return null;
  const before = text.slice(0, range.start.offset).trimEnd();
  return before + text.slice(range.end.offset, end + 1) + laidOut(lines, '  ', text) + text.slice(end + 1);
}

function laidOut(lines: readonly string[], indent: string, text: string): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return lines.map((line) => indent + line + lineBreak).join('');
}

/** What the waiver is about comes first, and its end last: a file that is cut short never waives more. */
function entryLines(entry: WrittenWaiver): readonly string[] {
  const { rule, object, kind, fingerprint, reason, approvedBy, ticket, created, expires } = entry;
  const keys = Object.entries({
    rule,
    object,
    kind,
    fingerprint,
    reason,
    approvedBy,
    ticket,
    created,
    expires,
  });
  const lines = keys.flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (typeof value === 'string') return [`${key}: ${scalar(value)}`];
    return [`${key}:`, ...Object.entries(value).map(([name, part]) => `  ${name}: ${scalar(part)}`)];
  });
  return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}

/** Words without any meaning in YAML are written plainly; everything else as JSON, which is YAML too. */
function scalar(value: string | number): string {
  if (typeof value === 'number') return String(value);
  return PLAIN.test(value) ? value : inertJson(value);
}

const PLAIN =
  /^(?:[a-z][\w-]*\/[\w-]+|v1:[0-9a-f]{32}|\d{4}-\d{2}-\d{2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
