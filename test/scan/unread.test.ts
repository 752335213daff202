import { describe, expect, test } from 'vitest';
import { LISTS } from '../../src/reporters/tenant-words.ts';
import { gapsOf } from '../../src/scan/unread.ts';
import { PAIRS } from '../../src/tenant/collect/pairs.ts';
import { collectionsOf } from '../support/scan-tenant.ts';

describe('what a snapshot does not know of a kind', () => {
  test('is nothing that was read to its end', () => {
    const { all, told, list } = gapsOf(collectionsOf([]), 'agentIdentity');
    const ofAgents: ReadonlySet<string> = new Set(
      PAIRS.flatMap(({ group, of }) => (of === 'agentIdentity' ? [group] : [])),
    );
    expect(Object.keys(all).filter((group) => ofAgents.has(group))).toEqual([]);
    expect(told).toEqual({});
    expect(list).toBeNull();
  });

  test('is everything of it that no line of the receipt is about, and no more than such a kind has', () => {
    const { all, told, list } = gapsOf([], 'agentUser');
    const lists = PAIRS.filter(({ group }) => LISTS.has(group)).map(({ group }) => group);
    const own = PAIRS.filter(({ of }) => of === 'agentUser').map(({ group }) => group);
    expect(all).toEqual(Object.fromEntries([...lists, ...own].map((group) => [group, 'facts-missing'])));
    expect(told).toEqual({});
    expect(list).toEqual({ group: 'agentUsers', reason: 'facts-missing' });
  });

  test('is a list of other objects as well', () => {
    const missing = [{ group: 'blueprints', of: 'blueprint', status: 'partial' }] as const;
    const { told, list } = gapsOf(collectionsOf(missing), 'agentIdentity');
    expect(told).toEqual({ blueprints: 'facts-missing' });
    expect(list).toBeNull();
  });

  test.each([
    ['forbidden', undefined, 'facts-missing'],
    ['unlicensed', undefined, 'facts-missing'],
    ['failed', undefined, 'facts-missing'],
    ['notAsked', 'plan', 'facts-missing'],
    ['notAsked', 'user', 'not-asked'],
    ['partial', undefined, undefined],
  ] as const)('by status: %s by %s is %s', (status, by, expected) => {
    const missing = [
      { group: 'sponsors', of: 'agentUser', status, ...(by === undefined ? {} : { by }) },
    ] as const;
    expect(gapsOf(collectionsOf(missing), 'agentUser').told.sponsors).toBe(expected);
    expect(gapsOf(collectionsOf(missing), 'agentIdentity').told.sponsors).toBeUndefined();
  });
});
