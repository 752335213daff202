import type { Fault } from './fault.ts';
import { MAX_PROBLEMS } from './limits.ts';

export type StringToken = {
  /** After the closing quote, or where reading stopped. */
  readonly end: number;
  readonly hasEscapes: boolean;
  /** What makes the string unreadable. */
  readonly fault: Fault | null;
  /** Escapes that stand for half a surrogate pair; not more than anyone wants to read. */
  readonly halves: readonly Fault[];
};

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const NUMBER_LIKE = /[-+.\w]+/y;
const WORD = /[\p{ID_Start}_$][\p{ID_Continue}$-]*/uy;
const HEX_ESCAPE = /u([0-9a-fA-F]{4})/y;
const NO_HALVES: readonly Fault[] = [];

export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

export function wordAt(text: string, at: number): string | null {
  return matchAt(WORD, text, at);
}

/** The first offset at or after `at` that is no JSON white space. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const unit = text.charCodeAt(next);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return next;
    next += 1;
  }
}

/** Reads the number that starts at `start`. */
export function readNumber(
  text: string,
  start: number,
): { readonly end: number; readonly fault: Fault | null } {
  const literal = matchAt(NUMBER, text, start) ?? '';
  const whole = matchAt(NUMBER_LIKE, text, start) ?? literal;
  const end = start + whole.length;
  if (literal === whole) return { end, fault: null };
  const code = /^-?0[0-9]/.test(whole) ? 'leading-zero' : 'json-bad-number';
  return { end, fault: { code, start, end } };
}

/** Reads the string whose opening quote stands at `start`. */
export function readString(text: string, start: number): StringToken {
  let hasEscapes = false;
  let halves = NO_HALVES;
  let at = start + 1;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit === 34) return { end: at + 1, hasEscapes, fault: null, halves };
    if (unit === 92) {
      hasEscapes = true;
      const escape = readEscape(text, at);
      if (escape.fault !== null) return { end: at, hasEscapes, fault: escape.fault, halves };
      if (escape.half !== null && halves.length < MAX_PROBLEMS) halves = [...halves, escape.half];
      at = escape.end;
    } else if (!(unit >= 0x20)) return { end: at, hasEscapes, fault: brokenOff(text, start, at), halves };
    else at += 1;
  }
}

type Escape = { readonly end: number; readonly fault: Fault | null; readonly half: Fault | null };

function readEscape(text: string, start: number): Escape {
  const kind = text.charAt(start + 1);
  if ('"\\/bfnrt'.includes(kind) && kind !== '') return { end: start + 2, fault: null, half: null };
  const unit = escapedUnit(text, start + 1);
  if (unit === -1) return { end: start, fault: badEscape(text, start), half: null };
  const end = start + 6;
  if (unit < 0xd800 || unit > 0xdfff) return { end, fault: null, half: null };
  const partner = unit < 0xdc00 && text.charCodeAt(end) === 92 ? escapedUnit(text, end + 1) : -1;
  if (partner >= 0xdc00 && partner <= 0xdfff) return { end: end + 6, fault: null, half: null };
  return { end, fault: null, half: { code: 'malformed-unicode', start, end } };
}

/** The UTF-16 unit that `uXXXX` at `at` stands for, or -1. */
function escapedUnit(text: string, at: number): number {
  HEX_ESCAPE.lastIndex = at;
  const digits = HEX_ESCAPE.exec(text)?.[1];
  return digits === undefined ? -1 : Number.parseInt(digits, 16);
}

function badEscape(text: string, start: number): Fault {
  if (start + 1 >= text.length) return { code: 'json-truncated', start: text.length, end: text.length };
  const end = Math.min(text.length, start + (text.charAt(start + 1) === 'u' ? 6 : 2));
  return { code: 'json-bad-escape', start, end };
}

function brokenOff(text: string, start: number, at: number): Fault {
  if (at >= text.length) {
    const related = { message: 'The string begins here.', start, end: start + 1 };
    return { code: 'json-truncated', start: at, end: at, message: 'The file ends inside a string.', related };
  }
  const character = text.charAt(at);
  if (character === '\n' || character === '\r')
    return { code: 'json-line-break-in-string', start: at, end: at };
  return {
    code: character === '\t' ? 'json-line-break-in-string' : 'control-character',
    start: at,
    end: at + 1,
  };
}
