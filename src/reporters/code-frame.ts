import type { Range } from '../documents/range.ts';
import type { FileLocation, SourceLine } from '../findings/finding.ts';
import { visible } from './escape.ts';
import { showLine, type Mark } from './source-line.ts';
import type { Style, Tone } from './style.ts';
import { positionSuffix } from './text.ts';

/** The part of a screen that shows a place; what belongs to it follows behind `margin`. */
type Frame = { readonly margin: string; readonly lines: readonly string[] };

/** Where something stands, and the lines that are known of it. */
type Place = Pick<FileLocation, 'uri' | 'range' | 'snippet'>;

/** The path, and where the text is known the lines around it with the range underlined in the given tone. */
export function codeFrame(place: Place, tone: Tone, style: Style): Frame {
  const last = place.snippet.at(-1);
  const digits = String(last?.number ?? 0).length;
  const margin = ' '.repeat(digits + 2);
  const lines = [`${margin}${style.paint('dim', '┌─')} ${visible(place.uri)}${positionSuffix(place.range)}`];
  const gutter = style.paint('dim', '│');
  for (const line of place.snippet) {
    const shown = showLine(line.text, markOn(line, place.range), leftOut(line));
    const number = style.paint('dim', ` ${String(line.number).padStart(digits)} │`);
    lines.push(shown.text === '' ? number : `${number} ${shown.text}`);
    if (line.number === place.range?.start.line) {
      const more = place.range.end.line > line.number ? '…' : '';
      const carets = style.paint(tone, '^'.repeat(shown.markCells) + more);
      lines.push(`${margin}${gutter} ${' '.repeat(shown.markCell)}${carets}`);
    }
  }
  if (last !== undefined && place.range !== null && last.number < place.range.end.line) {
    lines.push(`${margin}${style.paint('dim', '⋮')}`);
  }
  return { margin, lines };
}

function leftOut({ cut }: SourceLine): { readonly before: boolean; readonly after: boolean } {
  return { before: (cut?.before ?? 0) > 0, after: cut?.after ?? false };
}

/** The columns of one line that are inside a range; of a range over several lines, the first line to its end. */
function markOn(line: SourceLine, range: Range | null): Mark {
  if (range === null || line.number !== range.start.line) {
    return { from: 0, to: 0 };
  }
  const before = line.cut?.before ?? 0;
  return {
    from: range.start.column - 1 - before,
    to: range.end.line === line.number ? range.end.column - 1 - before : line.text.trimEnd().length,
  };
}
