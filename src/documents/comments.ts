import { keySpan, nodeAfter, valueSpan, type RangeTape } from './range-tape.ts';

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
