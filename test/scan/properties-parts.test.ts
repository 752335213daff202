import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/resource.ts';
import { withoutPrincipals } from '../../src/scan/properties-parts.ts';

function cut(properties: JsonObject): unknown {
  return JSON.parse(withoutPrincipals(JSON.stringify(properties), properties).join(''));
}

const SPONSOR = { id: 's', displayName: 'A "],"appRoleAssignments":[', groupTypes: ['Unified'] };

describe('sponsors and owners are left out', () => {
  test.each<[string, JsonObject, JsonObject]>([
    [
      'of an agent',
      { a: 1, sponsors: [SPONSOR], owners: [SPONSOR], appRoleAssignments: [] },
      { a: 1, appRoleAssignments: [] },
    ],
    ['of an agent user', { a: 1, sponsors: [SPONSOR], roleAssignments: [1] }, { a: 1, roleAssignments: [1] }],
    ['when they come first', { sponsors: [], owners: [], b: {} }, { b: {} }],
    [
      'when their texts look like an end',
      { sponsors: [{ displayName: '}],"b":' }], owners: [], b: 1 },
      { b: 1 },
    ],
  ])('%s', (_, properties, left) => {
    expect(cut(properties)).toEqual(left);
  });
});

describe('everything is left as it is', () => {
  test.each<[string, JsonObject]>([
    ['when nothing follows', { a: 1, sponsors: [SPONSOR], owners: [SPONSOR] }],
    ['when there are none', { a: 1, owners: [SPONSOR], b: 2 }],
    ['when they are no lists', { sponsors: null, owners: [], b: 2 }],
    ['when only the owners are no list', { sponsors: [], owners: 'x', b: 2 }],
    ['when another list ends alike', { sponsors: [{ x: [], b: 1 }], owners: [], b: 2 }],
    ['when something else has sponsors', { attributes: { sponsors: [1] }, sponsors: [2], owners: [], b: 3 }],
  ])('%s', (_, properties) => {
    expect(cut(properties)).toEqual(properties);
  });
});

test('whatever the properties are, nothing but sponsors and owners is ever missing', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('],"b":', '"sponsors":[', [], [{ x: [], b: 1 }], {
      a: [],
      sponsors: [],
      owners: [],
      b: 1,
    }),
  );
  const properties = fc.dictionary(fc.constantFrom('a', 'sponsors', 'owners', 'b', '"', '],"b":'), value);
  fc.assert(
    fc.property(properties, (given) => {
      const { sponsors: _s, owners: _o, ...others } = given;
      const { sponsors: _t, owners: _p, ...left } = cut(given) as JsonObject;
      expect(left).toEqual(JSON.parse(JSON.stringify(others)));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});
