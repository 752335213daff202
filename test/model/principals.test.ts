import { describe, expect, test } from 'vitest';
import { principalFacts } from '../../src/model/principals.ts';

const GUID = '761743DD-D8B9-5ABE-A1B2-A59A85183033';
const NOBODY = {
  id: null,
  userPrincipalName: null,
  displayName: null,
  groupTypes: null,
  securityEnabled: null,
  isAssignableToRole: null,
  state: 'unknown',
  userType: null,
  appId: null,
  enabledMembers: null,
};

function fact(entry: unknown): unknown {
  const [only, ...others] = principalFacts('sponsors', [entry]);
  expect(others).toEqual([]);
  const { path, ...rest } = only ?? { path: null };
  expect(path).toEqual(['sponsors', 0]);
  return rest;
}

test('principals come in the order written, with their places', () => {
  const facts = principalFacts('owners', ['a@contoso.com', { id: GUID }, 'b@contoso.com']);
  expect(facts.map(({ path, userPrincipalName }) => [path, userPrincipalName])).toEqual([
    [['owners', 0], 'a@contoso.com'],
    [['owners', 1], null],
    [['owners', 2], 'b@contoso.com'],
  ]);
});

test.each([[undefined], [null], [''], ['a@contoso.com'], [7], [{ 0: 'a@contoso.com', length: 1 }], [[]]])(
  'no list of principals is nobody: %j',
  (value) => {
    expect(principalFacts('sponsors', value)).toEqual([]);
  },
);

describe('one principal', () => {
  test.each([
    ['a user principal name', 'a@contoso.com', { kind: 'user', userPrincipalName: 'a@contoso.com' }],
    ['an id', GUID, { kind: 'unknown', id: GUID.toLowerCase() }],
    ['a name', 'Finance team', { kind: 'unknown', id: 'Finance team' }],
    ['an object with an id', { id: GUID }, { kind: 'unknown', id: GUID.toLowerCase() }],
    [
      'an object with a user principal name',
      { userPrincipalName: 'a@contoso.com', id: 'x' },
      { kind: 'user', userPrincipalName: 'a@contoso.com', id: 'x' },
    ],
    ['an object with a display name alone', { displayName: 'Ada' }, { kind: 'unknown', displayName: 'Ada' }],
    [
      'a group with its properties',
      {
        '@odata.type': '#microsoft.graph.group',
        groupTypes: ['Unified', 7],
        securityEnabled: false,
        isAssignableToRole: true,
      },
      { kind: 'group', groupTypes: ['Unified'], securityEnabled: false, isAssignableToRole: true },
    ],
    [
      'properties of wrong types',
      { id: 7, displayName: '', groupTypes: 'Unified', securityEnabled: 'yes' },
      { kind: 'unknown' },
    ],
    ['an empty object', {}, { kind: 'unknown' }],
    ['null', null, { kind: 'unknown' }],
    ['a number', 7, { kind: 'unknown' }],
    ['a list', ['a@contoso.com'], { kind: 'unknown' }],
    ['empty text', '', { kind: 'unknown' }],
  ])('%s', (_, entry, expected) => {
    expect(fact(entry)).toEqual({ ...NOBODY, ...expected });
  });

  test.each([
    ['#microsoft.graph.user', 'user'],
    ['microsoft.graph.user', 'user'],
    ['User', 'user'],
    ['#microsoft.graph.group', 'group'],
    ['#microsoft.graph.servicePrincipal', 'servicePrincipal'],
    ['#microsoft.graph.agentIdentity', 'servicePrincipal'],
    ['#microsoft.graph.agentIdentityBlueprintPrincipal', 'servicePrincipal'],
    ['#microsoft.graph.agentUser', 'agentUser'],
    ['#microsoft.graph.device', 'unknown'],
    ['constructor', 'unknown'],
    ['__proto__', 'unknown'],
    ['', 'unknown'],
  ])('of type "%s" is of kind %s', (type, kind) => {
    expect(fact({ '@odata.type': type })).toEqual({ ...NOBODY, kind });
    expect(fact({ type })).toEqual({ ...NOBODY, kind });
  });

  test('is what its type says, whatever else it has', () => {
    const group = {
      '@odata.type': '#microsoft.graph.group',
      type: 'user',
      userPrincipalName: 'a@contoso.com',
    };
    expect(fact(group)).toEqual({ ...NOBODY, kind: 'group', userPrincipalName: 'a@contoso.com' });
  });

  test('may have a key named __proto__', () => {
    expect(fact(JSON.parse('{"__proto__":{"id":"evil"},"displayName":"Ada"}'))).toEqual({
      ...NOBODY,
      kind: 'unknown',
      displayName: 'Ada',
    });
  });
});
