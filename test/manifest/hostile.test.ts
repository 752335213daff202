import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DECLARED, problemsOf, readJson, readText } from './support.ts';

const SPECIAL = ['__proto__', 'constructor', 'toString', 'toJSON', 'hasOwnProperty', 'valueOf'];

/** JSON text that has the key itself, which an object literal would not for `__proto__`. */
const withKey = (key: string, rest: string) => `{ ${rest}, ${JSON.stringify(key)}: { "isAdmin": true } }`;

describe('Y16, J04 special names are keys like others', () => {
  test.each(SPECIAL)('%s is refused in the native form', async (key) => {
    const text = withKey(key, '"kind": "agentIdentityBlueprint"');
    expect(problemsOf(await readText(text, 'a.json'))).toEqual([
      `1:37-1:${39 + key.length} | unknown-property | "${key}" is not a property of a blueprint. | Names of your own start with "x-".`,
    ]);
  });

  test.each(SPECIAL)('%s deep inside is refused in the native form', async (key) => {
    const text = `{ "kind": "agentIdentityBlueprint", "web": ${withKey(key, '"homePageUrl": null')} }`;
    expect(problemsOf(await readText(text, 'a.json'))).toHaveLength(1);
  });

  test.each(SPECIAL)('%s passes in a Graph answer and changes nothing', async (key) => {
    const text = withKey(
      key,
      '"@odata.context": "#applications/microsoft.graph.agentIdentityBlueprint/$entity", "displayName": "x"',
    );
    const result = await readText(text, 'a.json');
    expect(problemsOf(result)).toEqual([]);
    const properties = result.status === 'resources' ? result.resources[0]?.properties : undefined;
    expect(JSON.stringify(properties)).toBe(JSON.stringify(JSON.parse(text)));
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
  });

  test('__proto__ beside a binding stays an own key', async () => {
    const text = withKey(
      '__proto__',
      '"@odata.type": "#microsoft.graph.agentIdentityBlueprint", "sponsors@odata.bind": []',
    );
    const result = await readText(text, 'a.json');
    const properties = result.status === 'resources' ? result.resources[0]?.properties : undefined;
    expect(JSON.stringify(properties)).toBe(
      '{"@odata.type":"#microsoft.graph.agentIdentityBlueprint","sponsors":[],"__proto__":{"isAdmin":true}}',
    );
  });

  test('P18 an inherited property satisfies nothing', async () => {
    expect(
      await readJson({ kind: 'agentIdentityBlueprint', sponsors: [{ displayName: 'x' }] }),
    ).toMatchObject({ refused: 1 });
    expect(await readText('{ "__proto__": { "kind": "agentIdentityBlueprint" } }', 'a.json')).toEqual({
      status: 'ignored',
    });
  });
});

describe('names that look like a known one', () => {
  test.each([
    ['E09 zero-width', 'sponsors\u200b'],
    ['E09 Cyrillic letter', 'sp\u043ensors'],
    ['control character', 'sponsors\u0007'],
  ])('%s is told without being repeated', async (_, key) => {
    expect(
      problemsOf(await readText(JSON.stringify({ kind: 'agentIdentityBlueprint', [key]: [] }), 'a.json')).map(
        (line) => line.split(' | ').slice(1),
      ),
    ).toEqual([['unknown-property', 'This is not a property of a blueprint.', 'Did you mean "sponsors"?']]);
  });
});

