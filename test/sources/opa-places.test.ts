import { describe, expect, test } from 'vitest';
import { OpaPlaces } from '../../src/sources/opa-places.ts';

const TEXT = 'package a\n\tx := "é😀"; input.sponsers == 1\r\ny := input["a b"].c\n';
const places = new OpaPlaces(TEXT);

/** The text of a range, with its columns. */
function shown({ start, end }: ReturnType<OpaPlaces['token']>): string {
  return `${start.line}:${start.column}-${end.column} ${TEXT.slice(start.offset, end.offset)}`;
}

describe('columns of OPA count code points, ours UTF-16 units', () => {
  test.each([
    ['before anything odd', 2, 2, '2:2-3 x'],
    // The emoji is one code point and two units.
    ['after an accent and an emoji', 2, 13, '2:14-28 input.sponsers'],
    ['a string', 2, 7, '2:7-12 "é😀"'],
    ['an operator', 2, 28, '2:29-31 =='],
    ['steps in brackets', 3, 6, '3:6-20 input["a b"].c'],
    ['the end of a line', 2, 32, '2:33-33 '],
    ['beyond the end of a line', 2, 99, '2:33-33 '],
    ['a line after the last', 9, 1, '4:1-1 '],
    ['column 0', 3, 0, '3:1-2 y'],
  ])('%s', (_, row, column, expected) => {
    expect(shown(places.token(row, column))).toBe(expected);
  });
});

test('a line is told without the blanks around it', () => {
  expect(shown(places.line(2))).toBe('2:2-33 x := "é😀"; input.sponsers == 1');
});

test('a node covers its text, of several lines the first', () => {
  const node = (row: number, col: number, text: string) => ({
    location: { row, col, text: Buffer.from(text).toString('base64') },
  });
  const range = places.node(node(2, 2, 'x := "é😀"'));
  expect(range === null ? null : shown(range)).toBe('2:2-12 x := "é😀"');
  const lines = places.node(node(2, 13, 'input.sponsers == 1\r\ny := input["a b"].c'));
  expect(lines === null ? null : shown(lines)).toBe('2:14-33 input.sponsers == 1');
  // A tree of another text.
  const other = places.node(node(3, 1, 'nothing'));
  expect(other === null ? null : shown(other)).toBe('3:1-2 y');
  expect(places.node({})).toBeNull();
});
