import { describe, expect, test } from 'vitest';
import { cellWidth } from '../../src/reporters/cell-width.ts';
import { showLine } from '../../src/reporters/source-line.ts';

/** The line as it is shown and what the carets would stand under. */
function underlined(line: string, part: string): readonly [text: string, carets: string] {
  const from = line.indexOf(part);
  const { text, markCell, markCells } = showLine(line, { from, to: from + part.length });
  return [text, ' '.repeat(markCell) + '^'.repeat(markCells)];
}

describe('showLine', () => {
  test.each([
    ['  sponsors: []', '[]', '  sponsors: []', '            ^^'],
    ['', '', '', '^'],
    ['name: x', '', 'name: x', '^'],
    ['\tname:\tx', 'x', '    name:   x', '            ^'],
    ['a\tb', '\t', 'a   b', ' ^^^'],
    ['日本: x', 'x', '日本: x', '      ^'],
    ['日本: x', '本', '日本: x', '  ^^'],
    ['e\u0301: x', 'x', 'e\u0301: x', '   ^'],
    ['\u1112\u1161\u11ab: x', 'x', '\u1112\u1161\u11ab: x', '    ^'],
    ['🧾: x', 'x', '🧾: x', '    ^'],
    ['a\u200bb: x', 'x', String.raw`a\u{200b}b: x`, '            ^'],
    ['\u001b: x', '\u001b', String.raw`\x1b: x`, '^^^^'],
    ['##[x', 'x', String.raw`##\x5bx`, '      ^'],
    ['##[x', '[', String.raw`##\x5bx`, '  ^^^^'],
    ['\ud800: x', 'x', String.raw`\u{d800}: x`, '          ^'],
  ])('%j with the mark on %j', (line, part, text, carets) => {
    expect(underlined(line, part)).toEqual([text, carets]);
  });

  test('a mark behind the end of the line stands behind its last character', () => {
    expect(showLine('abc', { from: 9, to: 12 })).toEqual({ text: 'abc', markCell: 3, markCells: 1 });
    expect(showLine('日\t', { from: 9, to: 12 })).toEqual({ text: '日  ', markCell: 4, markCells: 1 });
  });

  test('E10 a line of 200 cells is whole, a longer one is cut to 100 around the mark', () => {
    const whole = `${'a'.repeat(199)}X`;
    expect(underlined(whole, 'X')).toEqual([whole, `${' '.repeat(199)}^`]);
    const [text, carets] = underlined(`${'a'.repeat(300)}X${'b'.repeat(300)}`, 'X');
    expect(text).toBe(`…${'a'.repeat(40)}X${'b'.repeat(57)}…`);
    expect(carets).toBe(`${' '.repeat(41)}^`);
  });

  test('E10 escapes count for what they take on the screen', () => {
    const { text } = showLine('\u202e'.repeat(150), { from: 0, to: 1 });
    expect(text).toBe(`${String.raw`\u{202e}`.repeat(12)}…`);
  });

  test('E10 a cut never splits a character', () => {
    for (const lead of ['', 'a', 'ab', 'abc']) {
      const line = `${lead}${'🧾'.repeat(1000)}X${'🧾'.repeat(1000)}`;
      const [text, carets] = underlined(line, 'X');
      expect(text).toMatch(/^…(?:🧾)+X(?:🧾)+…$/u);
      expect(carets.indexOf('^')).toBe(1 + 2 * (Array.from(text).indexOf('X') - 1));
    }
  });
});

test.each([
  ['a', 1],
  ['é', 1],
  ['あ', 2],
  ['한', 2],
  ['Ａ', 2],
  ['ｱ', 1],
  ['🧾', 2],
  ['😀', 2],
  ['𠀀', 2],
  ['Ω', 1],
  ['─', 1],
  ['…', 1],
  ['\u0301', 0],
  ['\u20dd', 0],
  ['\u1161', 0],
  ['🇨', 1],
])('%s takes %i cells', (character, cells) => {
  expect(cellWidth(character)).toBe(cells);
});
