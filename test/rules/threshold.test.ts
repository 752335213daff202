import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseThreshold, percentText, reaches, type Share } from '../../src/rules/test/threshold.ts';

function threshold(text: string) {
  const parsed = parseThreshold(text);
  if (parsed === null) throw new TypeError(`no threshold: ${text}`);
  return parsed;
}

/** Decimals as a number of the smallest unit. */
function units(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

describe('a threshold is read', () => {
  test.each(['0', '80', '100', '99.97', '100.000', '7 %', '7.5%', ' 50 '])('%j', (text) => {
    expect(parseThreshold(text)?.text).toBe(text.replace(/[\s%]/g, ''));
  });

  test.each([
    '',
    '%',
    '-1',
    '+1',
    '101',
    '100.01',
    '1e2',
    '.5',
    '5.',
    '0x10',
    'NaN',
    '1,5',
    '80 percent',
    '1'.repeat(40),
  ])('and %j is none', (text) => {
    expect(parseThreshold(text)).toBeNull();
  });
});

describe('coverage is compared and shown without rounding', () => {
  test('one line of many makes the difference', () => {
    const share = { covered: 9_999_999, total: 10_000_000 };
    expect(reaches(share, threshold('100'))).toBe(false);
    expect(percentText(share)).toBe('99.99');
    expect(reaches(share, threshold('99.99999'))).toBe(true);
    expect(reaches(share, threshold('99.999991'))).toBe(false);
    expect(percentText(share, threshold('99.999991'))).toBe('99.99999');
  });

  test('a third is never more than it is', () => {
    const share = { covered: 1, total: 3 };
    expect(percentText(share)).toBe('33.33');
    expect(reaches(share, threshold('33.33'))).toBe(true);
    expect(reaches(share, threshold('33.34'))).toBe(false);
  });

  test('of nothing everything is covered', () => {
    expect(reaches({ covered: 0, total: 0 }, threshold('100'))).toBe(true);
    expect(percentText({ covered: 0, total: 0 })).toBe('100');
  });

  const shares = fc
    .tuple(fc.nat(1_000_000), fc.nat(1_000_000))
    .map(([one, other]): Share => ({ covered: Math.min(one, other), total: Math.max(one, other, 1) }));
  const thresholds = fc
    .tuple(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 9_999_999 }),
      fc.integer({ min: 0, max: 7 }),
    )
    .map(([whole, fraction, decimals]) =>
      threshold(
        decimals === 0 ? `${whole}` : `${whole}.${String(fraction).padStart(7, '0').slice(0, decimals)}`,
      ),
    );

  test('100 is shown for everything only, and everything is 100', () => {
    fc.assert(
      fc.property(shares, (share) => {
        expect(percentText(share) === '100').toBe(share.covered === share.total);
        expect(reaches(share, threshold('100'))).toBe(share.covered === share.total);
      }),
    );
  });

  test('what is shown is the highest threshold of so many decimals that is reached', () => {
    fc.assert(
      fc.property(shares, thresholds, (share, { decimals, text }) => {
        const shown = percentText(share, threshold(text));
        const digits = Math.max(2, decimals);
        expect(reaches(share, threshold(shown))).toBe(true);
        const above = { text: '', units: units(shown, digits) + 1n, decimals: digits };
        expect(reaches(share, above)).toBe(false);
      }),
    );
  });

  test('what is shown is below a threshold that is missed, and not below one that is reached', () => {
    fc.assert(
      fc.property(shares, thresholds, (share, wanted) => {
        const digits = Math.max(2, wanted.decimals);
        const isBelow = units(percentText(share, wanted), digits) < units(wanted.text, digits);
        expect(isBelow).toBe(!reaches(share, wanted));
      }),
    );
  });
});
