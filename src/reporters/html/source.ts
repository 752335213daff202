import type { Range } from '../../documents/range.ts';
import type { FileLocation, SourceLine } from '../../findings/finding.ts';
import { markup, type Markup } from './markup.ts';

/** UTF-16 units of a line that are shown before, within and behind the mark. */
const BEFORE = 60;
const MARKED = 160;
const BEHIND = 100;

/** The lines of a place with their numbers and what is meant marked; nothing when none is known. */
export function sourceLines({ snippet, range }: FileLocation): Markup | null {
  if (snippet.length === 0) return null;
  const last = snippet.at(-1);
  const more = range !== null && last !== undefined && last.number < range.end.line;
  return markup`<pre class="source">${snippet.map((line) => sourceLine(line, range))}${more ? markup`<span class="line">⋮</span>` : null}</pre>`;
}

function sourceLine(line: SourceLine, range: Range | null): Markup {
  const [before, marked, behind] = parted(line, range);
  const middle = marked === '' ? null : markup`<mark>${ends(marked, MARKED, 0)}</mark>`;
  return markup`<span class="line"><span class="nr">${line.number}</span> ${spaced(ends(before, 0, BEFORE))}${middle}${spaced(ends(behind, BEHIND, 0))}</span>`;
}

/** What of a line is before the range, within it, and behind it. */
function parted({ number, text, cut }: SourceLine, range: Range | null): readonly [string, string, string] {
  if (range === null || number < range.start.line || number > range.end.line) return [text, '', ''];
  const indentation = text.length - text.trimStart().length;
  const before = cut?.before ?? 0;
  const from = number === range.start.line ? range.start.column - 1 - before : indentation;
  const to = number === range.end.line ? range.end.column - 1 - before : text.trimEnd().length;
  return [text.slice(0, from), text.slice(from, Math.max(from, to)), text.slice(Math.max(from, to))];
}

/** A tab is seen as the space that it is. */
function spaced(text: string): string {
  return text.replaceAll('\t', '  ');
}

/** The first and the last units of a text that is longer; never half a character. */
function ends(text: string, first: number, last: number): string {
  if (text.length <= first + last) return text;
  const head = text.slice(0, first).replace(/[\ud800-\udbff]$/, '');
  const tail = (last === 0 ? '' : text.slice(-last)).replace(/^[\udc00-\udfff]/, '');
  return `${head}…${tail}`;
}
