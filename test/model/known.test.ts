import { describe, expect, test } from 'vitest';
import { directoryOf, KnownIndex, type Known } from '../../src/model/known.ts';
import type { DocumentResource } from '../../src/model/resource.ts';
import type { DocumentKind } from '../../src/model/vocabulary.ts';
import { resourceWith } from '../support/subjects.ts';

const GUID = '761743DD-D8B9-5ABE-A1B2-A59A85183033';
const NOTHING: Known = {
  shared_federated_identities: {},
  shared_names: {},
  blueprint_ids: {},
  tool_scopes: {},
};

function known(...resources: readonly DocumentResource[]): Known {
  const index = new KnownIndex();
  resources.forEach((resource, place) => {
    index.add(resource, place);
  });
  return index.result();
}

function uris(places: readonly { readonly uri: string }[] | undefined): readonly string[] | undefined {
  return places?.map(({ uri }) => uri);
}

test('nothing is known of no resources', () => {
  expect(known()).toEqual(NOTHING);
});

test.each([
  ['a.yaml', ''],
  ['agents/a.yaml', 'agents'],
  ['x/y/a.yaml', 'x/y'],
  ['/a.yaml', ''],
])('the folder of %s is "%s"', (uri, directory) => {
  expect(directoryOf(uri)).toBe(directory);
});

