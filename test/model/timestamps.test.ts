import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochSeconds } from '../../src/model/timestamps.ts';

const two = (value: number): string => String(value).padStart(2, '0');

type Parts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

function written({ year, month, day, hour, minute, second }: Parts, fraction: string, zone: string): string {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const fraction = fc.constantFrom('', '.0', '.5', '.999999999', '.0000001');
const zone = fc.oneof(
  fc.constantFrom('Z', 'z', '+00:00', '-00:00', '+14:00', '-12:00', '+05:45'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.nat({ max: 23 }), fc.nat({ max: 59 }))
    .map(([sign, hour, minute]) => `${sign}${two(hour)}:${two(minute)}`),
);

describe('any timestamp', () => {
  test('of a moment that exists agrees with Date', () => {
    const moment = fc.date({
      min: new Date('0001-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, fraction, zone, (date, part, offset) => {
        const text = `${date.toISOString().slice(0, 19)}${part}${offset}`;
        expect(epochSeconds(text)).toBe(Math.floor(Date.parse(text.toUpperCase()) / 1000));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test('is refused exactly when a part of it does not exist', () => {
    const parts = fc.record({
      year: fc.integer({ min: 0, max: 9999 }),
      month: fc.integer({ min: 0, max: 13 }),
      day: fc.integer({ min: 0, max: 32 }),
      hour: fc.integer({ min: 0, max: 25 }),
      minute: fc.integer({ min: 58, max: 61 }),
      second: fc.integer({ min: 58, max: 62 }),
    });
    fc.assert(
      fc.property(parts, fraction, zone, (given, part, offset) => {
        const { year, month, day, hour, minute, second } = given;
        const exists =
          [month >= 1, month <= 12, day >= 1, day <= daysIn(year, month)].every(Boolean) &&
          [hour <= 23, minute <= 59, second <= 60].every(Boolean);
        expect(epochSeconds(written(given, part, offset)) !== null).toBe(exists);
      }),
      { seed: 2, numRuns: 2_000 },
    );
  });
});

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['1969-12-31T23:59:59Z', -1],
  ['2027-01-01T00:00:00Z', 1_798_761_600],
  ['2027-01-01T00:00:00.0000001Z', 1_798_761_600],
  ['2027-01-01T00:00:00.9999999Z', 1_798_761_600],
  ['2027-01-01T02:00:00+02:00', 1_798_761_600],
  ['2026-12-31T19:00:00-05:00', 1_798_761_600],
  ['2027-01-01t00:00:00z', 1_798_761_600],
  ['0001-01-01T00:00:00Z', -62_135_596_800],
  ['9999-12-31T23:59:59Z', 253_402_300_799],
  ['2028-02-29T00:00:00Z', 1_835_395_200],
  ['2000-02-29T00:00:00Z', 951_782_400],
  ['2016-12-31T23:59:60Z', 1_483_228_800],
  ['0099-06-01T00:00:00Z', -59_029_948_800],
])('S13 %s is the second %i', (text, seconds) => {
  expect(epochSeconds(text)).toBe(seconds);
});

test.each([
  ['no zone', '2027-01-01T00:00:00'],
  ['no time', '2027-01-01'],
  ['no seconds', '2027-01-01T00:00Z'],
  ['a blank for the T', '2027-01-01 00:00:00Z'],
  ['the 30th of February', '2027-02-30T00:00:00Z'],
  ['the 29th of February in a common year', '2027-02-29T00:00:00Z'],
  ['the 29th of February in 1900', '1900-02-29T00:00:00Z'],
  ['the 31st of April', '2027-04-31T00:00:00Z'],
  ['month 0', '2027-00-01T00:00:00Z'],
  ['month 13', '2027-13-01T00:00:00Z'],
  ['day 0', '2027-01-00T00:00:00Z'],
  ["24 o'clock", '2027-01-01T24:00:00Z'],
  ['minute 60', '2027-01-01T00:60:00Z'],
  ['second 61', '2027-01-01T00:00:61Z'],
  ['an offset of 24 hours', '2027-01-01T00:00:00+24:00'],
  ['an offset of 60 minutes', '2027-01-01T00:00:00+00:60'],
  ['an offset without its colon', '2027-01-01T00:00:00+0200'],
  ['a zone by name', '2027-01-01T00:00:00 UTC'],
  ['a year of five digits', '12027-01-01T00:00:00Z'],
  ['a signed year', '+2027-01-01T00:00:00Z'],
  ['a point without a fraction', '2027-01-01T00:00:00.Z'],
  ['a comma for the point', '2027-01-01T00:00:00,5Z'],
  ['a line after it', '2027-01-01T00:00:00Z\n'],
  ['a blank before it', ' 2027-01-01T00:00:00Z'],
  ['digits of another script', '２０２７-01-01T00:00:00Z'],
  ['words', 'never'],
  ['nothing', ''],
])('S13 %s is no timestamp', (_, text) => {
  expect(epochSeconds(text)).toBeNull();
});
