import type { Position, Range } from './range.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Turns offsets of one text into lines and columns. Lines end with LF or CRLF. The table of lines is made at first use. */
export class TextLines {
  readonly text: string;
  #starts: readonly number[] | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** How many lines there are; after a line break at the end there is one more, which is empty. */
  get count(): number {
    return this.#lineStarts().length;
  }

  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(end) };
  }

  position(offset: number): Position {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
  }

  /** The offset at which a 1-based line begins; the end of the text for a line that is not there. */
  start(line: number): number {
    return this.#lineStarts()[line - 1] ?? this.text.length;
  }

  /** The text of a 1-based line without its line break; empty for a line that is not there. */
  line(line: number): string {
    const starts = this.#lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    const next = starts[line];
    return this.text.slice(start, next === undefined ? this.text.length : lineEnd(this.text, next));
  }

  /** Lets go of the table of lines; it is made again when it is needed. */
  forget(): void {
    this.#starts = null;
  }

  #lineStarts(): readonly number[] {
    this.#starts ??= lineStarts(this.text);
    return this.#starts;
  }
}

/** Where a span stands, for the few that are needed once. */
export function rangeAt(text: string, start: number, end: number): Range {
  return new TextLines(text).range(start, end);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The end of the line before the one that starts at `next`. */
function lineEnd(text: string, next: number): number {
  const isPair =
    next >= 2 && text.charCodeAt(next - 2) === CARRIAGE_RETURN && text.charCodeAt(next - 1) === LINE_FEED;
  return isPair ? next - 2 : next - 1;
}
