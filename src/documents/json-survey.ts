/** What one fast look at JSON text tells before it is known to be valid. */
export type JsonSurvey = {
  /** The deepest nesting of brackets outside strings. */
  readonly depth: number;
  /** Colons outside strings: in valid JSON, one for each key. */
  readonly keys: number;
  /** Some character may be one that no document may hold. */
  readonly oddCharacters: boolean;
  /** Some number or escape needs a closer look. */
  readonly oddValues: boolean;
};

const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const LOWER_D = 100;
const LOWER_U = 117;
const UPPER_CASE_BIT = 32;
/** Shorter literals without an exponent are exact. */
const EXACT_DIGITS = 15;

/**
 * Looks over the text once. What it says of valid JSON is exact where it says "no", so that clean files need
 * nothing but this and `JSON.parse`; up to the first error of invalid JSON its depth is right too.
 */
export function surveyJson(text: string): JsonSurvey {
  const length = text.length;
  let depth = 0;
  let deepest = 0;
  let keys = 0;
  let oddCharacters = false;
  let oddValues = false;
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      for (at += 1; at < length; at += 1) {
        const inside = text.charCodeAt(at);
        if (inside === QUOTE) break;
        if (inside === BACKSLASH) {
          at += 1;
          if (isSurrogateEscape(text, at)) oddValues = true;
        } else if (inside >= 0x7f) oddCharacters = true;
      }
    } else if (unit === COLON) keys += 1;
    else if (unit === OPEN_MAP || unit === OPEN_LIST) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (unit === CLOSE_MAP || unit === CLOSE_LIST) depth -= 1;
    else if (unit === MINUS || (unit >= ZERO && unit <= NINE)) {
      const start = at;
      at = numberEnd(text, at) - 1;
      if (isOddNumber(text, start, at + 1)) oddValues = true;
    } else if (unit === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED) oddCharacters = true;
  }
  return { depth: deepest, keys, oddCharacters, oddValues };
}

/** Whether `uD8` to `uDF` stands at `at`, in either case. */
function isSurrogateEscape(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== LOWER_U) return false;
  return (text.charCodeAt(at + 1) | UPPER_CASE_BIT) === LOWER_D;
}

function numberEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const unit = text.charCodeAt(at);
    const isPart =
      (unit >= ZERO && unit <= NINE) ||
      unit === 46 ||
      unit === 43 ||
      unit === MINUS ||
      (unit | UPPER_CASE_BIT) === 101;
    if (!isPart) return at;
    at += 1;
  }
}

function isOddNumber(text: string, start: number, end: number): boolean {
  if (end - start > EXACT_DIGITS) return true;
  if (text.charCodeAt(start) === MINUS && text.charCodeAt(start + 1) === ZERO) return true;
  for (let at = start; at < end; at += 1) if ((text.charCodeAt(at) | UPPER_CASE_BIT) === 101) return true;
  return false;
}