describe('names', () => {
  const named = (displayName: unknown, uri: string, kind: DocumentKind = 'blueprint') =>
    resourceWith(kind, { displayName }, { uri });

  test('that two resources of a kind have, in any case, with their places', () => {
    const { shared_names } = known(
      named('Invoice Bot', 'a.yaml'),
      named('x', 'b.yaml'),
      named('invoice bot', 'c.yaml'),
    );
    const place = { path: ['displayName'] };
    expect(shared_names).toEqual({
      'blueprint/invoice bot': [
        { ...place, ref: 'blueprint/a.yaml#', name: 'Invoice Bot', uri: 'a.yaml', resource: 0 },
        { ...place, ref: 'blueprint/c.yaml#', name: 'invoice bot', uri: 'c.yaml', resource: 2 },
      ],
    });
  });

  test('of different kinds are not shared', () => {
    expect(known(named('a', 'a.yaml'), named('a', 'b.yaml', 'agentUser')).shared_names).toEqual({});
  });

  test.each([[undefined], [null], [''], [7], [['a']]])('that are none are not shared: %j', (name) => {
    expect(known(named(name, 'a.yaml'), named(name, 'b.yaml')).shared_names).toEqual({});
  });

  test.each([
    ['ÜBERSICHT', 'übersicht'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İZMİR', 'izmir'],
    ['😀 BOT', '😀 bot'],
  ])('are in lower case as Rego has it: %s', (name, key) => {
    expect(Object.keys(known(named(name, 'a.yaml'), named(name, 'b.yaml')).shared_names)).toEqual([
      `blueprint/${key}`,
    ]);
  });

  test('may be __proto__', () => {
    const { shared_names } = known(named('__proto__', 'a.yaml'), named('__proto__', 'b.yaml'));
    expect(Object.keys(shared_names)).toEqual(['blueprint/__proto__']);
  });

  test('of hundreds of resources are told with a few places', () => {
    const all = Array.from({ length: 300 }, (_, index) => named('a', `${index}.yaml`));
    expect(known(...all).shared_names['blueprint/a']).toHaveLength(12);
  });
});

describe('federated credentials', () => {
  const federated = (uri: string, ...credentials: readonly unknown[]) =>
    resourceWith('blueprint', { federatedIdentityCredentials: credentials }, { uri });
  const runner = { issuer: 'https://issuer.example', subject: GUID };
  const key = `https://issuer.example\n${GUID.toLowerCase()}`;

  test('of the same issuer and subject on more than one resource', () => {
    const other = { ...runner, subject: 'other' };
    const { shared_federated_identities } = known(
      federated('a.yaml', other, runner),
      federated('b.yaml', { ...runner, subject: GUID.toLowerCase(), name: 'x' }),
    );
    expect(Object.keys(shared_federated_identities)).toEqual([key]);
    expect(shared_federated_identities[key]).toEqual([
      {
        ref: 'blueprint/a.yaml#',
        name: 'a.yaml',
        uri: 'a.yaml',
        resource: 0,
        path: ['federatedIdentityCredentials', 1, 'subject'],
      },
      {
        ref: 'blueprint/b.yaml#',
        name: 'b.yaml',
        uri: 'b.yaml',
        resource: 1,
        path: ['federatedIdentityCredentials', 0, 'subject'],
      },
    ]);
  });

  test.each([
    ['other issuers', { ...runner, issuer: 'https://other.example' }],
    ['other subjects', { ...runner, subject: 'other' }],
    ['subjects in another case', { ...runner, subject: 'AGENT' }],
    ['no subject', { issuer: runner.issuer }],
    ['values of wrong types', { issuer: 1, subject: 2 }],
    ['no object', null],
  ])('with %s are not shared', (_, credential) => {
    const { shared_federated_identities } = known(
      federated('a.yaml', { ...runner, subject: 'agent' }),
      federated('b.yaml', credential),
    );
    expect(shared_federated_identities).toEqual({});
  });

  test('on hundreds of copies of one resource do not hide the one other that has them', () => {
    const copies = Array.from({ length: 300 }, () => federated('a.yaml', runner));
    const { shared_federated_identities } = known(
      ...copies,
      federated('b.yaml', runner),
      federated('c.yaml', runner),
    );
    expect(uris(shared_federated_identities[key])).toEqual([...Array<string>(12).fill('a.yaml'), 'b.yaml']);
  });
});

describe('blueprint ids', () => {
  const blueprint = (appId: unknown, uri: string) => resourceWith('blueprint', { appId }, { uri });
  const state = (id: unknown, uri: string) =>
    resourceWith('agent365GeneratedConfig', { agentBlueprintId: id }, { uri });

  test('of a folder, where one is compared with the others', () => {
    const { blueprint_ids } = known(
      blueprint(GUID, 'x/a.yaml'),
      state('other', 'x/state.json'),
      blueprint(GUID, 'y/a.yaml'),
    );
    expect(blueprint_ids).toEqual({
      x: [
        {
          ref: 'blueprint/x/a.yaml#',
          name: 'x/a.yaml',
          uri: 'x/a.yaml',
          resource: 0,
          path: ['appId'],
          id: GUID.toLowerCase(),
          kind: 'blueprint',
        },
        {
          ref: 'agent365GeneratedConfig/x/state.json#',
          name: 'x/state.json',
          uri: 'x/state.json',
          resource: 1,
          path: ['agentBlueprintId'],
          id: 'other',
          kind: 'agent365GeneratedConfig',
        },
      ],
    });
  });

  test('of every blueprint, however many there are', () => {
    const all = Array.from({ length: 300 }, (_, index) => blueprint(`id-${index}`, `${index}.yaml`));
    expect(known(...all, state('id-299', 'state.json')).blueprint_ids['']).toHaveLength(301);
  });

  test.each([
    ['blueprints alone', [blueprint('a', 'a.yaml'), blueprint('b', 'b.yaml')]],
    ['a state file alone', [state('a', 'state.json')]],
    ['files of different folders', [state('a', 'x/state.json'), blueprint('b', 'y/a.yaml')]],
    ['no id', [state(undefined, 'state.json'), blueprint('', 'a.yaml'), blueprint(7, 'b.yaml')]],
    ['kinds that name no blueprint', [state('a', 'state.json'), resourceWith('agentUser', { appId: 'b' })]],
  ])('are not compared: %s', (_, resources) => {
    expect(known(...resources).blueprint_ids).toEqual({});
  });
});

describe('scopes for tools', () => {
  const GRAPH = '00000003-0000-0000-c000-000000000000';
  const TOOLS = 'ea9ffc3e-8a23-4a7d-836d-234d7c7565c1';
  const inheritable = (resourceAppId: string, inheritableScopes: unknown) =>
    resourceWith('blueprint', { inheritablePermissions: [{ resourceAppId, inheritableScopes }] });
  const named = (...scopes: readonly string[]) => Object.fromEntries(scopes.map((scope) => [scope, true]));

  test.each<readonly [string, DocumentResource, unknown]>([
    [
      'a blueprint that names them',
      inheritable(TOOLS, { kind: 'enumerated', scopes: ['McpServers.Mail.All', 7] }),
      { any: false, scopes: named('McpServers.Mail.All') },
    ],
    [
      'a blueprint that lets all be inherited',
      inheritable(TOOLS, { kind: 'allAllowed' }),
      { any: true, scopes: {} },
    ],
    [
      'a blueprint that lets all of Graph be inherited',
      inheritable(GRAPH, { kind: 'allAllowed' }),
      { any: false, scopes: {} },
    ],
    ['a blueprint that says nothing of scopes', inheritable(TOOLS, null), { any: false, scopes: {} }],
    [
      'an Agent 365 config',
      resourceWith('agent365Config', {
        customBlueprintPermissions: [{ scopes: ['a', 'b'] }, null, { scopes: 'c' }],
      }),
      { any: false, scopes: named('a', 'b') },
    ],
    [
      'an Agent 365 state file',
      resourceWith('agent365GeneratedConfig', { resourceConsents: [{ scopes: ['__proto__'] }] }),
      { any: false, scopes: JSON.parse('{"__proto__":true}') as unknown },
    ],
  ])('are declared by %s', (_, resource, expected) => {
    expect(known(resource).tool_scopes).toEqual({ agents: expected });
  });

  test.each([
    resourceWith('blueprint', {}),
    resourceWith('blueprint', { inheritablePermissions: [] }),
    resourceWith('blueprint', { inheritablePermissions: 'all' }),
    resourceWith('agentIdentity', { inheritablePermissions: [{ resourceAppId: TOOLS }] }),
  ])('are not declared: $kind with $properties', (resource) => {
    expect(known(resource).tool_scopes).toEqual({});
  });

  test('of a folder come together from its files', () => {
    const { tool_scopes } = known(
      inheritable(TOOLS, { scopes: ['a'] }),
      inheritable(TOOLS, { kind: 'allAllowed' }),
      resourceWith('agent365Config', { customBlueprintPermissions: [{ scopes: ['a', 'b'] }] }),
    );
    expect(tool_scopes).toEqual({ agents: { any: true, scopes: named('a', 'b') } });
  });
});
