import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFINITIONS,
  fingerprintsOf,
  identityOf,
  occurrenceCounter,
  offendingValue,
  valueText,
  type Definition,
  type Identified,
} from '../../src/findings/fingerprint.ts';

type Parts = Partial<Omit<Identified, 'resource'>> & Partial<Identified['resource']>;

function identified({
  identity = 'blueprint/a',
  name = 'invoice-bot',
  properties = {},
  ...parts
}: Parts = {}) {
  const plain: Omit<Identified, 'resource'> = { rule: 'a/one', aliases: [], path: ['x'], args: {} };
  return { ...plain, ...parts, resource: { identity, name, properties } };
}

function of(parts: Parts = {}): string {
  return fingerprintsOf(identified(parts))[0] ?? '';
}

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** The same value with the keys of its objects and the entries of its lists turned round. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned).reverse();
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, turned(entry)]),
  );
}

test('is v1 and 32 hex digits', () => {
  fc.assert(
    fc.property(json, (x) => {
      expect(of({ properties: { x } })).toMatch(/^v1:[0-9a-f]{32}$/);
    }),
    { seed: 1 },
  );
});

test('never changes: it is written into baselines', () => {
  const sponsors = [{ id: { b: [1, 'é'], a: null } }];
  expect(of({ path: ['sponsors', 0, 'id'], properties: { sponsors } })).toMatchInlineSnapshot(
    `"v1:99f58831051a0efa94b6f215258d9eaf"`,
  );
  expect(
    of({ path: [], args: { problem: 'too broad', name: 'invoice-bot', days: 7 } }),
  ).toMatchInlineSnapshot(`"v1:8092d64a826d9c64584e62ba7016d89a"`);
});

