import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, canonicalText } from '../../src/sources/canonical-json.ts';
import { readExactJson } from '../../src/sources/exact-json.ts';
import { hashFile } from '../../src/sources/file-hash.ts';

function sha256(text: string): { readonly ok: true; readonly hash: string } {
  return { ok: true, hash: createHash('sha256').update(text).digest('hex') };
}

function hashOfData(text: string): unknown {
  return hashFile('data.json', Buffer.from(text));
}

describe('the hash of a file', () => {
  test('is the one that OPA 1.18 writes into signatures', () => {
    expect(hashOfData('{"agentid":{"tables":{"x":[1,2.50,1e2]}}}\n')).toEqual({
      ok: true,
      hash: 'cadf2910041a8dae282960698dea75270f9aee503482a9c09e1212be2a73d912',
    });
  });

  test('of a module is that of its bytes', () => {
    const bytes = Uint8Array.of(0, 0xff, 0x0a);
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(hashFile('policy.wasm', bytes)).toEqual({ ok: true, hash });
    expect(hashFile('.signatures.json', Buffer.from('{ }'))).toEqual(sha256('{ }'));
  });

  test.each([
    [
      'white space and the order of keys do not count',
      '{ "b" : 1,\r\n "a":{"d":[ ],"c":{ }} }',
      '{"a":{"c":{},"d":[]},"b":1}',
    ],
    [
      'numbers are taken as they are written',
      '[1,1.0,1.50,1e2,1E+2,0.0001,0]',
      '[1,1.0,1.50,1e2,1E+2,0.0001,0]',
    ],
    [
      'keys are in the order of their bytes, not of UTF-16',
      '{"\\uff5e":1,"😀":2,"a":3,"é":4}',
      '{"a":3,"é":4,"～":1,"😀":2}',
    ],
    ['numbers as keys are text', '{"10":1,"9":2,"":3}', '{"":3,"10":1,"9":2}'],
    [
      'escapes are those of Go',
      '"\\u0041\\/\\u0008\\u000c\\u000a\\u000d\\u0009\\u001f\\u0022\\u005c"',
      '"A/\\b\\f\\n\\r\\t\\u001f\\"\\\\"',
    ],
    ['characters of HTML are not escaped', '"<>&\\u003c\'"', '"<>&<\'"'],
    ['line separators are', '{"\u2028":"\u2029"}', '{"\\u2028":"\\u2029"}'],
    ['DEL and characters above are not', '"\\u007f\\u0080\\ufeff\\ufffd"', '"\u007f\u0080\ufeff\ufffd"'],
    [
      'names that objects inherit are keys like any other',
      '{"constructor":1,"__proto__":{"a":2}}',
      '{"__proto__":{"a":2},"constructor":1}',
    ],
    ['any value can be the whole', ' null ', 'null'],
  ])('%s', (_, text, hashed) => {
    expect(hashOfData(text)).toEqual(sha256(hashed));
    expect(hashFile('.manifest', Buffer.from(text))).toEqual(sha256(hashed));
  });

  test.each([
    ['a key twice', '{"a":1,\n "a":2}', 'line 2, column 2: The key "a" stands here a second time'],
    [
      'a key twice, once written as an escape',
      '{"a":1,"\\u0061":2}',
      'line 1, column 8: The key "a" stands here a second time',
    ],
    [
      'a number that readers round',
      '[9007199254740993]',
      'line 1, column 2: The number cannot be represented exactly',
    ],
    ['half a character', '"\\ud800"', 'line 1, column 2: Half of a surrogate pair, which is not a character'],
    ['what is no UTF-8', Buffer.from('"\xff"', 'latin1'), 'it is not UTF-8 text'],
    ['nothing', '', 'The document is empty'],
    ['two documents', '{}{}', 'line 1, column 3: More text after the end of the document'],
    ['a byte order mark', '\ufeff{}', 'line 1, column 1: A value is expected here'],
    [
      'more depth than any reader is given',
      '['.repeat(65) + ']'.repeat(65),
      'line 1, column 65: Nesting deeper than 64',
    ],
  ])('JSON with %s has none', (_, text, reason) => {
    const bytes = Buffer.from(text);
    expect(hashFile('data.json', bytes)).toEqual({ ok: false, reason });
    expect(hashFile('policy.wasm', bytes).ok).toBe(true);
  });
});

/** JSON text of a value with white space, escapes and an order of keys of its own. */
function scrambled(value: unknown, turn: () => boolean): string {
  const gap = turn() ? ' \n\t' : '';
  if (Array.isArray(value)) return `[${gap}${value.map((item) => scrambled(item, turn)).join(`,${gap}`)}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (turn()) entries.reverse();
    const members = entries.map(
      ([key, item]) => `${gap}${scrambled(key, turn)}${gap}:${scrambled(item, turn)}`,
    );
    return `{${members.join(`${gap},`)}}`;
  }
  if (typeof value !== 'string' || !turn()) return JSON.stringify(value);
  const units = Array.from({ length: value.length }, (_, at) =>
    value.charCodeAt(at).toString(16).padStart(4, '0'),
  );
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

const json = fc
  .jsonValue({ maxDepth: 5, noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);

describe('canonical JSON', () => {
  test('is one text for a value, however it is written', () => {
    fc.assert(
      fc.property(json, fc.array(fc.boolean(), { minLength: 1 }), (value, turns) => {
        let turn = 0;
        const text = scrambled(value, () => turns[(turn += 1) % turns.length] ?? false);
        const reading = readExactJson(Buffer.from(text));
        // Numbers out of the range of exact ones, and minus zero, are refused.
        fc.pre(reading.ok);
        expect(canonicalText(text)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalText(text))).toEqual(value);
        expect(reading.value).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('of different values differs', () => {
    const near = fc
      .tuple(json, json)
      .chain(([one, other]) => fc.tuple(fc.constant(one), fc.constantFrom(one, other)));
    fc.assert(
      fc.property(near, ([one, other]) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });
});
