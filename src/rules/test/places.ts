import type { TestFailure } from '../../../packages/opa-compiler/src/types.ts';
import { TextLines } from '../../documents/text-lines.ts';
import { OpaPlaces } from '../../sources/opa-places.ts';
import { snippetOf, type ShownFile } from '../shown-problems.ts';
import type { Answer, Failure, Place } from './types.ts';

/** Files by the paths that the compiler knows them by. */
type Files = ReadonlyMap<string, ShownFile>;

/** The token at OPA's place in a file. */
function placeAt(files: Files, path: string, row: number, column: number | null): Place {
  const file = files.get(path);
  if (file === undefined) return { uri: path, range: null, snippet: [] };
  const places = new OpaPlaces(file.text);
  const range = column === null ? places.line(row) : places.token(row, column);
  return { uri: file.uri, range, snippet: snippetOf(new TextLines(file.text), range) };
}

/** The head of a test, which begins its line. */
export function placeOfTest(files: Files, path: string, row: number, name: string): Place {
  const place = placeAt(files, path, row, null);
  const [line] = place.snippet;
  if (place.range === null || line === undefined) return place;
  const head = name.replace(/#\d+$/, '');
  const at = line.text.indexOf(head);
  if (at === -1) return place;
  const start = place.range.start.offset - (place.range.start.column - 1) + at;
  const places = new OpaPlaces(files.get(path)?.text ?? '');
  return { ...place, range: places.range(start, start + head.length) };
}

/** What a test failed at. */
export function placedFailure(
  { file: path, row, column, got, expected, variables }: TestFailure,
  files: Files,
): Failure {
  return { place: placeOfExpression(files, path, row, column), got, expected, variables };
}

function placeOfExpression(files: Files, path: string, row: number, column: number): Place {
  const file = files.get(path);
  if (file === undefined) return placeAt(files, path, row, column);
  const places = new OpaPlaces(file.text);
  const start = places.offset(row, column);
  const range = places.range(start, start + lengthOfExpression(file.text.slice(start)));
  return { uri: file.uri, range, snippet: snippetOf(new TextLines(file.text), range) };
}

/** A string, a raw string, a comment, a bracket, the end of an expression, or anything else. */
const PIECE = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*|[([{]|[)\]}]|;|\r?\n|[^"`#([{)\]};\r\n]+|./gs;

/** How long the expression is that a text begins with: to the end of its line, unless a bracket or `with` goes on. */
function lengthOfExpression(text: string): number {
  let depth = 0;
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if (/^[([{]$/.test(piece)) depth += 1;
    else if (/^[)\]}]$/.test(piece)) depth -= 1;
    if (depth < 0 || (depth === 0 && piece === ';')) break;
    if (depth === 0 && /\n$/.test(piece) && !/^\s*with\b/.test(text.slice(index))) break;
    if (!piece.startsWith('#') && piece.trim() !== '') end = index + piece.trimEnd().length;
  }
  return end;
}

/** `file:row:column: code: message`, as OPA tells errors of an evaluation. */
const OPA_ERROR = /^(?:(\S+?\.rego):(\d+)(?::(\d+))?: )?(?:(eval_\w+|rego_\w+): )?(.*)$/s;

/** Errors of OPA that people should not have to know. */
const WORDS: Readonly<Record<string, string>> = {
  'context deadline exceeded': 'it took more than 5 s in OPA',
  'caller cancelled query execution': 'it took more than 5 s in OPA',
};

/** An error that OPA met in a test. */
export function opaError(error: string, files: Files): Extract<Answer, { readonly kind: 'error' }> {
  if (/used as reference, not called/.test(error))
    return { kind: 'error', message: 'it is a function, and tests take no arguments', place: null };
  const [, path, row, column, , rest = error] = OPA_ERROR.exec(error) ?? [];
  const [line = error] = rest.split('\n');
  const message = WORDS[line] ?? line;
  if (path === undefined || row === undefined) return { kind: 'error', message, place: null };
  const at = column === undefined ? null : Number(column);
  return { kind: 'error', message, place: placeAt(files, path, Number(row), at) };
}

/** `the policy broke: file:row:column: message`, as the engine tells what broke a policy. */
const ENGINE_ERROR = /^(?:the policy (?:broke: )?)?(?:(\S+?\.rego):(\d+):(\d+): )?(.*)$/s;

/** An error that a test met in WebAssembly. */
export function wasmError(error: string, files: Files): Extract<Answer, { readonly kind: 'error' }> {
  const [, path, row, column, message = error] = ENGINE_ERROR.exec(error) ?? [];
  if (path === undefined) return { kind: 'error', message, place: null };
  return { kind: 'error', message, place: placeAt(files, path, Number(row), Number(column)) };
}
