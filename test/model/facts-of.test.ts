import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/model/facts-of.ts';
import { resourceWith } from '../support/subjects.ts';

const GUID = '761743DD-D8B9-5ABE-A1B2-A59A85183033';
const context = {
  settings: '3',
  production: { environments: new Set(['prod', 'prd']), tags: new Set(['env:prod']) },
};

test('a resource becomes the input of policies, without its secrets', () => {
  const resource = resourceWith(
    'blueprint',
    {
      displayName: 'invoice-bot',
      appId: GUID,
      sponsors: ['a@contoso.com'],
      passwordCredentials: [
        { keyId: GUID, secretText: 'Zx9~not-a-real-secret', endDateTime: '2027-01-01T00:00:00Z' },
      ],
    },
    { uri: 'agents/invoice.yaml', unknown: { owners: 'facts-missing' } },
  );
  const id = GUID.toLowerCase();
  const nobody = {
    ...{ groupTypes: null, securityEnabled: null, isAssignableToRole: null },
    ...{ state: 'unknown', userType: null, appId: null, enabledMembers: null },
  };
  const facts = factsOf(resource, context);
  expect(facts).toEqual({
    ref: 'blueprint/agents/invoice.yaml#',
    kind: 'blueprint',
    name: 'invoice-bot',
    origin: {
      from: 'document',
      uri: 'agents/invoice.yaml',
      directory: 'agents',
      shape: 'native-file',
      tenantId: null,
    },
    settings: '3',
    production: false,
    unknown: ['owners'],
    properties: {
      displayName: 'invoice-bot',
      appId: id,
      sponsors: ['a@contoso.com'],
      passwordCredentials: [{ keyId: id, secretText: null, endDateTime: '2027-01-01T00:00:00Z' }],
    },
    created: null,
    activity: { last: null, source: null },
    sponsors: [
      {
        path: ['sponsors', 0],
        kind: 'user',
        id: null,
        userPrincipalName: 'a@contoso.com',
        displayName: null,
        ...nobody,
      },
    ],
    owners: [],
    credentials: [
      {
        path: ['passwordCredentials', 0],
        type: 'secret',
        keyId: id,
        displayName: null,
        usage: null,
        start: null,
        end: 1_798_761_600,
      },
    ],
    secrets: [{ path: ['passwordCredentials', 0, 'secretText'], form: 'value' }],
  });
  expect(JSON.stringify(facts)).not.toContain('Zx9');
});

describe('a resource is marked as production', () => {
  test.each([
    [{ environment: 'prod' }],
    [{ environment: 'PROD' }],
    [{ tags: ['x', 'env:prod'] }],
    [{ tags: ['ENV:Prod'] }],
    [{ environment: 'dev', tags: ['env:prod'] }],
  ])('%j', (properties) => {
    expect(factsOf(resourceWith('blueprint', properties), context).production).toBe(true);
  });
});

describe('a resource is not marked as production', () => {
  test.each([
    [{}],
    [{ environment: 'dev' }],
    [{ environment: 'env:prod' }],
    [{ environment: ['prod'] }],
    [{ environment: null, tags: null }],
    [{ tags: ['prod'] }],
    [{ tags: 'env:prod' }],
    [{ tags: [['env:prod'], 7, null] }],
    [{ name: 'prod' }],
    [{ environment: ' prod ' }],
  ])('%j', (properties) => {
    expect(factsOf(resourceWith('blueprint', properties), context).production).toBe(false);
  });
});

test('the groups that are unknown are named in one order', () => {
  const unknown = { inheritablePermissions: 'declared-elsewhere', sponsors: 'facts-missing' } as const;
  expect(factsOf(resourceWith('blueprint', {}, { unknown }), context).unknown).toEqual([
    'sponsors',
    'inheritablePermissions',
  ]);
});
