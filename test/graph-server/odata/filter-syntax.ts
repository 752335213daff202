import { badRequest } from '../errors.ts';

export type Value = string | number | boolean | null;

export type Comparison = 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt';

/** A `$filter`, parsed (https://learn.microsoft.com/graph/filter-query-parameter). Paths keep their slashes. */
export type Filter =
  | { readonly op: 'and'; readonly left: Filter; readonly right: Filter }
  | { readonly op: 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly op: 'not'; readonly inner: Filter }
  | { readonly op: 'compare'; readonly path: string; readonly by: Comparison; readonly value: Value }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly Value[] }
  | { readonly op: 'startsWith' | 'endsWith' | 'contains'; readonly path: string; readonly value: string }
  | { readonly op: 'isof'; readonly type: string }
  | { readonly op: 'any'; readonly path: string; readonly name: string; readonly inner: Filter };

type Token = { readonly kind: 'word' | 'string' | 'sign'; readonly text: string };

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([(),:])|([A-Za-z0-9_@$./+:-]+?)(?=[\s(),]|:(?!\d)|$))/y;
const COMPARISONS: readonly string[] = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'];

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const match = TOKEN.exec(source);
    if (match === null) throw badRequest('Invalid filter clause');
    const [, quoted, sign, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.replaceAll("''", "'") });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

/** Parses a filter; what the language does not have is a bad request. */
export function parseFilter(source: string): Filter {
  const tokens = tokensOf(source);
  let at = 0;

  const peek = (): Token | undefined => tokens[at];
  const invalid = () => badRequest(`Invalid filter clause: ${source}`);
  const isWord = (token: Token | undefined, word: string) =>
    token?.kind === 'word' && token.text.toLowerCase() === word;
  const isSign = (token: Token | undefined, sign: string) => token?.kind === 'sign' && token.text === sign;
  const next = (): Token => {
    const token = tokens[at];
    if (token === undefined) throw invalid();
    at += 1;
    return token;
  };
  const sign = (expected: string): void => {
    if (!isSign(next(), expected)) throw invalid();
  };
  const word = (): string => {
    const token = next();
    if (token.kind !== 'word') throw invalid();
    return token.text;
  };
  const value = (): Value => {
    const token = next();
    if (token.kind === 'string') return token.text;
    if (token.kind !== 'word') throw invalid();
    if (token.text === 'null') return null;
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (/^-?\d+(?:\.\d+)?$/.test(token.text)) return Number(token.text);
    // Dates and GUIDs stand without quotes.
    if (/^\d{4}-\d\d-\d\d|^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(token.text)) return token.text;
    throw invalid();
  };

  function comparison(path: string): Filter {
    const by = word().toLowerCase();
    if (by === 'in') {
      sign('(');
      const values = [value()];
      while (isSign(peek(), ',')) {
        at += 1;
        values.push(value());
      }
      sign(')');
      return { op: 'in', path, values };
    }
    if (!COMPARISONS.includes(by)) throw invalid();
    return { op: 'compare', path, by: by as Comparison, value: value() };
  }

  function call(name: string): Filter {
    sign('(');
    if (name === 'isof') {
      const type = next().text;
      sign(')');
      return { op: 'isof', type: type.replace(/^#?microsoft\.graph\./, '') };
    }
    const path = word();
    sign(',');
    const argument = next();
    sign(')');
    if (argument.kind !== 'string') throw invalid();
    const op = name === 'startswith' ? 'startsWith' : name === 'endswith' ? 'endsWith' : 'contains';
    return { op, path, value: argument.text };
  }

  function any(path: string): Filter {
    sign('(');
    const name = word();
    sign(':');
    const inner = either();
    sign(')');
    return { op: 'any', path: path.slice(0, -'/any'.length), name, inner };
  }

  function one(): Filter {
    if (isSign(peek(), '(')) {
      at += 1;
      const inner = either();
      sign(')');
      return inner;
    }
    if (isWord(peek(), 'not')) {
      at += 1;
      return { op: 'not', inner: one() };
    }
    const name = word();
    if (!isSign(peek(), '(')) return comparison(name);
    if (name.endsWith('/any')) return any(name);
    const called = name.toLowerCase();
    if (!['startswith', 'endswith', 'contains', 'isof'].includes(called)) throw invalid();
    return call(called);
  }

  function both(): Filter {
    let left = one();
    while (isWord(peek(), 'and')) {
      at += 1;
      left = { op: 'and', left, right: one() };
    }
    return left;
  }

  function either(): Filter {
    let left = both();
    while (isWord(peek(), 'or')) {
      at += 1;
      left = { op: 'or', left, right: both() };
    }
    return left;
  }

  const parsed = either();
  if (at < tokens.length) throw invalid();
  return parsed;
}
