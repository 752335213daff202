import type { FileHandle } from 'node:fs/promises';
import { canonicalText } from '../../model/canonical.ts';
import { isObject } from '../../util/is-object.ts';
import { chunksOf } from './files.ts';
import { LineFault, linesOf } from './lines.ts';
import { SpoolError } from './problem.ts';
import type { SpoolRow } from './types.ts';

const LONGEST_ROW = 64 * 1024 * 1024;

/** Id, key and value of a row, each as JSON, with tabs between them: JSON has no tab of its own. */
export function lineOfRow({ id, key, value }: SpoolRow): string {
  return `${JSON.stringify(canonicalText(id))}\t${JSON.stringify(key)}\t${JSON.stringify(value)}`;
}

/** The id of a row's line, and the rest of it. */
export function splitRow(line: string): { readonly id: string; readonly rest: string } {
  const tab = line.indexOf('\t');
  return { id: textOf(line.slice(0, tab)), rest: line.slice(tab + 1) };
}

/** The row that such a rest belongs to. */
export function rowOf(id: string, rest: string): SpoolRow {
  const tab = rest.indexOf('\t');
  const value: unknown = parse(rest.slice(tab + 1));
  if (!isObject(value)) throw new SpoolError('spool-damaged');
  return { id, key: textOf(rest.slice(0, tab)), value };
}

/** The lines of a file of rows up to a length, in batches. */
export async function* rowLines(handle: FileHandle, bytes: number): AsyncGenerator<readonly string[]> {
  try {
    yield* linesOf(chunksOf(handle, 0, bytes), LONGEST_ROW);
  } catch (cause) {
    if (cause instanceof LineFault) throw new SpoolError('spool-damaged', undefined, { cause });
    throw cause;
  }
}

function textOf(json: string): string {
  const text = parse(json);
  if (typeof text !== 'string') throw new SpoolError('spool-damaged');
  return text;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new SpoolError('spool-damaged', undefined, { cause });
  }
}
