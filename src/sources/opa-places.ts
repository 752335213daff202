import type { Range } from '../documents/range.ts';
import { TextLines } from '../documents/text-lines.ts';
import { placeOfNode, writtenAs, type TreeNode } from './tree.ts';

/** A reference, a text in quotes, a number, or else one character. */
const TOKEN =
  /^(?:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\["[^"\\\n]*"\]|\[\w+\])*|"(?:[^"\\\n]|\\.)*"|`[^`\n]*`|\d[\w.]*|[:=!<>]=|.)/u;

/** Turns OPA's places into ours: rows and columns from 1, its columns count code points, ours UTF-16 units. */
export class OpaPlaces {
  readonly #lines: TextLines;

  constructor(text: string) {
    this.#lines = new TextLines(text);
  }

  /** The offset of a place. One after the end of a line is at its end, one after the text at the end of the text. */
  offset(row: number, column: number): number {
    let start = this.#lines.start(row);
    let left = column - 1;
    for (const character of this.#lines.line(row)) {
      if (left <= 0) break;
      start += character.length;
      left -= 1;
    }
    return start;
  }

  /** The token at a place. */
  token(row: number, column: number): Range {
    const start = this.offset(row, column);
    const [token = ''] = TOKEN.exec(this.textFrom(start)) ?? [];
    return this.range(start, start + token.length);
  }

  /** What a node of a tree covers of the line that it starts in. */
  node(node: TreeNode): Range | null {
    const place = placeOfNode(node);
    if (place === null) return null;
    const start = this.offset(place.row, place.column);
    const [line = ''] = writtenAs(node).split(/\r?\n/);
    return line !== '' && this.textFrom(start).startsWith(line)
      ? this.range(start, start + line.length)
      : this.token(place.row, place.column);
  }

  /** A line without the blanks around it. */
  line(row: number): Range {
    const text = this.#lines.line(row);
    const start = this.#lines.start(row);
    return this.range(start + text.length - text.trimStart().length, start + text.trimEnd().length);
  }

  /** What follows an offset in its line. */
  textFrom(offset: number): string {
    const { line, column } = this.#lines.position(offset);
    return this.#lines.line(line).slice(column - 1);
  }

  range(start: number, end: number): Range {
    return this.#lines.range(start, end);
  }
}
