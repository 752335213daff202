import { joinLines } from '../escape.ts';
import { count } from '../text.ts';

/** A part of a page. It is cut between rows when there is no room for all. */
export type Block = {
  readonly head: readonly string[];
  /** Lines of each. */
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
  /** How many rows there are besides, which are never shown. */
  readonly more: number;
};

/** So many rows of each block come before any more of one. */
const ROWS_FOR_EACH = 10;
const REST = ['', 'The rest is left out, see the JSON report.'];

/** A block that is whole or not there. */
export function lines(head: readonly string[]): Block {
  return { head, rows: [], foot: [], more: 0 };
}

/**
 * A table under a heading; nothing without rows. Cells are Markdown: what is untrusted in them is in code spans.
 * @param most rows that are shown
 */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  most = rows.length,
): Block[] {
  if (rows.length === 0) return [];
  const head = ['', `### ${title}`, '', row(columns), row(columns.map(() => '---'))];
  const shown = rows.slice(0, most).map((cells) => [row(cells)]);
  return [{ head, rows: shown, foot: [], more: rows.length - shown.length }];
}

/**
 * A row of a table. A pipe ends a cell even in a code span, unless a backslash is before it; behind another backslash
 * that would be undone, so it is written as a reader sees controls.
 */
export function row(cells: readonly string[]): string {
  const escaped = cells.map((cell) =>
    cell.replaceAll(/\\?\|/g, (pipe) => (pipe === '|' ? String.raw`\|` : String.raw`\\x7c`)),
  );
  return `| ${escaped.join(' | ')} |`;
}

/**
 * The blocks in at most so many bytes. The first lines are never cut; each block is given room for some rows, and then
 * for the rest of them in the order of the blocks. What is left out is counted where it would be.
 */
export function page(first: readonly string[], blocks: readonly Block[], limit: number): string {
  const room = new Room(limit - bytesOf([...first, ...REST]));
  const end = blocks.findIndex((block) => !room.takes(frameOf(block)));
  const shown = blocks.slice(0, end === -1 ? blocks.length : end);
  const some = shown.map(({ rows }) => room.fit(rows.slice(0, ROWS_FOR_EACH)));
  const all = shown.map(({ rows }, index) => {
    const before = some[index] ?? 0;
    return before + (before === ROWS_FOR_EACH ? room.fit(rows.slice(before)) : 0);
  });
  const text = shown.flatMap(({ head, rows, foot, more }, index) => {
    const fitting = rows.slice(0, all[index]);
    return [...head, ...fitting.flat(), ...leftOut(rows.length - fitting.length + more), ...foot];
  });
  return joinLines([...first, ...text, ...(end === -1 ? [] : REST)]);
}

/** Bytes that are left. */
class Room {
  #bytes: number;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Whether there is room for the lines; then it is taken. */
  takes(texts: readonly string[]): boolean {
    const size = bytesOf(texts);
    if (size > this.#bytes) return false;
    this.#bytes -= size;
    return true;
  }

  /** How many of the rows there is room for, from the first one on. */
  fit(rows: Block['rows']): number {
    const end = rows.findIndex((each) => !this.takes(each));
    return end === -1 ? rows.length : end;
  }
}

/** What a block has without a row. */
function frameOf({ head, rows, foot, more }: Block): string[] {
  return [...head, ...foot, ...leftOut(rows.length + more)];
}

function leftOut(rows: number): string[] {
  return rows === 0 ? [] : ['', `${count(rows, 'row')} left out, see the JSON report.`];
}

/** With a line break each. */
function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
}
