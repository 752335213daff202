/**
 * What a reader cannot see, or what moves, hides or reorders what he sees; line feeds and tabs are for those who lay
 * out text.
 */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const LONGEST_CODE = 2000;

/** Text as Markdown that shows just that; what stands between backticks is code. */
export function prose(text: string): string {
  return text
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => inline(paragraph, code))
    .join('\n\n');
}

/** As `prose`, for a cell of a table. */
export function cell(text: string): string {
  return inline(text, codeInCell).replaceAll('\n', ' ');
}

/** A value as a code span on one line. */
export function code(value: string): string {
  const shown = oneLine(value);
  const fence = fenceAround(shown, 1);
  // Backticks at an end would belong to the fence, and one blank at both ends is taken off.
  const pad = /^`|`$|^$|^ .*\S.* $/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** As `code`, for a cell of a table: there a code span cannot hold every text with `|`. */
export function codeInCell(value: string): string {
  const shown = oneLine(value);
  return shown.includes('|') ? `<code>${shown.replaceAll(/[^\p{L}\p{N} ]/gu, entity)}</code>` : code(value);
}

/** A block of code, its lines as they are. */
export function codeBlock(language: string, text: string): readonly string[] {
  const shown = visible(text.trimEnd());
  const fence = fenceAround(shown, 3);
  return [`${fence}${language}`, shown, fence, ''];
}

/** A link with a text that is shown as it is. The address has neither blanks nor angle brackets in it. */
export function link(text: string, url: string): string {
  const target = /[()]/.test(url) ? `<${url}>` : url;
  return `[${prose(text)}](${target})`;
}

function inline(text: string, asCode: (value: string) => string): string {
  const pieces = text.split(/(`+)/);
  const shown: string[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] ?? '';
    const end = at % 2 === 1 ? pieces.indexOf(piece, at + 2) : -1;
    if (end === -1) {
      shown.push(escaped(piece));
    } else {
      shown.push(
        asCode(
          pieces
            .slice(at + 1, end)
            .join('')
            .replaceAll('\n', ' '),
        ),
      );
      at = end;
    }
  }
  return shown
    .join('')
    .trim()
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(BLOCK, String.raw`\$1`)
    .replaceAll(NUMBERED, String.raw`$1\$2`);
}

/** What begins a heading, quotation, list, underline or row of a table when a line begins with it. */
const BLOCK = /^[ \t]*([#>+=-]|:(?=-))/gm;
const NUMBERED = /^[ \t]*(\d{1,9})([.)])(?=\s|$)/gm;
const MEANINGFUL = /[\\`*[\]|~$]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What GitHub makes a link of. It would take in all up to the next blank, backslashes and code with it. */
const ADDRESS = /(?<=:)\/(?=\/)|(?<=www)\./gi;

function escaped(text: string): string {
  return visible(text)
    .replaceAll(MEANINGFUL, String.raw`\$&`)
    .replaceAll('<', '&lt;')
    .replaceAll(ADDRESS, entity);
}

/** Longer than any run of backticks inside. */
function fenceAround(text: string, shortest: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return '`'.repeat(Math.max(shortest, longest + 1));
}

function oneLine(value: string): string {
  const shown = visible(value).replaceAll('\n', '⏎').replaceAll('\t', ' ');
  return shown.length > LONGEST_CODE ? `${shown.slice(0, LONGEST_CODE)}…` : shown;
}

function visible(text: string): string {
  return text.replaceAll(UNSEEN, (unseen) => String.raw`\u{${(unseen.codePointAt(0) ?? 0).toString(16)}}`);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
