import { visible } from '../reporters/escape.ts';

/** A string, a bracket, a comma, a colon, blanks, words, or anything else. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}()]|,|:|\s+|[^\s"[\]{}(),:]+(?: [^\s"[\]{}(),:]+)*|./gsu;
const OPEN = /^[[{(]$/;
const CLOSE = /^[\]})]$/;
/** Levels that are indented; a term may have many more. */
const DEEPEST = 40;

/**
 * A Rego term in lines for people, safe for the screen: every list, set and object that holds another one is written a
 * member a line, each with a comma, so that two terms can be compared line by line.
 */
export function termLines(term: string, width: number): readonly string[] {
  const tokens = tokensOf(term);
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  const end = () => {
    if (line !== '') lines.push(visible(`${'  '.repeat(Math.min(depth, DEEPEST))}${line}`));
    line = '';
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (OPEN.test(token)) {
      const flat = flatFrom(tokens, at, width - 2 * depth - line.length);
      line += flat?.text ?? token;
      if (flat === null) {
        end();
        depth += 1;
      } else at = flat.last;
    } else if (CLOSE.test(token)) {
      if (line !== '') line = `${line},`;
      end();
      depth -= 1;
      line = token;
    } else if (token === ',') {
      line += token;
      end();
    } else line += token === ':' ? ': ' : token;
  }
  end();
  return lines;
}

/** A term on one line, safe for the screen. */
export function termOnOneLine(term: string): string {
  return visible(tokensOf(term).map(spaced).join(''));
}

function tokensOf(term: string): readonly string[] {
  return (term.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
}

function spaced(token: string): string {
  return token === ',' || token === ':' ? `${token} ` : token;
}

/** What begins with a bracket and holds no other, when it fits; `last` is the place of its end. */
function flatFrom(
  tokens: readonly string[],
  first: number,
  room: number,
): { readonly text: string; readonly last: number } | null {
  let text = tokens[first] ?? '';
  for (let at = first + 1; at < tokens.length && text.length <= room; at += 1) {
    const token = tokens[at] ?? '';
    if (OPEN.test(token)) return null;
    text += spaced(token);
    if (CLOSE.test(token)) return text.length <= Math.max(room, 2) ? { text, last: at } : null;
  }
  return null;
}
