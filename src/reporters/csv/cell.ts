import { visible } from '../escape.ts';

/** `null` is an empty cell. */
export type Cell = string | number | null;

/**
 * Where a spreadsheet would take a text for a formula (CWE-1236): at its start, and behind a semicolon, which separates
 * cells where the comma is for decimals and quotes mean nothing then. The signs are those of ASCII, the full-width ones
 * that East Asian versions take as well, and their small forms; white space and quotes before them are passed over.
 */
const FORMULA = /(^|;)(?=[\s'"]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])/g;

/**
 * Rows as RFC 4180 has them: CRLF, every text in quotes. A text that would be a formula has an apostrophe before it, by
 * which spreadsheets know text. No cell has a line break: what cannot be seen is written out.
 */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${visible(cell).replaceAll(FORMULA, "$1'").replaceAll('"', '""')}"`;
}
