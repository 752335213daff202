import { describe, expect, test } from 'vitest';
import { termDiff } from '../../src/cli/term-diff.ts';
import { termLines, termOnOneLine } from '../../src/cli/term-lines.ts';
import { styleFor } from '../../src/reporters/style.ts';

const look = { style: styleFor({ color: false }), width: 80 };

describe('a term in lines', () => {
  test('has what holds nothing else on one line, and the rest a member a line', () => {
    const term = '{{"args": {"name": "a, {b}: \\"", "wanted": ["x","y"]}, "path": []}, set(), [[1]]}';
    expect(termLines(term, 80)).toEqual([
      '{',
      '  {',
      '    "args": {',
      '      "name": "a, {b}: \\"",',
      '      "wanted": ["x", "y"],',
      '    },',
      '    "path": [],',
      '  },',
      '  set(),',
      '  [',
      '    [1],',
      '  ],',
      '}',
    ]);
  });

  test('is broken where it does not fit', () => {
    expect(termLines('["aaaaaaaaaa", "bbbbbbbbbb"]', 20)).toEqual([
      '[',
      '  "aaaaaaaaaa",',
      '  "bbbbbbbbbb",',
      ']',
    ]);
  });

  test.each(['1', 'true', 'null', '"text"', '-1.5e10', 'undefined', 'undefined or false', 'set()', '[]'])(
    '%s is a line',
    (term) => {
      expect(termLines(term, 80)).toEqual([term]);
    },
  );

  test('may be deeper than any stack', () => {
    const depth = 50_000;
    expect(termLines('['.repeat(depth) + ']'.repeat(depth), 80)).toHaveLength(2 * depth);
  });

  test('hides nothing and commands nothing', () => {
    expect(termOnOneLine('["\u001b[31m", "\u202e"]')).toBe('["\\x1b[31m", "\\u{202e}"]');
    expect(termLines('[{"a": "##[error]"}, {"\u0007": 1}]', 80)).toEqual([
      '[',
      '  {"a": "##\\x5berror]"},',
      '  {"\\x07": 1},',
      ']',
    ]);
  });
});

describe('a difference', () => {
  test('of short values has a line each', () => {
    expect(termDiff({ expected: 'set()', got: '{1, 2}' }, look)).toEqual([
      'expected: set()',
      'got:      {1, 2}',
    ]);
  });

  test('of long ones is told line by line, with what is around', () => {
    const list = (changed: number) =>
      `[${Array.from({ length: 30 }, (_, place) => `{"place": ${place}, "is": ${place === changed ? 'true' : 'false'}}`).join(', ')}]`;
    expect(termDiff({ expected: list(-1), got: list(20) }, look)).toEqual([
      '- expected',
      '+ got',
      '  ⋮',
      '    {"place": 17, "is": false},',
      '    {"place": 18, "is": false},',
      '    {"place": 19, "is": false},',
      '-   {"place": 20, "is": false},',
      '+   {"place": 20, "is": true},',
      '    {"place": 21, "is": false},',
      '    {"place": 22, "is": false},',
      '    {"place": 23, "is": false},',
      '  ⋮',
    ]);
  });

  test('of values without anything in common ends somewhere', () => {
    const list = (name: string) =>
      `[${Array.from({ length: 5_000 }, (_, place) => `"${name} ${place}"`).join(', ')}]`;
    const lines = termDiff({ expected: list('a'), got: list('b') }, look);
    expect(lines).toHaveLength(123);
    expect(lines.at(-1)).toBe('  … 9884 more lines');
  });

  test('has colours on a terminal', () => {
    const colored = termDiff({ expected: '1', got: '2' }, { ...look, style: styleFor({ color: true }) });
    expect(colored).toEqual([
      '\u001b[1mexpected:\u001b[0m \u001b[1;32m1\u001b[0m',
      '\u001b[1mgot:\u001b[0m      \u001b[1;31m2\u001b[0m',
    ]);
  });
});
