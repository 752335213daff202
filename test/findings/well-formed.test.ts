import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wellFormed } from '../../src/findings/well-formed.ts';

const HALF = '\ud83d';

/** What UTF-8 makes of a value of JSON. */
function written(value: unknown): unknown {
  return JSON.parse(Buffer.from(JSON.stringify(value), 'utf8').toString('utf8'));
}

describe('a value', () => {
  test('without half characters is the very same', () => {
    const value = { name: 'Größe 😀', list: ['a', 1, null, true, { deep: ['\u0000'] }], none: {} };
    expect(wellFormed(value)).toBe(value);
    expect(wellFormed('😀')).toBe('😀');
  });

  test('has U+FFFD in place of half characters, in keys too, and all else as it was', () => {
    expect(
      wellFormed({
        [`a${HALF}`]: `${HALF}x`,
        list: [1, [`\udc00${HALF}`]],
        same: { name: '😀', none: null },
      }),
    ).toEqual({ 'a\ufffd': '\ufffdx', list: [1, ['\ufffd\ufffd']], same: { name: '😀', none: null } });
  });

  test('keeps a key named __proto__ as a key', () => {
    const value: unknown = JSON.parse(`{"__proto__": "\\ud83d", "b": 1}`);
    expect(JSON.stringify(wellFormed(value))).toBe('{"__proto__":"\ufffd","b":1}');
  });

  test('is left as it was', () => {
    const value = { args: { name: HALF } };
    wellFormed(value);
    expect(value).toEqual({ args: { name: HALF } });
  });
});

test('O16 what is well-formed is written and read again unchanged, and what it is made from only differs in half characters', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ö', '😀', '\ud83d', '\ude00', '"', '\\', '\u2028') });
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.constantFrom(null, true, 7),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(text, tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (given) => {
      const made = wellFormed(given);
      expect(written(made)).toEqual(made);
      // JSON text has half characters as escapes, and no others of that form are in the texts.
      const direct = JSON.stringify(given).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\ufffd');
      if (!hasMergedKeys(given)) expect(JSON.stringify(made)).toBe(direct);
    }),
  );
});

/** Whether two keys of one object are one when they are well-formed. */
function hasMergedKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).map((key) => wellFormed(key));
  return new Set(keys).size < keys.length || Object.values(value).some(hasMergedKeys);
}
