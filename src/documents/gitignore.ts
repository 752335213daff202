import { namePattern, pointRanges, type Step, type Token } from './glob.ts';
import { matchesName, matchesSteps } from './glob-match.ts';

/** The lines of one `.gitignore` that say something, last line first. */
export type IgnoreRules = readonly IgnoreRule[];

type IgnoreRule = {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  /** Steps from the folder of the file; a single name may stand at any depth. */
  readonly steps: readonly Step[];
  readonly anyDepth: boolean;
};

/** Lines beyond it are not applied, so that more files are read rather than fewer. */
const MAX_RULES = 5000;
const ANY_NAME: Step = { literal: null, tokens: [{ kind: 'many' }] };

/** Reads the text of a `.gitignore` (git documentation, gitignore, "Pattern format"). */
export function parseGitignore(text: string): IgnoreRules {
  const rules: IgnoreRule[] = [];
  for (const line of text.split('\n')) {
    const rule = parseLine(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (rule !== null) rules.push(rule);
    if (rules.length === MAX_RULES) break;
  }
  return rules.toReversed();
}

/** Whether the rules ignore a path relative to their folder; `null` when they say nothing. The last rule that matches decides. */
export function isIgnored(rules: IgnoreRules, path: string, kind: 'file' | 'folder'): boolean | null {
  const names = path.split('/');
  const last = names.at(-1) ?? '';
  for (const { negated, foldersOnly, steps, anyDepth } of rules) {
    if (foldersOnly && kind === 'file') continue;
    const [first] = steps;
    const matches =
      anyDepth && first !== null && first !== undefined
        ? matchesName(first, last)
        : matchesSteps(steps, names);
    if (matches) return !negated;
  }
  return null;
}

function parseLine(line: string): IgnoreRule | null {
  const pattern = withoutTrailingSpaces(line);
  if (pattern === '' || pattern.startsWith('#')) return null;
  const negated = pattern.startsWith('!');
  const foldersOnly = pattern.endsWith('/');
  const body = pattern.slice(negated ? 1 : 0, foldersOnly ? -1 : undefined);
  const names = (body.startsWith('/') ? body.slice(1) : body).split('/');
  const steps = names.map((name) => (name === '**' ? null : parseName(name)));
  if (steps.some((step) => step === undefined || step?.literal === '')) return null;
  const known = steps.filter((step) => step !== undefined);
  if (!body.includes('/')) return { negated, foldersOnly, steps: [known[0] ?? ANY_NAME], anyDepth: true };
  if (known.at(-1) === null) known.splice(-1, 0, ANY_NAME);
  return { negated, foldersOnly, steps: known, anyDepth: false };
}

/** Spaces at the end count only after a backslash. */
function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line.charAt(end - 1) === ' ' && line.charAt(end - 2) !== '\\') end -= 1;
  return line.slice(0, end);
}

/** `undefined` for a name that can match nothing, such as one with a bracket that is not closed. */
function parseName(name: string): Step | undefined {
  const characters = Array.from(name);
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === '[') {
      const group = parseClass(characters, index);
      if (group === null) return undefined;
      tokens.push(group.token);
      index = group.end;
    } else if (character === '?') {
      tokens.push({ kind: 'one' });
    } else if (character === '*') {
      if (tokens.at(-1)?.kind !== 'many') tokens.push({ kind: 'many' });
    } else {
      if (character === '\\') index += 1;
      const literal = characters[index];
      if (literal === undefined) return undefined;
      tokens.push({ kind: 'character', point: literal.codePointAt(0) ?? 0 });
    }
  }
  return namePattern(tokens);
}

/** The class that starts at `start`; a `]` right after its start is one of its characters. */
function parseClass(characters: readonly string[], start: number): { token: Token; end: number } | null {
  let index = start + 1;
  const negated = characters[index] === '!' || characters[index] === '^';
  if (negated) index += 1;
  const first = index;
  const points: number[] = [];
  for (; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (character === ']' && index > first) {
      return { token: { kind: 'class', negated, ranges: pointRanges(points) }, end: index };
    }
    if (character === '\\') index += 1;
    points.push((characters[index] ?? '').codePointAt(0) ?? 0);
  }
  return null;
}
