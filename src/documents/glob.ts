/** A pattern as read: the alternatives that its braces stand for, each a list of steps, one for each folder or file name. */
export type Glob = { readonly source: string; readonly alternatives: readonly (readonly Step[])[] };

/** What one folder or file name must be; `null` stands for `**`, any number of folders. */
export type Step = NamePattern | null;

export type NamePattern = {
  /** The only name that matches, when there is but one. */
  readonly literal: string | null;
  readonly tokens: readonly Token[];
};

export type Token =
  | { readonly kind: 'character'; readonly point: number }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly PointRange[] };

/** Unicode code points, both included. */
export type PointRange = { readonly from: number; readonly to: number };

/** A pattern that cannot be used, by a user's mistake. `message` goes on from "The pattern". */
export class GlobError extends Error {
  override readonly name = 'GlobError';
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}

const MAX_LENGTH = 512;
const MAX_ALTERNATIVES = 100;
const HYPHEN = 0x2d;

/**
 * Reads a pattern: `*` and `?` inside a folder or file name, `**` for folders of any depth, `[a-z]`, `[!a-z]` and
 * `{a,b}`. A pattern that ends in a name without these also means everything in the folder of that name. Names
 * that start with a dot are like any other. Throws a `GlobError` for everything else.
 */
export function parseGlob(source: string): Glob {
  if (source.length > MAX_LENGTH) throw new GlobError(`is longer than ${MAX_LENGTH} characters`);
  if (source.includes('\\')) throw new GlobError('has a backslash', 'Write / between folders.');
  if (/[!?+*@]\(/.test(source)) {
    throw new GlobError('has an extended pattern such as !(a|b)', 'Write {a,b} for alternatives.');
  }
  if (source.startsWith('!')) throw new GlobError('is negated', 'List what is meant instead.');
  return { source, alternatives: expandBraces(source).map(parseSteps) };
}

/** A pattern for one name; `literal` is set when it is made of characters only. */
export function namePattern(tokens: readonly Token[]): NamePattern {
  const isLiteral = tokens.every(({ kind }) => kind === 'character');
  const points = tokens.map((token) => (token.kind === 'character' ? token.point : 0));
  return { literal: isLiteral ? String.fromCodePoint(...points) : null, tokens };
}

/** The texts that `{a,b}` stands for, in order. Characters in `[…]` are left alone. */
function expandBraces(source: string): string[] {
  const done: string[] = [];
  const open = [source];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const brace = firstBrace(text);
    if (brace === null) done.push(text);
    else for (const option of brace.options.toReversed()) open.push(brace.before + option + brace.after);
    if (done.length + open.length > MAX_ALTERNATIVES) {
      throw new GlobError(`stands for more than ${MAX_ALTERNATIVES} patterns`, 'Use fewer {…}.');
    }
  }
  return done;
}

function firstBrace(text: string): { before: string; options: string[]; after: string } | null {
  const borders: number[] = [];
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[') index = classEnd(text, index);
    if (character === '{') depth += 1;
    if ((character === '{' && depth === 1) || (character === ',' && depth === 1)) borders.push(index);
    if (character !== '}') continue;
    depth -= 1;
    if (depth < 0) break;
    if (depth > 0) continue;
    if (borders.length === 1) {
      throw new GlobError('has one alternative in braces', 'Write {a,b}; {1..3} is not known.');
    }
    const options = borders.map((border, place) => text.slice(border + 1, borders[place + 1] ?? index));
    return { before: text.slice(0, borders[0]), options, after: text.slice(index + 1) };
  }
  if (depth === 0) return null;
  throw new GlobError('has a brace without its other half', 'Write [{] or [}] for the character itself.');
}

const ANY_NAME: NamePattern = { literal: null, tokens: [{ kind: 'many' }] };

function parseSteps(text: string): Step[] {
  if (text.startsWith('/')) {
    throw new GlobError('starts with /', 'Patterns are relative to the folder of the config.');
  }
  const steps: Step[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') throw new GlobError('leaves the folder that it is relative to', 'Remove the "..".');
    steps.push(name === '**' ? null : namePattern(parseName(name)));
  }
  const last = steps.at(-1);
  if (last === undefined) throw new GlobError('names nothing', 'Write ** for everything.');
  // `a/**` and `a/` are what is in the folder, not a file of that name.
  if (last === null) steps.splice(-1, 0, ANY_NAME);
  else if (text.endsWith('/')) steps.push(ANY_NAME, null);
  else if (last.literal !== null) steps.push(null);
  return steps;
}

function parseName(name: string): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < name.length;) {
    const point = name.codePointAt(index) ?? 0;
    const character = String.fromCodePoint(point);
    if (character === '[') {
      const end = classEnd(name, index);
      tokens.push(parseClass(name.slice(index + 1, end)));
      index = end + 1;
      continue;
    }
    index += character.length;
    if (character === '?') tokens.push({ kind: 'one' });
    else if (character !== '*') tokens.push({ kind: 'character', point });
    else if (tokens.at(-1)?.kind !== 'many') tokens.push({ kind: 'many' });
  }
  return tokens;
}

/** The place of the `]` that ends the class which starts at `start`. */
function classEnd(text: string, start: number): number {
  const end = text.indexOf(']', start);
  if (end === -1) throw new GlobError('has a [ without its ]', 'Write [[] for the character itself.');
  return end;
}

function parseClass(inside: string): Token {
  if (inside.startsWith('[:')) throw new GlobError('has a named class such as [[:alpha:]]', 'Write [a-z].');
  const negated = inside.startsWith('!') || inside.startsWith('^');
  const points = Array.from(negated ? inside.slice(1) : inside, (character) => character.codePointAt(0) ?? 0);
  if (points.length === 0) throw new GlobError('has an empty […]', 'List the characters between [ and ].');
  const ranges = pointRanges(points);
  if (ranges.some(({ from, to }) => to < from)) {
    throw new GlobError('has a range in […] that runs backwards', 'Write [a-z].');
  }
  return { kind: 'class', negated, ranges };
}

/** `a-z` and single characters, in order. */
export function pointRanges(points: readonly number[]): PointRange[] {
  const ranges: PointRange[] = [];
  for (let index = 0; index < points.length; index += 1) {
    const from = points[index] ?? 0;
    const to = points[index + 1] === HYPHEN ? points[index + 2] : undefined;
    ranges.push({ from, to: to ?? from });
    if (to !== undefined) index += 2;
  }
  return ranges;
}
