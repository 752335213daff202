import { describe, expect, test } from 'vitest';
import type { AgentKind } from '../../src/manifest/result.ts';
import { DECLARED, fixture, readFixture, readJson, refsOf } from './support.ts';
import { parseText } from '../../src/documents/parse.ts';
import { readManifest } from '../../src/manifest/read.ts';

const ELSEWHERE = { relationships: 'elsewhere' } as const;

/** The fixture as a value, on which expectations are built. */
function valueOf(name: string): Record<string, unknown> {
  return JSON.parse(fixture(name)) as Record<string, unknown>;
}

describe('a resource keeps what the file says', () => {
  test('native file: the document itself', async () => {
    expect(await readFixture('native/ward-rounds.blueprint.json')).toEqual({
      status: 'resources',
      resources: [
        {
          ref: 'blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10',
          kind: 'blueprint',
          name: 'ward-rounds',
          origin: {
            from: 'document',
            uri: 'native/ward-rounds.blueprint.json',
            index: 0,
            path: [],
            shape: 'native-file',
            aliases: {},
          },
          properties: valueOf('native/ward-rounds.blueprint.json'),
          unknown: {},
        },
      ],
      problems: [],
      refused: 0,
      ignores: [],
    });
  });

  test('JSON and YAML with the same content give the same resource but for the file', async () => {
    const json = await readFixture('native/ward-rounds.blueprint.json');
    const yaml = await readFixture('native/ward-rounds.blueprint.yaml');
    if (json.status !== 'resources' || yaml.status !== 'resources') throw new Error('not recognised');
    const [fromJson] = json.resources;
    const [fromYaml] = yaml.resources;
    const { $schema, ...properties } = fromJson?.properties ?? {};
    expect($schema).toBeTypeOf('string');
    expect(fromYaml).toEqual({
      ...fromJson,
      origin: { ...fromJson?.origin, uri: 'native/ward-rounds.blueprint.yaml' },
      properties,
    });
  });

  test('Graph answer: with what was expanded, nulls and properties that we do not know', async () => {
    const result = await readFixture('graph/get-expanded.json');
    expect(result).toEqual({
      status: 'resources',
      resources: [
        {
          ref: 'blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10',
          kind: 'blueprint',
          name: 'ward-rounds',
          origin: {
            from: 'document',
            uri: 'graph/get-expanded.json',
            index: 0,
            path: [],
            shape: 'graph-object',
            aliases: {},
          },
          properties: valueOf('graph/get-expanded.json'),
          unknown: {},
        },
      ],
      problems: [],
      refused: 0,
      ignores: [],
    });
  });

  test('list: each agent entry with its place', async () => {
    const list = valueOf('graph/list-mixed.json')['value'] as unknown[];
    expect(await readFixture('graph/list-mixed.json')).toMatchObject({
      resources: [{ origin: { path: ['value', 1], shape: 'graph-collection' }, properties: list[1] }],
      refused: 0,
      ignores: [],
    });
  });

  test('create body: addresses become objects under the relationship, and the alias tells the key in the file', async () => {
    expect(await readFixture('graph/create-body.json')).toEqual({
      status: 'resources',
      resources: [
        {
          ref: 'blueprint/graph/create-body.json#',
          kind: 'blueprint',
          name: 'ward-rounds',
          origin: {
            from: 'document',
            uri: 'graph/create-body.json',
            index: 0,
            path: [],
            shape: 'graph-create-body',
            aliases: { sponsors: 'sponsors@odata.bind', owners: 'owners@odata.bind' },
          },
          properties: {
            '@odata.type': 'Microsoft.Graph.AgentIdentityBlueprint',
            displayName: 'ward-rounds',
            sponsors: [
              { '@odata.type': '#microsoft.graph.user', id: '7c1b2d3e-4f50-4a6b-9c8d-0e1f2a3b4c55' },
              { '@odata.type': '#microsoft.graph.group', id: '0d9f0a34-6a0e-4c5b-8f0e-2f6a7b1c9d11' },
            ],
            owners: [{ id: '9e8d7c6b-5a49-4838-a726-150413f2e1d0' }],
          },
          unknown: {},
        },
      ],
      problems: [],
      refused: 0,
      ignores: [],
    });
  });
});

