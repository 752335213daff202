export const DOCUMENT_MARKER = '---';

/**
 * The parser's events say nothing about where brackets close, dashes stand and block scalars begin. Between two
 * tokens there is only white space, comments and indicators, so the wanted character is the first one outside
 * comments.
 */
export function findInGap(text: string, from: number, wanted: string): number {
  let at = from;
  while (at < text.length) {
    const character = text.charAt(at);
    if (wanted.includes(character)) return at;
    at = character === '#' ? lineEnd(text, at) : at + 1;
  }
  return text.length;
}

/** The first character that is neither white space nor in a comment. */
export function skipGap(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '#') at = lineEnd(text, at);
    else if (' \t\r\n'.includes(character)) at += 1;
    else return at;
  }
  return text.length;
}

/** The next document marker. Before it there may be comments, directives and the end mark of another document. */
export function findMarker(text: string, from: number): number {
  let at = skipGap(text, from);
  while (at < text.length && !text.startsWith(DOCUMENT_MARKER, at)) at = skipGap(text, lineEnd(text, at));
  return at;
}

/** The end of `text` up to `end` without the white space before it, not before `start`. */
export function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && ' \t\r\n'.includes(text.charAt(at - 1))) at -= 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
