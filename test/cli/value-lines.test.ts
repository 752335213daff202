import { expect, test } from 'vitest';
import { valueLines, valueOnOneLine } from '../../src/cli/value-lines.ts';

const WIDE = { width: 80, depth: Infinity };

test('what fits stands on one line', () => {
  expect(valueLines({ a: [1, 'two', null], b: {} }, WIDE)).toEqual(['{ "a": [1, "two", null], "b": {} }']);
});

test('what does not fit has a line for each member', () => {
  const value = { name: 'invoice-bot', tags: ['team:finance', 'env:production'], empty: [] };
  expect(valueLines(value, { width: 44, depth: Infinity })).toEqual([
    '{',
    '  "name": "invoice-bot",',
    '  "tags": ["team:finance", "env:production"],',
    '  "empty": []',
    '}',
  ]);
});

test('what is deeper than wanted is told by its size', () => {
  const value = { list: [1, 2], inner: { a: 1 }, plain: 'x' };
  expect(valueLines(value, { width: 80, depth: 1 })).toEqual([
    '{ "list": [… 2], "inner": {…}, "plain": "x" }',
  ]);
});

test('long texts and long lists are cut, and say how long they are', () => {
  expect(valueLines('x'.repeat(200), WIDE)).toEqual([`"${'x'.repeat(160)}…" (200 characters)`]);
  const lines = valueLines(
    Array.from({ length: 50 }, (_, index) => `entry number ${index}`),
    WIDE,
  );
  expect(lines).toHaveLength(43);
  expect(lines.slice(-3)).toEqual(['  "entry number 39",', '  … 10 more', ']']);
});

test('O01 nothing moves the cursor, hides text or is obeyed by a CI log', () => {
  const shown = valueLines({ '\u001b[2J': '\u202e##vso[task]', plain: 'a\nb' }, WIDE).join('\n');
  expect(shown).toBe(String.raw`{ "\u001b[2J": "\u202e##vso\u005btask]", "plain": "a\nb" }`);
  expect(valueOnOneLine(['\u0007'.repeat(3)], 10)).toBe(String.raw`["\u0007\u…`);
});