test('is the same whatever the order of keys and entries', () => {
  fc.assert(
    fc.property(json, (x) => {
      expect(of({ properties: { x: turned(x) } })).toBe(of({ properties: { x } }));
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('differs exactly when the value does', () => {
  const value = fc.oneof(
    json,
    fc.constantFrom<unknown>(null, [], {}, '', 0, false, [null], [[]], [{}], { a: null }, ['a', null]),
  );
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(of({ properties: { x: a } }) === of({ properties: { x: b } })).toBe(
        valueText(a) === valueText(b),
      );
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test.each<readonly [string, unknown, unknown]>([
  ['an object and a list of pairs', { a: 1 }, [['a', 1]]],
  ['an empty object and an empty list', {}, []],
  ['a list and its entries', [1], 1],
  ['text and a number', '1', 1],
  ['null and text', null, 'null'],
  ['lists of which one has an entry twice', [1, 2], [1, 1, 2]],
  ['a key named __proto__', JSON.parse('{"__proto__":1}'), {}],
])('%s are told apart', (_, a, b) => {
  expect(of({ properties: { x: a } })).not.toBe(of({ properties: { x: b } }));
});

test.each<readonly [string, Parts]>([
  ['rule', { rule: 'a/two' }],
  ['resource', { identity: 'blueprint/b' }],
  ['property', { path: ['y'], properties: { y: 1 } }],
])('another %s is another finding', (_, parts) => {
  expect(of({ properties: { x: 1 }, ...parts })).not.toBe(of({ properties: { x: 1 } }));
});

test('the absence of a value and null are one', () => {
  expect(of({ properties: {} })).toBe(of({ properties: { x: null } }));
});

describe('entries of lists', () => {
  const kind = 'allAllowed';
  const at = (entries: readonly unknown[], place: number) =>
    of({ path: ['list', place, 'kind'], properties: { list: entries } });

  test.each(['id', 'appId', 'resourceAppId', 'keyId', 'name', 'mcpServerName', 'value', 'displayName'])(
    'are known by their %s, wherever they stand',
    (key) => {
      const [a, b] = [
        { [key]: 'A', kind },
        { [key]: 'B', kind },
      ] as const;
      expect(at([a, b], 0)).toBe(at([b, a], 1));
      expect(at([a], 0)).not.toBe(at([b], 0));
      expect(at([a], 0)).toBe(at([{ ...a, other: 1 }], 0));
    },
  );

  test('are known by the most stable name that they have', () => {
    expect(at([{ id: 'A', displayName: 'x', kind }], 0)).toBe(at([{ id: 'A', displayName: 'y', kind }], 0));
    expect(at([{ id: ' ', displayName: 'x', kind }], 0)).not.toBe(
      at([{ id: ' ', displayName: 'y', kind }], 0),
    );
  });

  test('are known by all that they hold when they have no name', () => {
    expect(at([{ issuer: 'A', kind }], 0)).not.toBe(at([{ issuer: 'B', kind }], 0));
    expect(at([{ issuer: 'A', kind }], 0)).toBe(
      at(
        [
          { issuer: 'B', kind },
          { kind, issuer: 'A' },
        ],
        1,
      ),
    );
  });

  test('are their own value when they are texts', () => {
    const texts = (list: readonly string[], place: number) =>
      of({ path: ['x', place], properties: { x: list } });
    expect(texts(['a', 'b'], 0)).toBe(texts(['b', 'a'], 1));
    expect(texts(['a', 'b'], 0)).not.toBe(texts(['a', 'b'], 1));
  });

  test('have no name where there is none', () => {
    expect(of({ path: ['x', 3, 'y'], properties: { x: [] } })).toBe(of({ path: ['x', 0, 'y'] }));
  });
});

describe('where the value says nothing', () => {
  test.each<unknown>([undefined, null, '', ' ', [], {}])('the texts of the arguments do: %j', (x) => {
    const told = (args: Identified['args']) => of({ properties: { x }, args });
    expect(told({ missing: ['A'] })).not.toBe(told({ missing: ['B'] }));
    expect(told({ problem: 'a' })).not.toBe(told({ problem: 'b' }));
    expect(told({ a: 'x' })).not.toBe(told({ b: 'x' }));
    expect(told({ list: ['a', 'b'] })).toBe(told({ list: ['b', 'a'] }));
  });

  test('numbers, dates and the name of the resource do not', () => {
    const args = { problem: 'a', name: 'invoice-bot', days: 7, on: true, since: '2026-11-23', none: null };
    expect(of({ args })).toBe(of({ args: { ...args, days: 8, on: false, since: '2026-11-24T00:00:00Z' } }));
    expect(of({ args })).toBe(of({ name: 'other', args: { ...args, name: 'other' } }));
  });

  test('they do not where it says something', () => {
    const properties = { x: 'value' };
    expect(of({ properties, args: { told: 'one way' } })).toBe(of({ properties, args: { told: 'another' } }));
  });
});

describe('a resource that is known by its file', () => {
  test('is the same in another language', () => {
    expect(identityOf('blueprint/agents/a.yaml#', '')).toBe(identityOf('blueprint/agents/a.json#', ''));
    expect(identityOf('blueprint/a.YML[1]#/value/0', '')).toBe('blueprint/a[1]#/value/0');
  });

  test('is the same from another folder of the repository', () => {
    expect(identityOf('blueprint/a.yaml#', 'agents')).toBe(identityOf('blueprint/agents/a.yaml#', ''));
    expect(identityOf('blueprint/../x/a.yaml#', 'agents')).toBe('blueprint/x/a#');
  });

  test('is another in another file, document or place', () => {
    const refs = ['a.yaml#', 'b.yaml#', 'x/a.yaml#', 'a.yaml[1]#', 'a.yaml#/value/0', 'a.txt#'];
    expect(new Set(refs.map((ref) => identityOf(`blueprint/${ref}`, ''))).size).toBe(refs.length);
  });

  test('is none of those that have an id or a name', () => {
    for (const ref of [
      'agentUser/11111111-2222-4333-8444-555555555555',
      'blueprint/team#bot',
      'blueprint/x.json',
    ])
      expect(identityOf(ref, 'agents')).toBe(ref);
  });
});

describe('equal findings of one run', () => {
  test('have fingerprints of their own, the same in every run', () => {
    const all = ['v1:a', 'v1:b', 'v1:a', 'v1:a'];
    const runs = [1, 2].map(() => {
      const tellApart = occurrenceCounter();
      return all.map((one) => tellApart([one])[0]);
    });
    expect(runs[0]).toEqual(runs[1]);
    expect(new Set(runs[0]).size).toBe(4);
    expect(runs[0]?.slice(0, 2)).toEqual(['v1:a', 'v1:b']);
  });

  test('have former fingerprints of their own too', () => {
    const tellApart = occurrenceCounter();
    const [first, second] = [tellApart(['v1:n', 'v1:o']), tellApart(['v1:n', 'v1:o'])];
    const before = occurrenceCounter();
    expect([first[1], second[1]]).toEqual([before(['v1:o'])[0], before(['v1:o'])[0]]);
  });
});

describe('what a finding was before', () => {
  test('is what it was under earlier names of its rule', () => {
    const [now, ...former] = fingerprintsOf(identified({ rule: 'a/new', aliases: ['a/one', 'a/two'] }));
    expect(now).toBe(of({ rule: 'a/new' }));
    expect(former).toEqual([of({ rule: 'a/one' }), of({ rule: 'a/two' })]);
  });

  test('is what earlier definitions made of it', () => {
    const next: Definition = { version: 'v2', content: ({ path }) => path };
    const finding = identified({ rule: 'a/new', aliases: ['a/one'], properties: { x: 1 } });
    const all = fingerprintsOf(finding, [next, ...DEFINITIONS]);
    expect(all.map((one) => one.slice(0, 3))).toEqual(['v2:', 'v2:', 'v1:', 'v1:']);
    expect(all.slice(2)).toEqual(fingerprintsOf(finding));
  });

  test('is nothing for a rule that was never called otherwise', () => {
    expect(fingerprintsOf(identified())).toHaveLength(1);
  });
});

describe('the value of a grant', () => {
  const grant = (scope: unknown, args: Identified['args'] = {}) => {
    const { resource } = identified({ properties: { oauth2PermissionGrants: [{ id: 'g', scope }] } });
    return offendingValue({ resource, path: ['oauth2PermissionGrants', 0, 'scope'], args });
  };

  test('is the scope that the finding is about', () => {
    const args = { permission: 'Mail.ReadWrite', narrower: 'Mail.Read' };
    expect(grant('Mail.Read  Mail.ReadWrite User.Read', args)).toBe('Mail.ReadWrite');
    expect(grant('Mail.Read User.Read', { scope: 'User.Read' })).toBe('User.Read');
  });

  test('is all of them when it is about none, or several', () => {
    expect(grant('a b ')).toEqual(['a', 'b']);
    expect(grant('a b', { one: 'a', other: 'b' })).toEqual(['a', 'b']);
    expect(grant(7)).toBe(7);
  });
});