describe('a resource is referred to by the most stable id it states', () => {
  const APP_ID = '5B1E7A52-0C4D-4E0E-9A57-3F5D2C6E8A10';
  const ID = '3A9C2E71-8D54-4B1F-A0C6-7E5F4D3C2B1A';
  test.each([
    [
      'agentIdentityBlueprint',
      { appId: APP_ID, id: ID, uniqueName: 'rounds' },
      'blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10',
    ],
    [
      'agentIdentityBlueprint',
      { id: ID, uniqueName: 'rounds' },
      'blueprint/3a9c2e71-8d54-4b1f-a0c6-7e5f4d3c2b1a',
    ],
    ['agentIdentityBlueprint', { appId: '<app-id>', uniqueName: 'rounds' }, 'blueprint/rounds'],
    ['agentIdentityBlueprint', { appId: '00000000-0000-0000-0000-000000000000' }, 'blueprint/agents/a.json#'],
    ['agentIdentityBlueprint', { appId: null, uniqueName: ' ' }, 'blueprint/agents/a.json#'],
    [
      'agentIdentityBlueprintPrincipal',
      { appId: APP_ID, id: ID },
      'blueprintPrincipal/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10',
    ],
    ['agentIdentity', { appId: APP_ID, id: ID }, 'agentIdentity/3a9c2e71-8d54-4b1f-a0c6-7e5f4d3c2b1a'],
    ['agentIdentity', { appId: APP_ID }, 'agentIdentity/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    [
      'agentUser',
      { id: ID, userPrincipalName: 'x@harrowvale.example' },
      'agentUser/3a9c2e71-8d54-4b1f-a0c6-7e5f4d3c2b1a',
    ],
  ])('%s %o', async (kind, properties, ref) => {
    expect(refsOf(await readJson({ kind, ...properties }))).toEqual([ref]);
  });

  test('documents after the first of a stream are told apart', async () => {
    const text = 'kind: agentUser\n---\nkind: agentUser\n';
    const { documents } = parseText({ uri: 'agents.yaml', text, language: 'yaml' });
    const results = await Promise.all(documents.map((document) => readManifest(document, DECLARED)));
    expect(results.flatMap(refsOf)).toEqual(['agentUser/agents.yaml#', 'agentUser/agents.yaml[1]#']);
  });
});

describe('a resource is called by its display name, else its unique name, else its file', () => {
  test.each([
    [{ displayName: 'Ward rounds', uniqueName: 'rounds' }, 'Ward rounds'],
    [{ displayName: '  ', uniqueName: 'rounds' }, 'rounds'],
    [{ displayName: null }, 'a.json'],
  ])('%o: %s', async (properties, name) => {
    expect(await readJson({ kind: 'agentIdentityBlueprint', ...properties })).toMatchObject({
      resources: [{ name }],
    });
  });
});

describe('relationships', () => {
  const ALL = {
    sponsors: 'declared-elsewhere',
    owners: 'declared-elsewhere',
    federatedIdentityCredentials: 'declared-elsewhere',
    inheritablePermissions: 'declared-elsewhere',
  };
  const unknownOf = async (value: unknown, as?: AgentKind) => {
    const result = await readJson(value, as === undefined ? ELSEWHERE : { ...ELSEWHERE, as });
    return result.status === 'resources' ? result.resources[0]?.unknown : result.status;
  };

  test('that a file does not state are absent', async () => {
    expect(
      await readFixture('graph/portal-manifest.json', { as: 'blueprint', relationships: 'declared' }),
    ).toMatchObject({
      resources: [{ unknown: {} }],
    });
  });

  test('that are kept elsewhere are unknown, each kind of resource having its own', async () => {
    expect(await unknownOf({ kind: 'agentIdentityBlueprint' })).toEqual(ALL);
    expect(await unknownOf({ displayName: 'x' }, 'blueprint')).toEqual(ALL);
    const people = { sponsors: 'declared-elsewhere', owners: 'declared-elsewhere' };
    expect(await unknownOf({ kind: 'agentIdentityBlueprintPrincipal' })).toEqual(people);
    expect(await unknownOf({ kind: 'agentIdentity' })).toEqual(people);
    expect(await unknownOf({ kind: 'agentUser' })).toEqual({ sponsors: 'declared-elsewhere' });
  });

  test('that a file states are known although others are kept elsewhere, empty ones too', async () => {
    const { sponsors, ...rest } = ALL;
    expect(sponsors).toBeDefined();
    expect(await unknownOf({ kind: 'agentIdentityBlueprint', sponsors: [] })).toEqual(rest);
    expect(await unknownOf({ kind: 'agentIdentityBlueprint', 'sponsors@odata.bind': ['users/x'] })).toEqual(
      rest,
    );
  });

  test('do not exist for Agent 365 files', async () => {
    expect(await readFixture('agent365/a365.config.json', ELSEWHERE)).toMatchObject({
      resources: [{ unknown: {} }],
    });
  });
});
