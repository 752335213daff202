import type { SourceDocument } from '../documents/document.ts';
import { toPointer, type Path } from '../documents/pointer.ts';
import type { Range } from '../documents/range.ts';
import type { DocumentOrigin } from '../model/resource.ts';
import { characterStart } from '../util/character-start.ts';
import type { FileLocation, SourceLine } from './finding.ts';

/** A longer range is shown by its first line. */
const SNIPPET_LINES = 3;

/** UTF-16 units of a long line that are kept on either side of a place. */
const BEFORE = 500;
const AFTER = 700;

/** Where a path inside a resource stands in its file. An absent path is placed at its nearest existing parent. */
export function locate(document: SourceDocument, origin: DocumentOrigin, path: Path): FileLocation {
  const written = [...origin.path, ...asWritten(path, origin.aliases)];
  const { range } = document.locate(written);
  return {
    kind: 'file',
    uri: document.uri,
    pointer: toPointer(written),
    range,
    snippet: snippetOf(document, range),
  };
}

/** The path with the key that the document uses, for shapes that spell a property differently. */
function asWritten(path: Path, aliases: DocumentOrigin['aliases']): Path {
  const [first, ...rest] = path;
  if (typeof first !== 'string') return path;
  return [Object.hasOwn(aliases, first) ? (aliases[first] ?? first) : first, ...rest];
}

function snippetOf(document: SourceDocument, { start, end }: Range): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  const last = end.line - start.line < SNIPPET_LINES ? end.line : start.line;
  for (let number = start.line; number <= last; number += 1)
    lines.push(shortened(number, document.line(number), number === start.line ? start.column - 1 : 0));
  return lines;
}

/** A file may be one line of megabytes, with thousands of findings in it. */
function shortened(number: number, line: string, place: number): SourceLine {
  if (line.length <= BEFORE + AFTER) return { number, text: line };
  const before = characterStart(line, Math.max(0, place - BEFORE));
  const end = characterStart(line, Math.min(line.length, place + AFTER));
  return { number, text: line.slice(before, end), cut: { before, after: end < line.length } };
}
