import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAnswer } from '../../src/policy/answer.ts';

function fault(json: string): string | null {
  try {
    checkAnswer(new TextEncoder().encode(json));
    return null;
  } catch (cause) {
    if (cause instanceof RangeError) return cause.message;
    throw cause;
  }
}

describe('an answer may be parsed', () => {
  test('whatever it says, when it is small', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(fault(json)).toBeNull();
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test.each([
    ['with as many levels as may be', `${'['.repeat(32)}${']'.repeat(32)}`],
    ['with as many values as may be', `[${'1,'.repeat(249_998)}1]`],
    ['with many lists beside each other', `[${'[],'.repeat(1_000)}[]]`],
    ['with marks in its texts', JSON.stringify(['[{,:"\\'.repeat(100_000), '\\', '"', '[[[['])],
    ['that is cut off in a text', '["abc\\'],
    ['that is not JSON', 'all good'],
    ['that closes more than it opens', ']'.repeat(1_000)],
  ])('%s', (_, json) => {
    expect(fault(json)).toBeNull();
  });
});

describe('an answer may not be parsed', () => {
  test.each([
    ['with more levels', '{"a":'.repeat(33), 'it gave an answer of more than 32 levels'],
    ['with more values', `[${'1,'.repeat(250_000)}1]`, 'it gave an answer of more than 250000 values'],
    ['with more lists', `[${'[]'.repeat(250_000)}]`, 'it gave an answer of more than 250000 values'],
    ['with more properties', `{${'"":1,'.repeat(125_001)}}`, 'it gave an answer of more than 250000 values'],
    ['with more text', `"${'x'.repeat(16 * 1024 ** 2)}"`, 'it gave an answer of more than 16 MiB'],
  ])('%s', (_, json, message) => {
    expect(fault(json)).toBe(message);
  });
});
