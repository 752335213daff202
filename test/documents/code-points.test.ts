import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from '../../src/documents/code-points.ts';

test('texts are ordered by code point', () => {
  const texts = [
    '',
    '-',
    'A',
    'B',
    'a',
    'a/b',
    'aa',
    'b',
    'é',
    '\u2028',
    '\ud7ff',
    '\ue000',
    '\uff5e',
    '\u{10000}',
    '😀',
  ];
  expect([...texts].reverse().toSorted(compareCodePoints)).toEqual(texts);
});

test('the order is that of the code points one by one', () => {
  const point = fc.oneof(fc.integer({ min: 0x61, max: 0x63 }), fc.integer({ min: 0xe000, max: 0x10ffff }));
  const text = fc.array(point, { maxLength: 4 }).map((found) => String.fromCodePoint(...found));
  const points = (value: string) => Array.from(value, (character) => character.codePointAt(0) ?? 0);
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [points(a), points(b)];
      const place = left.findIndex((point, index) => point !== right[index]);
      const difference =
        place === -1 ? left.length - right.length : (left[place] ?? 0) - (right[place] ?? -1);
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(difference));
    }),
    { seed: 1 },
  );
});
