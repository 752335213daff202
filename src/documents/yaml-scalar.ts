import { isExactNumber } from './exact-number.ts';
import type { DocumentProblemCode } from './problem-codes.ts';

/** The value of a plain scalar, or the code of the problem with it. */
export type PlainValue =
  | { readonly ok: true; readonly value: string | number | boolean | null }
  | { readonly ok: false; readonly code: DocumentProblemCode };

const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const LEADING_ZERO = /^[-+]?0[0-9]/;
const OTHER_BASE = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);
const LONGEST_WORD = 5;

/**
 * What a plain scalar stands for by the core schema (YAML 1.2.2, section 10.3.2). Numbers that readers take for
 * different values are refused.
 */
export function resolvePlain(text: string): PlainValue {
  if (canStartNumber(text.charCodeAt(0))) return resolveNumber(text);
  const word = text.length <= LONGEST_WORD ? WORDS.get(text) : undefined;
  return { ok: true, value: word === undefined ? text : word };
}

/** Digits, `+`, `-` and `.`. */
function canStartNumber(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || unit === 43 || unit === 45 || unit === 46;
}

function resolveNumber(text: string): PlainValue {
  if (DECIMAL.test(text)) {
    if (LEADING_ZERO.test(text)) return { ok: false, code: 'leading-zero' };
    return isExactNumber(text) ? { ok: true, value: Number(text) } : { ok: false, code: 'number-not-exact' };
  }
  if (OTHER_BASE.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? { ok: true, value } : { ok: false, code: 'number-not-exact' };
  }
  return NOT_FINITE.test(text) ? { ok: false, code: 'number-not-exact' } : { ok: true, value: text };
}
