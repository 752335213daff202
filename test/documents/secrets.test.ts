import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/documents/document.ts';
import { parseText } from '../../src/documents/parse.ts';
import type { ParsedDocument } from '../../src/documents/source-document.ts';
import { timed } from './brief.ts';

function documentOf(text: string, language: Language): ParsedDocument {
  const { documents, problems } = parseText({ uri: 'a', text, language });
  expect(problems).toEqual([]);
  const [document] = documents;
  if (document === undefined) throw new Error('no document');
  return document;
}

/** The texts that are kept from being shown. */
function hidden(text: string, language: Language = 'yaml'): readonly string[] {
  return documentOf(text, language)
    .secretRanges()
    .map(({ start, end }) => text.slice(start.offset, end.offset));
}

const JWT = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

describe('by name', () => {
  test('values under names for secrets are hidden, in any spelling', () => {
    const names = [
      'secretText',
      'agentBlueprintClientSecret',
      'clientSecret',
      'client_secret',
      'CLIENT-SECRET',
      'password',
      'connectionString',
    ];
    for (const name of names) {
      expect(hidden(`${name}: canary\nother: x`)).toEqual(['canary']);
      expect(hidden(JSON.stringify({ other: 'x', [name]: 'canary' }), 'json')).toEqual(['"canary"']);
    }
  });

  test('names that only sound like it are shown', () => {
    expect(
      hidden(
        'passwordCredentials: []\nagentBlueprintClientSecretProtected: false\nsecretText: null\nkeyId: x\nkey: y',
      ),
    ).toEqual([]);
  });

  test('key is a secret beside a certificate only', () => {
    expect(hidden('keyCredentials:\n  - key: canary\n    keyId: x\nkey: y\ninfo: {key: z}')).toEqual([
      'canary',
    ]);
    expect(hidden('keyCredentials: [{usage: {key: x}}]')).toEqual([]);
  });

  test('numbers, lists and mappings under such a name are hidden as a whole', () => {
    expect(hidden('password: 1234')).toEqual(['1234']);
    expect(hidden('password: [a, {b: c}]')).toEqual(['[a, {b: c}]']);
    expect(hidden('a:\n  - clientSecret:\n      x: 1\n      y: 2\n')).toEqual(['x: 1\n      y: 2']);
  });
});

describe('by looks', () => {
  test('tokens, private keys, signatures and connection strings are hidden wherever they stand', () => {
    const values = [
      JWT,
      `Bearer ${JWT}`,
      '-----BEGIN RSA PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----',
      'https://x.blob.core.windows.net/c?sv=1&sig=abc',
      'Endpoint=sb://x/;SharedAccessKey=abc',
      'AccountName=x;AccountKey=abc',
    ];
    for (const value of values)
      expect(hidden(JSON.stringify({ a: ['b', value] }), 'json')).toEqual([JSON.stringify(value)]);
  });

  test('text that only resembles them is shown', () => {
    expect(
      hidden('a: eyJ\nb: eyJ.eyJ\nc: design=1\nd: -----BEGIN CERTIFICATE-----\ne: xeyJhbGci.b.c\nf: a.b.c'),
    ).toEqual([]);
  });

  test('long text that nearly matches takes no time', () => {
    for (const part of ['eyJ', 'eyJ-', 'eyJa.', '-----BEGIN ', '?sig', '-']) {
      const document = documentOf(JSON.stringify({ a: part.repeat(200_000) }), 'json');
      expect(
        timed(() => {
          document.forget();
          document.secretRanges();
        }),
      ).toBeLessThan(1000);
    }
  });
});

test('lines hide secrets behind as many stars, block scalars included', () => {
  const text =
    'a: 1 # c\npassword: canary # c\nsecretText: |\n  can\n  ary\nb: [x, canary, "eyJhbGci.eyJzdWIi.c2ln"]\nc: x\n';
  const document = documentOf(text, 'yaml');
  expect([1, 2, 3, 4, 5, 6, 7].map((line) => document.line(line))).toEqual([
    'a: 1',
    'password: ******',
    'secretText: *',
    '*****',
    '*****',
    `b: [x, canary, ${'*'.repeat(24)}]`,
    'c: x',
  ]);
  expect(documentOf('{"a":1,"clientSecret":"canary"}', 'json').line(1)).toBe(
    '{"a":1,"clientSecret":********}',
  );
});
