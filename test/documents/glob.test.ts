import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { matchesGlob } from '../../src/documents/glob-match.ts';
import { GlobError, parseGlob } from '../../src/documents/glob.ts';

function matching(pattern: string, paths: readonly string[]): readonly string[] {
  const glob = parseGlob(pattern);
  return paths.filter((path) => matchesGlob(glob, path));
}

function refusal(pattern: string): { message: string; hint: string | null } {
  try {
    parseGlob(pattern);
  } catch (error) {
    if (error instanceof GlobError) return { message: error.message, hint: error.hint };
  }
  throw new Error(`${pattern} was not refused`);
}

const PATHS = [
  'a.yaml',
  'agents/a.yaml',
  'agents/a.json',
  'agents/sandbox/a.yaml',
  'agents/sandbox/deep/b.yml',
  'agents/sandbox-2/a.yaml',
  '.github/agents/.hidden.yaml',
];

describe('matching', () => {
  test.each([
    [
      'agents/**/*.{yaml,yml}',
      ['agents/a.yaml', 'agents/sandbox/a.yaml', 'agents/sandbox/deep/b.yml', 'agents/sandbox-2/a.yaml'],
    ],
    ['agents/*.yaml', ['agents/a.yaml']],
    ['./agents//*.yaml', ['agents/a.yaml']],
    ['**', PATHS],
    ['*', ['a.yaml']],
    ['**/.hidden.yaml', ['.github/agents/.hidden.yaml']],
    ['**/*.{yml,json}', ['agents/a.json', 'agents/sandbox/deep/b.yml']],
    [
      'agents/{a,sandbox/{a,deep/b}}.{yaml,yml}',
      ['agents/a.yaml', 'agents/sandbox/a.yaml', 'agents/sandbox/deep/b.yml'],
    ],
    ['agents/sandbox-[0-9]/?.yaml', ['agents/sandbox-2/a.yaml']],
    ['agents/sandbox[!a-z]2/**', ['agents/sandbox-2/a.yaml']],
    ['AGENTS/**', []],
  ])('%s', (pattern, expected) => {
    expect(matching(pattern, PATHS)).toEqual(expected);
  });

  test('a plain name at the end means everything in the folder of that name, and a file of that name', () => {
    const inside = ['agents/sandbox/a.yaml', 'agents/sandbox/deep/b.yml'];
    expect(matching('agents/sandbox', PATHS)).toEqual(inside);
    expect(matching('agents/sandbox/', PATHS)).toEqual(inside);
    expect(matching('**/deep', PATHS)).toEqual(['agents/sandbox/deep/b.yml']);
    expect(matching('agents/a.json', PATHS)).toEqual(['agents/a.json']);
  });

  test('a slash at the end means only what is in folders of that name', () => {
    expect(matching('sand*/', ['sandbox/a.yaml', 'sandbox/b/c.yaml', 'sandy.yaml'])).toEqual([
      'sandbox/a.yaml',
      'sandbox/b/c.yaml',
    ]);
  });

  test('two stars at the end mean what is in the folder, not a file of its name', () => {
    expect(matching('a/**', ['a', 'a/b', 'a/b/c'])).toEqual(['a/b', 'a/b/c']);
    expect(matching('a/**/**', ['a', 'a/b', 'a/b/c'])).toEqual(['a/b', 'a/b/c']);
  });

  test('brackets of every kind can be meant literally', () => {
    expect(matching('[[]a].yaml', ['[a].yaml', 'a.yaml'])).toEqual(['[a].yaml']);
    expect(matching('[{]a[}].yaml', ['{a}.yaml', 'a.yaml'])).toEqual(['{a}.yaml']);
    expect(matching('old (copy)/*.yaml', ['old (copy)/a.yaml'])).toEqual(['old (copy)/a.yaml']);
  });

  test('? stands for one character, also outside of the basic plane', () => {
    expect(matching('?.yaml', ['😀.yaml', 'ab.yaml'])).toEqual(['😀.yaml']);
    expect(matching('[😀-😎].yaml', ['😃.yaml', 'a.yaml'])).toEqual(['😃.yaml']);
  });

  test('agrees with picomatch on every pattern of stars, classes and braces', () => {
    // picomatch wants something after the dot of `*.*`, so no name ends with one.
    const name = fc.stringMatching(/^[abc.]{0,3}[abc]$/);
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const part = fc.constantFrom('a', 'b', 'c', '.', '?', '*', '[ab]', '[^a]', '{a,bc}');
    const step = fc.oneof(
      fc.constant('**'),
      fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('').replaceAll(/\*+/g, '*')),
    );
    const pattern = fc
      .array(step, { minLength: 1, maxLength: 4 })
      .filter(
        (steps) =>
          steps.every((text) => !/^\.+$/.test(text)) && !/^(?:[^*?[]+|\*\*)$/.test(steps.at(-1) ?? ''),
      )
      .map((steps) => steps.join('/'));
    fc.assert(
      fc.property(pattern, path, (glob, file) => {
        expect(matchesGlob(parseGlob(glob), file)).toBe(
          picomatch(glob, { dot: true, noextglob: true })(file),
        );
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe('F14: patterns from a pull request', () => {
  test.each([
    ['*'.repeat(40) + 'b', 'a'.repeat(4000)],
    [`${'*a'.repeat(200)}b`, 'a'.repeat(4000)],
    [`${'**/*a*/'.repeat(60)}b`, Array.from({ length: 400 }, () => 'aaaaaaaa').join('/')],
    ['{a,aa}*{a,aa}*{a,aa}*{a,aa}*{a,aa}*b', 'a'.repeat(4000)],
  ])('F14 %s is matched in no time', (pattern, path) => {
    const glob = parseGlob(pattern);
    const start = performance.now();
    expect(matchesGlob(glob, path)).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('F14 a pattern of 513 characters is refused, one of 512 is not', () => {
    expect(refusal('a'.repeat(513))).toEqual({ message: 'is longer than 512 characters', hint: null });
    expect(matching('a'.repeat(512), ['a'.repeat(512)])).toHaveLength(1);
  });

  test('F13 braces stand for at most 100 patterns', () => {
    expect(refusal('{a,b}'.repeat(30))).toEqual({
      message: 'stands for more than 100 patterns',
      hint: 'Use fewer {…}.',
    });
    expect(parseGlob('{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}').alternatives).toHaveLength(64);
  });

  test.each(['+(a|aa)b', '!(a).yaml', '@(a|b)', '*(a)', 'x?(y)'])(
    'F14 %s is refused as an extended pattern',
    (pattern) => {
      expect(refusal(pattern)).toEqual({
        message: 'has an extended pattern such as !(a|b)',
        hint: 'Write {a,b} for alternatives.',
      });
    },
  );
});

describe('patterns that cannot be meant', () => {
  test.each([
    ['', 'names nothing'],
    ['./', 'names nothing'],
    ['/agents/**', 'starts with /'],
    ['{agents,/x}/**', 'starts with /'],
    ['../agents/**', 'leaves the folder that it is relative to'],
    ['agents/{a,..}/x', 'leaves the folder that it is relative to'],
    ['!keep.yaml', 'is negated'],
    ['agents\\*.yaml', 'has a backslash'],
    ['{a}', 'has one alternative in braces'],
    ['{1..3}', 'has one alternative in braces'],
    ['{a,b', 'has a brace without its other half'],
    ['a}', 'has a brace without its other half'],
    ['{a,{b}', 'has a brace without its other half'],
    ['[a', 'has a [ without its ]'],
    ['{[a,b}', 'has a [ without its ]'],
    ['[]', 'has an empty […]'],
    ['[!]', 'has an empty […]'],
    ['[z-a]', 'has a range in […] that runs backwards'],
    ['[a/b]', 'has a [ without its ]'],
    ['[[:alpha:]]', 'has a named class such as [[:alpha:]]'],
  ])('%s', (pattern, message) => {
    expect(refusal(pattern).message).toBe(message);
  });

  test('reading a pattern either works or says what is wrong with it', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '/', '*', '?', '{', '}', ',', '[', ']', '!', '-', '.', '(', '^'),
      maxLength: 24,
    });
    fc.assert(
      fc.property(text, (pattern) => {
        try {
          matchesGlob(parseGlob(pattern), 'a/b');
        } catch (error) {
          expect(error).toBeInstanceOf(GlobError);
        }
      }),
      { seed: 1 },
    );
  });
});
