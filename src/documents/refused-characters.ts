import type { Problem } from './problem.ts';
import { documentProblem, type DocumentProblemCode } from './problem-codes.ts';
import { rangeAt } from './text-lines.ts';

/**
 * Everything that YAML 1.2 does not allow raw (`c-printable`, section 5.1), asked of JSON too: a control character
 * is either an accident or meant to deceive. A lone CR is refused because readers disagree on whether it ends a line.
 */
const REFUSED =
  /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFEFF\uFFFE\uFFFF]|\r(?!\n)|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The first character that no document may hold, as a problem. */
export function refusedCharacter(uri: string, text: string): Problem | null {
  const match = REFUSED.exec(text);
  if (match === null) return null;
  const unit = text.charCodeAt(match.index);
  const code = codeOf(unit);
  return documentProblem(code, {
    uri,
    range: rangeAt(text, match.index, match.index + 1),
    ...(code === 'control-character' ? { message: `A raw control character, ${codePointName(unit)}.` } : {}),
  });
}

function codeOf(unit: number): DocumentProblemCode {
  if (unit === 0x0d) return 'lone-carriage-return';
  if (unit === 0xfeff) return 'byte-order-mark-inside';
  return unit >= 0xd800 && unit <= 0xdfff ? 'malformed-unicode' : 'control-character';
}

function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
