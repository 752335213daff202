import type { Glob, NamePattern, Step, Token } from './glob.ts';

/**
 * Whether a path, relative to the same folder as the pattern and with forward slashes, matches. Letter case counts.
 *
 * Takes at most pattern length x path length steps: a pull request may write the patterns, and matchers that
 * translate them to regular expressions can be made to run for minutes by a pattern of 17 characters.
 */
export function matchesGlob(glob: Glob, path: string): boolean {
  const names = path.split('/');
  return glob.alternatives.some((steps) => matchesSteps(steps, names));
}

/**
 * Whether folder and file names match the steps. On a mismatch it is enough to go back to the last `**`: an
 * earlier one that takes more leaves the later ones nothing that they could not have had. The same holds for `*`.
 */
export function matchesSteps(steps: readonly Step[], names: readonly string[]): boolean {
  let step = 0;
  let name = 0;
  let retryStep = -1;
  let retryName = 0;
  while (name < names.length) {
    const current = steps[step];
    if (current === null) {
      step += 1;
      retryStep = step;
      retryName = name;
    } else if (current !== undefined && matchesName(current, names[name] ?? '')) {
      step += 1;
      name += 1;
    } else if (retryStep !== -1) {
      retryName += 1;
      step = retryStep;
      name = retryName;
    } else {
      return false;
    }
  }
  while (steps[step] === null) step += 1;
  return step === steps.length;
}

/** Whether one folder or file name matches. */
export function matchesName({ literal, tokens }: NamePattern, name: string): boolean {
  if (literal !== null) return name === literal;
  let token = 0;
  let at = 0;
  let retryToken = -1;
  let retryAt = 0;
  while (at < name.length) {
    const current = tokens[token];
    const point = name.codePointAt(at) ?? 0;
    if (current?.kind === 'many') {
      token += 1;
      retryToken = token;
      retryAt = at;
    } else if (current !== undefined && matchesPoint(current, point)) {
      token += 1;
      at += point > 0xffff ? 2 : 1;
    } else if (retryToken !== -1) {
      retryAt += (name.codePointAt(retryAt) ?? 0) > 0xffff ? 2 : 1;
      token = retryToken;
      at = retryAt;
    } else {
      return false;
    }
  }
  while (tokens[token]?.kind === 'many') token += 1;
  return token === tokens.length;
}

function matchesPoint(token: Token, point: number): boolean {
  switch (token.kind) {
    case 'character':
      return token.point === point;
    case 'one':
    case 'many':
      return true;
    case 'class':
      return token.negated !== token.ranges.some(({ from, to }) => point >= from && point <= to);
  }
}
