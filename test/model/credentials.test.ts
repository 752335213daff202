import { describe, expect, test } from 'vitest';
import { credentialFacts } from '../../src/model/credentials.ts';

const GUID = '761743DD-D8B9-5ABE-A1B2-A59A85183033';
const BARE = { keyId: null, displayName: null, usage: null, start: null, end: null };

test('secrets come first, then certificates, each in the order written', () => {
  const facts = credentialFacts({
    keyCredentials: [{ usage: 'Verify', displayName: 'cert' }],
    passwordCredentials: [{ displayName: 'one' }, { displayName: 'two' }],
  });
  expect(facts).toEqual([
    { ...BARE, path: ['passwordCredentials', 0], type: 'secret', displayName: 'one' },
    { ...BARE, path: ['passwordCredentials', 1], type: 'secret', displayName: 'two' },
    { ...BARE, path: ['keyCredentials', 0], type: 'certificate', usage: 'Verify', displayName: 'cert' },
  ]);
});

test('times are seconds, ids in lower case, and the value of a secret is not there', () => {
  const secret = {
    keyId: GUID,
    displayName: 'ci',
    hint: 'Zx9',
    secretText: 'Zx9~not-a-real-secret',
    startDateTime: '2026-11-23T00:00:00Z',
    endDateTime: '2027-01-01T02:00:00.1234567+02:00',
  };
  const facts = credentialFacts({ passwordCredentials: [secret] });
  expect(facts).toEqual([
    {
      path: ['passwordCredentials', 0],
      type: 'secret',
      keyId: GUID.toLowerCase(),
      displayName: 'ci',
      usage: null,
      start: 1_795_392_000,
      end: 1_798_761_600,
    },
  ]);
  expect(JSON.stringify(facts)).not.toContain('Zx9');
});

describe('what is not stated is null', () => {
  test.each([
    ['nothing at all', {}],
    ['empty text', { keyId: '', displayName: '', usage: '' }],
    [
      'values of wrong types',
      { keyId: 7, displayName: true, usage: {}, startDateTime: 1, endDateTime: null },
    ],
    ['times without a zone', { startDateTime: '2026-11-23T00:00:00', endDateTime: '2026-11-23' }],
    ['a day that does not exist', { endDateTime: '2027-02-30T00:00:00Z' }],
  ])('%s', (_, entry) => {
    expect(credentialFacts({ passwordCredentials: [entry] })).toEqual([
      { ...BARE, path: ['passwordCredentials', 0], type: 'secret' },
    ]);
  });
});

test('entries that are no objects are left out, and the others keep their places', () => {
  const facts = credentialFacts({ passwordCredentials: [null, 'x', 7, { displayName: 'real' }] });
  expect(facts.map(({ path }) => path)).toEqual([['passwordCredentials', 3]]);
});

test.each([
  [{}],
  [{ passwordCredentials: null }],
  [{ passwordCredentials: {} }],
  [{ passwordCredentials: 'x' }],
])('no list is no credential: %j', (properties) => {
  expect(credentialFacts(properties)).toEqual([]);
});
