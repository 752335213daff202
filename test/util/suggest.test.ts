import { expect, test } from 'vitest';
import { suggest } from '../../src/util/suggest.ts';

const KEYS = ['sponsors', 'owners', 'signInAudience', 'displayName', 'web', 'spa', 'api', 'tags'];

test.each([
  ['sponsers', 'sponsors'],
  ['sponsor', 'sponsors'],
  ['sponsros', 'sponsors'],
  ['Sponsors', 'sponsors'],
  ['signinaudience', 'signInAudience'],
  ['singInAudiance', 'signInAudience'],
  ['displayname', 'displayName'],
  ['display_name', 'displayName'],
  ['sponsors\u200b', 'sponsors'],
  ['displ\u0430yName', 'displayName'],
  ['tag', 'tags'],
  ['WEB', 'web'],
])('%j is taken for a slip of %j', (word, expected) => {
  expect(suggest(word, KEYS)).toBe(expected);
});

test.each(['', 'wed', 'app', 'secret', 'metadata', 'approvers', '__proto__', 'x'.repeat(1000)])(
  '%j is near nothing',
  (word) => {
    expect(suggest(word, KEYS)).toBeNull();
  },
);

test('the nearest candidate wins, and the earlier one of two equally near', () => {
  expect(suggest('redirectUrls', ['redirectUrl', 'redirectUris'])).toBe('redirectUrl');
  expect(suggest('color', ['colors', 'colour'])).toBe('colors');
  expect(suggest('owners', ['owner', 'owners'])).toBe('owners');
});

test('nothing can be suggested from nothing', () => {
  expect(suggest('sponsors', [])).toBeNull();
});

test('fewer slips can be asked for', () => {
  expect(suggest('ownerIds', ['owners'])).toBe('owners');
  expect(suggest('ownerIds', ['owners'], 1)).toBeNull();
  expect(suggest('OWNER', ['owners'], 1)).toBe('owners');
  expect(suggest('OWNERS', ['owners'], 0)).toBe('owners');
});
