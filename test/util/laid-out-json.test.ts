import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laidOutJson } from '../../src/util/laid-out-json.ts';

test('what fits on a line stands on one', () => {
  const value = { name: 'claims', sponsors: [], owners: [{ id: 1, on: true }, null] };
  expect(laidOutJson(value)).toBe(
    '{ "name": "claims", "sponsors": [], "owners": [{ "id": 1, "on": true }, null] }',
  );
});

test('what does not is broken, from the outside in', () => {
  const value = { agents: [{ id: 'a'.repeat(20), name: 'b'.repeat(20) }], more: [1, 2, 3] };
  expect(laidOutJson(value, 40)).toBe(
    `{
  "agents": [
    {
      "id": "aaaaaaaaaaaaaaaaaaaa",
      "name": "bbbbbbbbbbbbbbbbbbbb"
    }
  ],
  "more": [1, 2, 3]
}`,
  );
});

test('says what was there, at any width', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 60 }), (value, width) => {
      expect(JSON.parse(laidOutJson(value, width))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
