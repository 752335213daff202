import type { Fault } from './fault.ts';
import { matchAt, wordAt } from './json-tokens.ts';

/** What the reader waits for when something else comes. */
export type Expected =
  'value' | 'first-item' | 'item' | 'first-key' | 'key' | 'colon' | 'comma-or-end' | 'nothing';

export type Situation = {
  readonly text: string;
  /** Where the unexpected thing stands: no white space, or the end of the text. */
  readonly at: number;
  readonly expected: Expected;
  /** Where the innermost open bracket stands, or -1. */
  readonly openAt: number;
  /** Where the comma before `at` stands, or -1. */
  readonly commaAt: number;
};

const YAML_START = /---|- |%|[\w.$-]+[ \t]*:(?:[ \t\r\n]|$)/y;
const SINGLE_QUOTED = /'[^'\n]*'?/y;

/** Says what is wrong with text that is not JSON, as exactly as the place allows. */
export function unexpected(situation: Situation): Fault {
  const { text, at, expected } = situation;
  if (at >= text.length) return endOfText(situation);
  const afterComment = commentEnd(text, at);
  if (afterComment !== -1) return { code: 'json-comment', start: at, end: afterComment };
  if (expected === 'nothing') return { code: 'json-trailing-text', start: at, end: at + 1 };
  if (expected === 'colon') return { code: 'json-missing-colon', start: at, end: at + 1 };
  return expected === 'comma-or-end' ? afterValue(situation) : beforeValue(situation);
}

/** The end of the comment that starts at `at`, or -1 when none does. */
function commentEnd(text: string, at: number): number {
  const isBlock = text.startsWith('/*', at);
  if (!isBlock && !text.startsWith('//', at) && !text.startsWith('#', at)) return -1;
  const end = text.indexOf(isBlock ? '*/' : '\n', at);
  if (end === -1) return at + text.slice(at).trimEnd().length;
  return isBlock ? end + 2 : at + text.slice(at, end).trimEnd().length;
}

function endOfText({ text, expected, openAt }: Situation): Fault {
  const end = text.length;
  if (openAt === -1 && expected === 'value') return { code: 'empty-document', start: end, end };
  const related = { message: 'This is not closed.', start: openAt, end: openAt + 1 };
  return { code: 'json-truncated', start: end, end, ...(openAt === -1 ? {} : { related }) };
}

function afterValue({ text, at, openAt }: Situation): Fault {
  const unit = text.charAt(at);
  const open = text.charAt(openAt);
  if (unit === ']' || unit === '}') {
    const message = `Expected ${open === '[' ? ']' : '}'} here.`;
    const related = { message: 'It would close this.', start: openAt, end: openAt + 1 };
    return { code: 'json-syntax', start: at, end: at + 1, message, related };
  }
  if (/["'[{\w-]/.test(unit)) return { code: 'json-missing-comma', start: at, end: at + 1 };
  return {
    code: 'json-syntax',
    start: at,
    end: at + 1,
    message: `A comma or ${open === '[' ? ']' : '}'} is expected here.`,
  };
}

function beforeValue({ text, at, expected, openAt, commaAt }: Situation): Fault {
  const unit = text.charAt(at);
  if ((unit === ']' || unit === '}') && commaAt !== -1) {
    return { code: 'json-trailing-comma', start: commaAt, end: commaAt + 1 };
  }
  if (openAt === -1 && matchAt(YAML_START, text, at) !== null) {
    return { code: 'json-looks-like-yaml', start: at, end: at + 1 };
  }
  const quoted = matchAt(SINGLE_QUOTED, text, at);
  if (quoted !== null) return { code: 'json-single-quotes', start: at, end: at + quoted.trimEnd().length };
  const isKey = expected === 'key' || expected === 'first-key';
  const word = wordAt(text, at);
  if (word === null) {
    const message = `A ${isKey ? 'key in double quotes' : 'value'} is expected here.`;
    return { code: 'json-syntax', start: at, end: at + 1, message };
  }
  const end = at + word.length;
  if (isKey) return { code: 'json-unquoted-key', start: at, end };
  if (end === text.length && ['true', 'false', 'null'].some((literal) => literal.startsWith(word))) {
    return { code: 'json-truncated', start: end, end };
  }
  return { code: 'json-syntax', start: at, end, message: 'A word that is no JSON value.' };
}
