import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, canonicalText, isId } from '../../src/model/canonical.ts';
import { isSecretName } from '../../src/util/secret-name.ts';

const GUID = '761743DD-D8B9-5ABE-A1B2-A59A85183033';
const SECRET = 'Zx9~not-a-real-secret';

/** A parsed document: it may own any key. */
function parsed(text: string): unknown {
  return JSON.parse(text);
}

describe('text', () => {
  test('a GUID is written in lower case', () => {
    expect(canonicalText(GUID)).toBe(GUID.toLowerCase());
    expect(canonicalText(GUID.toLowerCase())).toBe(GUID.toLowerCase());
  });

  test.each([
    'Mail.Read',
    '',
    `${GUID} `,
    `{${GUID}}`,
    GUID.slice(1),
    GUID.replace('D', 'G'),
    GUID.replaceAll('-', ''),
    GUID.replace('-', '_'),
    `api://${GUID}`,
    'ABCDEFGH-ABCD-ABCD-ABCD-ABCDEFABCDEF',
  ])('anything else stays as it is: "%s"', (text) => {
    expect(canonicalText(text)).toBe(text);
  });
});

describe('a value', () => {
  test('has its GUIDs in lower case at every depth, and nothing else changed', () => {
    const value = {
      appId: GUID,
      [GUID]: 'a key stays',
      list: [GUID, [GUID, 1], { id: GUID, name: 'Invoice Bot' }],
      nothing: null,
      flag: true,
      number: 1.5,
    };
    const guid = GUID.toLowerCase();
    expect(canonical(value)).toEqual({
      value: {
        appId: guid,
        [GUID]: 'a key stays',
        list: [guid, [guid, 1], { id: guid, name: 'Invoice Bot' }],
        nothing: null,
        flag: true,
        number: 1.5,
      },
      secrets: [],
    });
  });

  test('loses its secrets at every depth, and tells where they were', () => {
    const value = {
      secretText: SECRET,
      passwordCredentials: [{ secretText: SECRET }, { secretText: '<your-secret>' }, { secretText: null }],
      deep: { er: [[{ CLIENT_SECRET: SECRET, name: 'x' }]] },
    };
    expect(canonical(value)).toEqual({
      value: {
        secretText: null,
        passwordCredentials: [{ secretText: null }, { secretText: null }, { secretText: null }],
        deep: { er: [[{ CLIENT_SECRET: null, name: 'x' }]] },
      },
      secrets: [
        { path: ['secretText'], form: 'value' },
        { path: ['passwordCredentials', 0, 'secretText'], form: 'value' },
        { path: ['passwordCredentials', 1, 'secretText'], form: 'placeholder' },
        { path: ['deep', 'er', 0, 0, 'CLIENT_SECRET'], form: 'value' },
      ],
    });
  });

  test('keeps what stands under a name for secrets and is none', () => {
    const value = {
      clientSecret: '',
      password: '   ',
      hasPassword: true,
      apiKey: null,
      secret: { name: 'x' },
    };
    expect(canonical(value)).toEqual({ value, secrets: [] });
  });

  test('keeps keys of its own that every object inherits', () => {
    const text = `{"__proto__":{"isAdmin":true,"id":"${GUID}"},"constructor":"${GUID}","toString":1}`;
    const { value } = canonical(parsed(text));
    expect(JSON.stringify(value)).toBe(text.replaceAll(GUID, GUID.toLowerCase()));
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  test('loses a secret beside or below a key named __proto__', () => {
    const { value, secrets } = canonical(
      parsed(`{"__proto__":{"password":"${SECRET}"},"password":"${SECRET}"}`),
    );
    expect(JSON.stringify(value)).toBe('{"__proto__":{"password":null},"password":null}');
    expect(secrets.map(({ path }) => path)).toEqual([['__proto__', 'password'], ['password']]);
  });

  const key = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom('secretText', 'password', 'client_secret', 'apiKey', '__proto__', 'id', 'keyId'),
  );
  const { any: value } = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(
        fc.constantFrom(GUID, GUID.toLowerCase(), SECRET, '<secret>'),
        fc.string({ maxLength: 6 }),
        fc.integer(),
        fc.constant(null),
      ),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(key, tie('any'), { maxKeys: 5 }),
    ),
  }));

  test('is given back with every other key and value as it was, and the given one is not touched', () => {
    fc.assert(
      fc.property(value, (given) => {
        const before = JSON.stringify(given);
        const { value: copy, secrets } = canonical(given);
        expect(JSON.stringify(given)).toBe(before);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(plain(given, '')));
        for (const { path } of secrets) expect(isSecretName(String(path.at(-1)))).toBe(true);
        expect(canonical(copy)).toEqual({ value: copy, secrets: [] });
      }),
      { seed: 1, numRuns: 1_000 },
    );
  });
});

/** The canonical value, the plain way. Texts other than blank ones are secrets under a name for them. */
function plain(value: unknown, name: string): unknown {
  if (typeof value === 'string') {
    if (isSecretName(name) && value.trim() !== '') return null;
    return value === GUID ? GUID.toLowerCase() : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => plain(entry, ''));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, key)]));
}

test.each([
  [GUID, true],
  [GUID.toLowerCase(), true],
  ['00000000-0000-0000-0000-000000000000', false],
  ['{{APP_ID}}', false],
  [`${GUID} `, false],
  ['', false],
])('%j is the id of an object: %j', (text, expected) => {
  expect(isId(text)).toBe(expected);
});
