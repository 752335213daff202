import type { Comment } from './document.ts';
import { keySpan, nodeAfter, valueSpan, type RangeTape, type Span } from './range-tape.ts';
import type { TextLines } from './text-lines.ts';

const HASH = /(?<=^|\s)#/g;

/**
 * Where the comment of a YAML line begins, in the line; `null` without one. `start` is where the line begins in the
 * text of the tape. A `#` inside a key or a value is none.
 */
export function commentIn(line: string, start: number, tape: RangeTape): number | null {
  for (const { index } of line.matchAll(HASH)) {
    if (!isInText(start + index, tape)) return index;
  }
  return null;
}

type Commented = {
  readonly lines: TextLines;
  readonly tape: RangeTape;
  /** The part of the text that the tape is of. */
  readonly region: Span;
};

/** The comments of a document that begin with a word. */
export function commentsWith(word: string, { lines, tape, region }: Commented): readonly Comment[] {
  const comments: Comment[] = [];
  let line = 0;
  let next: number | null = 0;
  for (
    let at = lines.text.indexOf(word, region.start);
    at !== -1 && at < region.end;
    at = lines.text.indexOf(word, at + word.length)
  ) {
    const { line: here } = lines.position(at);
    if (here === line) continue;
    line = here;
    const written = lines.line(line);
    const hash = commentIn(written, lines.start(line), tape);
    const text = hash === null ? '' : written.slice(hash + 1).trim();
    if (hash === null || !text.startsWith(word)) continue;
    const start = lines.start(line) + hash;
    const isAlone = written.slice(0, hash).trim() === '';
    // Comments above each other are about one line.
    if (isAlone && next !== null && next <= line) next = nextContent(lines, line);
    const range = lines.range(start, start + written.slice(hash).trimEnd().length);
    comments.push({ text, range, about: isAlone ? next : line });
  }
  return comments;
}

/** Blank, a comment, or the mark that a document begins. */
const WITHOUT_CONTENT = /^\s*(?:#|$)|^---\s*(?:#|$)/;

/** The first line after a comment that says anything. */
function nextContent(lines: TextLines, line: number): number | null {
  for (let next = line + 1; next <= lines.count; next += 1)
    if (!WITHOUT_CONTENT.test(lines.line(next))) return next;
  return null;
}

/** Whether an offset is inside a scalar or a key. */
function isInText(offset: number, tape: RangeTape): boolean {
  const node = lastStartedBefore(offset, tape);
  const next = keySpan(tape, node + 1);
  if (next !== null && next.start <= offset && offset < next.end) return true;
  const isScalar = nodeAfter(tape, node) === node + 1;
  return isScalar && offset < valueSpan(tape, node).end;
}

/** Nodes stand in the order of the text, so it is the innermost one around the offset, or the one that ended last. */
function lastStartedBefore(offset: number, tape: RangeTape): number {
  let low = 0;
  let high = tape.keys.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueSpan(tape, middle).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
