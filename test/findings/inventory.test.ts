import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_RESOURCES, ResourceListing, type Standing } from '../../src/findings/inventory.ts';

/** Lists resources that are called by their places: those that are listed, and how many are not. */
function listed(standings: readonly Standing[], most?: number): readonly [readonly string[], number] {
  const listing = new ResourceListing<string>(most);
  for (const [place, standing] of standings.entries()) listing.add(standing, () => `${standing} ${place}`);
  const result = listing.result();
  return [result.listed.map(({ row }) => row), result.unlisted];
}

/** The same, by what is promised. */
function expected(standings: readonly Standing[], most: number): readonly [readonly string[], number] {
  const all = standings.map((standing, place) => ({ standing, place }));
  const of = (which: Standing) => all.filter(({ standing }) => standing === which);
  const found = of('found');
  const wanted = of('wanted').slice(0, Math.max(0, most - found.length));
  const others = of('other').slice(0, Math.max(0, most - found.length - wanted.length));
  const rows = [...found, ...wanted, ...others].sort((a, b) => a.place - b.place);
  return [rows.map(({ standing, place }) => `${standing} ${place}`), all.length - rows.length];
}

const standings = fc.array(fc.constantFrom<Standing>('found', 'wanted', 'other'), { maxLength: 40 });

test('lists what has findings, then what is wanted, then others in the order of the run while there is room', () => {
  fc.assert(
    fc.property(standings, fc.integer({ min: 0, max: 12 }), (given, most) => {
      expect(listed(given, most)).toEqual(expected(given, most));
    }),
  );
});

test('lists all that has findings, however many, and nothing else then', () => {
  const given: Standing[] = ['other', 'wanted', 'found', 'found', 'found', 'other'];
  expect(listed(given, 2)).toEqual([['found 2', 'found 3', 'found 4'], 3]);
});

test('takes the room of the last of those that matter less', () => {
  expect(listed(['other', 'other', 'found'], 2)).toEqual([['other 0', 'found 2'], 1]);
  expect(listed(['wanted', 'other', 'wanted', 'found'], 2)).toEqual([['wanted 0', 'found 3'], 2]);
});

test('lists 5,000 without findings, and makes no row that it has no room for', () => {
  const listing = new ResourceListing<number>();
  let made = 0;
  for (let place = 0; place < 20_000; place += 1) {
    listing.add('other', () => {
      made += 1;
      return place;
    });
  }
  const { listed: rows, unlisted } = listing.result();
  expect([rows.length, rows.at(-1), unlisted, made]).toEqual([
    MOST_RESOURCES,
    { place: 4_999, row: 4_999 },
    15_000,
    5_000,
  ]);
});
