import { parse } from 'csv-parse/sync';
import { difference, remembered, unseen, type Detector } from './harm.ts';

/** What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection), in full width too. */
const FORMULA = /^[\s\u0000\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Rows and columns as they should be, and no formula in any. */
export const inCsv: Detector = (output, twin) => {
  const rows = rowsOf(output);
  const formula = rows.flat().find((cell) => FORMULA.test(cell));
  if (formula !== undefined) return `${JSON.stringify(formula)} is a formula`;
  return unseen(output.replaceAll('\r\n', '\n')) ?? difference(rows.map(widthOf), widthsOfTwin(twin));
};

const widthsOfTwin = remembered((csv) => rowsOf(csv).map(widthOf));

function rowsOf(csv: string): readonly (readonly string[])[] {
  return parse(csv, { relaxColumnCount: true, bom: true });
}

function widthOf(row: readonly string[]): string {
  return `${row.length} columns`;
}
