import { characterStart } from '../util/character-start.ts';
import { cellWidth } from './cell-width.ts';
import { visible, visibleCharacters } from './escape.ts';

/** A longer line is cut, and then to what fits most windows. */
const MAX_CELLS = 200;
const CUT_CELLS = 100;
/** Cells of context kept before the mark when a line is cut. */
const LEAD_CELLS = 40;
const TAB_CELLS = 4;
const ELLIPSIS = '…';
/** UTF-16 units on either side of the mark that are looked at: a line of megabytes costs no more than a short one. */
const REACH = 2 * MAX_CELLS;
const ONE_CELL_EACH = /^[ -~]*$/;

/** The marked part of a line as 0-based UTF-16 offsets, `to` exclusive. */
export type Mark = { readonly from: number; readonly to: number };

/** A line as it stands on the screen, and the cells that its mark covers there (at least one). */
type ShownLine = { readonly text: string; readonly markCell: number; readonly markCells: number };

type Piece = { readonly from: number; readonly shown: string; readonly cell: number; readonly cells: number };

/** What is left out of a line on either side already. */
type LeftOut = { readonly before: boolean; readonly after: boolean };

/** A line of source for the screen: unseen characters named, tabs as spaces, cut around the mark when it is long. */
export function showLine(line: string, mark: Mark, leftOut: LeftOut = WHOLE): ShownLine {
  const from = Math.min(mark.from, line.length);
  const to = Math.max(from, Math.min(mark.to, line.length));
  if (!leftOut.before && !leftOut.after && standsAsItIs(line)) {
    const markCells = cellsOf(line.slice(from, to));
    return { text: line, markCell: cellsOf(line.slice(0, from)), markCells: Math.max(1, markCells) };
  }
  const start = characterStart(line, Math.max(0, from - REACH));
  const end = characterStart(line, Math.min(line.length, from + REACH));
  return cut(
    layOut(line.slice(start, end), start),
    { from, to },
    { before: leftOut.before || start > 0, after: leftOut.after || end < line.length },
  );
}

const WHOLE: LeftOut = { before: false, after: false };

function standsAsItIs(line: string): boolean {
  return (
    line.length <= MAX_CELLS && !line.includes('\t') && visible(line) === line && cellsOf(line) <= MAX_CELLS
  );
}

function cellsOf(text: string): number {
  if (ONE_CELL_EACH.test(text)) {
    return text.length;
  }
  let cells = 0;
  for (const character of text) {
    cells += cellWidth(character);
  }
  return cells;
}

function layOut(text: string, offset: number): Piece[] {
  let from = offset;
  let cell = 0;
  return visibleCharacters(text).map(({ source, shown }) => {
    const piece = source === '\t' ? tab(from, cell) : { from, shown, cell, cells: widthOf(source, shown) };
    from += source.length;
    cell += piece.cells;
    return piece;
  });
}

function tab(from: number, cell: number): Piece {
  const cells = TAB_CELLS - (cell % TAB_CELLS);
  return { from, shown: ' '.repeat(cells), cell, cells };
}

/** Escape sequences are ASCII. */
function widthOf(source: string, shown: string): number {
  return source === shown ? cellWidth(source) : shown.length;
}

function cut(pieces: readonly Piece[], mark: Mark, more: LeftOut): ShownLine {
  const width = endOf(pieces);
  const cellAt = (offset: number): number => pieces.find((piece) => piece.from >= offset)?.cell ?? width;
  const markCell = cellAt(mark.from);
  const fits = width <= MAX_CELLS && !more.before && !more.after;
  const room = fits ? width : CUT_CELLS - 2 * ELLIPSIS.length;
  const first = Math.max(0, Math.min(markCell - LEAD_CELLS, width - room));
  const kept = pieces.filter(({ cell, cells }) => cell >= first && cell + cells <= first + room);
  const left = kept[0]?.cell ?? 0;
  const right = endOf(kept);
  const before = more.before || left > 0 ? ELLIPSIS : '';
  const after = more.after || right < width ? ELLIPSIS : '';
  return {
    text: `${before}${kept.map((piece) => piece.shown).join('')}${after}`,
    markCell: before.length + markCell - left,
    markCells: Math.max(1, Math.min(cellAt(mark.to), right) - markCell),
  };
}

function endOf(pieces: readonly Piece[]): number {
  const last = pieces.at(-1);
  return last === undefined ? 0 : last.cell + last.cells;
}