describe('Y24 the native form is closed at every depth', () => {
  const PLACES: readonly [string, object][] = [
    ['blueprint', {}],
    ['sponsors', { sponsors: [{ id: 'x' }] }],
    ['api', { api: {} }],
    ['api.oauth2PermissionScopes', { api: { oauth2PermissionScopes: [{}] } }],
    ['inheritableScopes', { inheritablePermissions: [{ inheritableScopes: {} }] }],
    ['claimsMatchingExpression', { federatedIdentityCredentials: [{ claimsMatchingExpression: {} }] }],
    ['implicitGrantSettings', { web: { implicitGrantSettings: {} } }],
  ];
  const addInnermost = (value: object, key: string): object => {
    const text = JSON.stringify(value);
    const place =
      text.lastIndexOf('}', text.length - 1 - /[}\]]*$/.exec(text)![0].length) + 1 || text.indexOf('}');
    const inner = text.search(/\}[}\]]*$/);
    const at = inner === -1 ? place : inner;
    const comma = text[at - 1] === '{' ? '' : ',';
    return JSON.parse(`${text.slice(0, at)}${comma}${JSON.stringify(key)}:1${text.slice(at)}`) as object;
  };
  test.each(PLACES)('%s', async (_, properties) => {
    expect(problemsOf(await readJson({ kind: 'agentIdentityBlueprint', ...properties }))).toEqual([]);
    expect(
      await readJson({ kind: 'agentIdentityBlueprint', ...addInnermost(properties, 'zzz') }),
    ).toMatchObject({ refused: 1 });
    expect(
      await readJson({ kind: 'agentIdentityBlueprint', ...addInnermost(properties, 'x-note') }),
    ).toMatchObject({ refused: 0 });
  });
});

describe('O17 nothing that could be a secret is repeated', () => {
  const CANARY = 'q7R8Q~canary-Tm9uZSBvZiB5b3VyIGJ1c2luZXNz';
  test.each([
    ['as the value of a wrong type', { passwordCredentials: [{ secretText: [CANARY] }] }],
    ['as the value of an enumeration', { signInAudience: CANARY }],
    ['as a time', { passwordCredentials: [{ endDateTime: CANARY }] }],
    ['as a sponsor', { sponsors: [CANARY] }],
    ['as a key that lost its colon', { [`secretText:${CANARY}`]: null }],
    ['as a key', { [CANARY]: null }],
    ['as a key that could be a word', { canary8Q2Tm9uZSBv: null }],
    ['as an address', { 'owners@odata.bind': [`https://x/?${CANARY}`] }],
    ['as an unknown property', { clientSecret: CANARY }],
    ['as a key inside', { web: { [CANARY]: CANARY } }],
  ])('%s', async (_, properties) => {
    const result = await readJson({ kind: 'agentIdentityBlueprint', ...properties });
    expect(result).toMatchObject({ status: 'resources', refused: 1 });
    expect(JSON.stringify(result.status === 'resources' && result.problems)).not.toContain('canary');
  });
});

describe('any JSON', () => {
  const marker = fc.constantFrom<object>(
    {},
    { kind: 'agentIdentityBlueprint' },
    { kind: 'agentUser' },
    { '@odata.type': '#microsoft.graph.agentIdentity' },
    { '@odata.context': '#applications/microsoft.graph.agentIdentityBlueprint/$entity' },
  );
  const known = fc.constantFrom(
    'sponsors',
    'tags',
    'api',
    'web',
    'value',
    'owners@odata.bind',
    'displayName',
    'keyCredentials',
    '@odata.context',
    'sponsers',
  );
  const name = fc.oneof(known, fc.constantFrom(...SPECIAL), fc.string({ unit: 'grapheme' }));
  const { anything } = fc.letrec((tie) => ({
    anything: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 0, 12.5, '', 'ines.alder@harrowvale.example'),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('anything'), { maxLength: 4 }),
      fc.dictionary(name, tie('anything'), { maxKeys: 4 }),
    ),
  }));
  const properties = fc.dictionary(name, anything, { maxKeys: 6 });
  const hints = fc.constantFrom(
    DECLARED,
    { as: 'blueprint', relationships: 'elsewhere' } as const,
    { as: 'agentUser', relationships: 'declared' } as const,
  );

  test('gives a result that adds up, the same every time', async () => {
    await fc.assert(
      fc.asyncProperty(marker, properties, hints, async (mark, rest, hint) => {
        const value = { ...mark, ...rest };
        const result = await readJson(value, hint);
        expect(await readJson(value, hint)).toEqual(result);
        if (result.status !== 'resources') return;
        expect(result.refused > 0).toBe(result.problems.length > 0);
        expect(result.problems.length).toBeLessThanOrEqual(100);
        expect(
          result.problems.every(({ range }) => range !== null && range.end.offset > range.start.offset),
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
