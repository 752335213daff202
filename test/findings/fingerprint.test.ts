import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprinter } from '../../src/findings/fingerprint.ts';

type Identified = Parameters<ReturnType<typeof fingerprinter>>[0];

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const finding: fc.Arbitrary<Identified> = fc.record({
  rule: fc.constantFrom('a/one', 'a/two', 'b/one'),
  ref: fc.constantFrom('blueprint/a', 'blueprint/b', 'agentUser/a'),
  path: fc.array(fc.oneof(fc.constantFrom('sponsors', 'owners', 'api'), fc.nat({ max: 3 })), {
    maxLength: 3,
  }),
  value: json,
});

function fingerprint(one: Identified): string {
  return fingerprinter()(one);
}

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

/** What a fingerprint is over, in another way of writing it down. */
function identity({ rule, ref, path, value }: Identified): string {
  return JSON.stringify([rule, ref, path.filter((step) => typeof step === 'string'), spelt(value)]);
}

function spelt(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map((entry) => JSON.stringify(spelt(entry))).sort()];
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]) => [key, spelt(entry)] as const);
    return ['object', ...entries.sort(([a], [b]) => (a < b ? -1 : 1))];
  }
  return Object.is(value, -0) ? 0 : value;
}

test('is v1 and 32 hex digits', () => {
  fc.assert(
    fc.property(finding, (one) => {
      expect(fingerprint(one)).toMatch(/^v1:[0-9a-f]{32}$/);
    }),
    { seed: 1 },
  );
});

test('never changes: it is written into baselines', () => {
  const path = ['sponsors', 0, 'id'];
  expect(fingerprint({ rule: 'a/one', ref: 'blueprint/a', path, value: { b: [1, 'é'], a: null } })).toBe(
    'v1:920493b4abb764c6b9d265c2f0bbb500',
  );
  expect(fingerprint({ rule: 'a/one', ref: 'blueprint/a', path: [], value: null })).toBe(
    'v1:59e9a6ed62125215eacd3ca63e731ff5',
  );
});

test('is the same whatever the order of keys and entries, and the place in a list', () => {
  fc.assert(
    fc.property(finding, fc.nat({ max: 9 }), (one, place) => {
      const path = one.path.map((step) => (typeof step === 'number' ? place : step));
      expect(fingerprint({ ...one, path, value: turned(one.value) })).toBe(fingerprint(one));
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('differs exactly when rule, resource, property or value differ', () => {
  const value = fc.oneof(
    json,
    fc.constantFrom<unknown>(
      null,
      [],
      {},
      '',
      0,
      false,
      [null],
      [[]],
      [{}],
      { a: null },
      [['a', null]],
      ['a', null],
      { '': [] },
    ),
  );
  const pair = fc.tuple(finding, value, value).map(
    ([one, a, b]) =>
      [
        { ...one, value: a },
        { ...one, value: b },
      ] as const,
  );
  fc.assert(
    fc.property(fc.oneof(pair, fc.tuple(finding, finding)), ([one, other]) => {
      expect(fingerprint(one) === fingerprint(other)).toBe(identity(one) === identity(other));
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
  const one = { rule: 'a/one', ref: 'blueprint/a', path: ['x'] } as const;
  expect(fingerprint({ ...one, value: a })).not.toBe(fingerprint({ ...one, value: b }));
});

test('the absence of a value and null are one', () => {
  const one = { rule: 'a/one', ref: 'blueprint/a', path: ['x'] } as const;
  expect(fingerprint({ ...one, value: undefined })).toBe(fingerprint({ ...one, value: null }));
});

describe('a resource that is known by its file', () => {
  const of = (ref: Identified['ref']) => fingerprint({ rule: 'a/one', ref, path: ['x'], value: 1 });

  test('is the same in another language', () => {
    expect(of('blueprint/agents/a.yaml#')).toBe(of('blueprint/agents/a.json#'));
    expect(of('blueprint/agents/a.YML#/value/0')).toBe(of('blueprint/agents/a.json#/value/0'));
    expect(of('blueprint/agents/a.yaml[1]#')).toBe(of('blueprint/agents/a.yml[1]#'));
  });

  test('is another in another file, document or place', () => {
    const refs = ['a.yaml#', 'b.yaml#', 'x/a.yaml#', 'a.yaml[1]#', 'a.yaml#/value/0', 'a.txt#'] as const;
    expect(new Set(refs.map((ref) => of(`blueprint/${ref}`))).size).toBe(refs.length);
  });
});

describe('equal findings of one run', () => {
  const one: Identified = { rule: 'a/one', ref: 'blueprint/a', path: ['x', 0], value: 'v' };

  test('have fingerprints of their own, the same in every run', () => {
    const runs = [1, 2].map(() => {
      const print = fingerprinter();
      return [one, { ...one, path: ['x', 1] }, one].map(print);
    });
    expect(runs[0]).toEqual(runs[1]);
    expect(new Set(runs[0]).size).toBe(3);
    expect(runs[0]?.[0]).toBe(fingerprint(one));
  });

  test('do not move those of others', () => {
    const print = fingerprinter();
    print(one);
    print(one);
    const other = { ...one, value: 'w' };
    expect(print(other)).toBe(fingerprint(other));
  });
});
