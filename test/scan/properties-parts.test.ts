import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
      const others = (all: JsonObject) =>
        Object.entries(all).filter(([name]) => name !== 'sponsors' && name !== 'owners');
      const whole = JSON.parse(JSON.stringify(given)) as JsonObject;
      expect(others(cut(given) as JsonObject)).toEqual(others(whole));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test('no built-in rule reads them there: `input.sponsors` and `input.owners` have them', () => {
  const folder = new URL('../../policies/', import.meta.url).pathname;
  const readers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .filter((name) =>
      /properties(?:\.|\["|, ")(?:sponsors|owners)\b/.test(readFileSync(join(folder, name), 'utf8')),
    );
  expect(readers).toEqual([]);
});
