import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import { snapshotRecordKeys, validateSnapshotRecord } from '../../../schemas/generated/snapshot-record.mjs';
import { FACT_GROUPS } from '../../../src/model/vocabulary.ts';
import { ALLOWED } from '../../../src/tenant/snapshot/allowlist.ts';
import { SECRET_REMOVED } from '../../../src/tenant/snapshot/record.ts';
import type { Shape } from '../../../src/tenant/snapshot/shape.ts';
import { STREAMS, type StreamName } from '../../../src/tenant/snapshot/types.ts';
import { epochSeconds } from '../../../src/model/timestamps.ts';
import { contentOf, filesIn, record, removeFolders, stored, textIn, written } from './snapshots.ts';

afterAll(removeFolders);

const schema = JSON.parse(
  readFileSync(new URL('../../../schemas/snapshot-record.schema.json', import.meta.url), 'utf8'),
) as { $id: string; $defs: Record<string, SchemaNode>; properties: Record<string, SchemaNode> };

type SchemaNode = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly items?: SchemaNode;
  readonly properties?: { readonly [name: string]: SchemaNode };
  readonly additionalProperties?: unknown;
  readonly propertyNames?: { readonly enum: readonly string[] };
};

/** The names that may stand in a value, as a tree; `*` for any. */
type Tree = { readonly [name: string]: Tree } | '*' | null;

function treeOfShape(shape: Shape): Tree {
  switch (shape.is) {
    case 'value':
      return null;
    case 'open':
      return '*';
    case 'list':
      return treeOfShape(shape.of);
    case 'object':
      return Object.fromEntries(shape.members.map(({ name, shape: inner }) => [name, treeOfShape(inner)]));
  }
}

function treeOfSchema(node: SchemaNode): Tree {
  if (node.$ref !== undefined) return treeOfSchema(schema.$defs[node.$ref.split('/')[2] ?? ''] ?? {});
  if (node.items !== undefined) return treeOfSchema(node.items);
  if (node.properties !== undefined) {
    expect(node.additionalProperties).toBe(false);
    return Object.fromEntries(
      Object.entries(node.properties).map(([name, inner]) => [name, treeOfSchema(inner)]),
    );
  }
  return node.type === undefined || node.type === 'object' ? ('enum' in node ? null : '*') : null;
}

const propertiesOf = (stream: StreamName): SchemaNode =>
  schema.$defs[stream]?.properties?.['properties'] ?? {};

describe('the schema of records', () => {
  test('knows exactly the properties that are stored', () => {
    for (const stream of STREAMS)
      expect([stream, treeOfSchema(propertiesOf(stream))]).toEqual([stream, treeOfShape(ALLOWED[stream])]);
  });

  test('knows the fact groups', () => {
    expect(schema.properties['unknown']?.propertyNames?.enum).toEqual(FACT_GROUPS);
    expect(Object.keys(snapshotRecordKeys)).toEqual(['id', 'api', 'unknown', 'properties']);
  });

  test('takes what is written', async () => {
    const { path } = await written(EVERYTHING);
    const ajv = new Ajv2020({
      strict: false,
      formats: { 'date-time': (text) => epochSeconds(text) !== null },
    });
    ajv.addSchema(schema);
    const content = await contentOf(path);
    for (const stream of STREAMS) {
      expect(content[stream]).toHaveLength(1);
      for (const each of content[stream] ?? []) {
        expect(validateSnapshotRecord(each)).toEqual([]);
        ajv.validate({ $ref: `${schema.$id}#/$defs/${stream}` }, each);
        expect([stream, ajv.errors]).toEqual([stream, null]);
      }
    }
  });
});

const CANARY = 'canary-5c1f';
const JWT = `eyJhbGciOiJub25lIn0.${Buffer.from(CANARY).toString('base64url')}.c2ln`;

/** An object of every property that a schema knows, with secrets wherever there is room for one. */
function example(node: SchemaNode, name: string): unknown {
  if (node.$ref !== undefined) return example(schema.$defs[node.$ref.split('/')[2] ?? ''] ?? {}, name);
  if ('enum' in node && Array.isArray(node.enum)) return node.enum[0];
  if (node.items !== undefined) return [example(node.items, name)];
  if (node.properties !== undefined)
    return {
      ...Object.fromEntries(
        Object.entries(node.properties).map(([key, inner]) => [key, example(inner, key)]),
      ),
      ...SECRETS,
    };
  const type = [node.type].flat()[0];
  if ('format' in node) return '2026-01-01T00:00:00Z';
  if (type === 'string') return name === 'notes' || name === 'description' ? `see ${JWT}` : `${name} text`;
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return 2;
  return { mode: 'x', nested: [SECRETS, { displayName: 'x', deep: SECRETS }], ...SECRETS };
}

const SECRETS = {
  secretText: CANARY,
  key: CANARY,
  hint: CANARY,
  customKeyIdentifier: CANARY,
  clientSecret: { value: CANARY },
  client_secret: CANARY,
  password: [CANARY],
  accessToken: CANARY,
};

const EVERYTHING = Object.fromEntries(
  STREAMS.map((stream) => [
    stream,
    [record('1', { ...(example(propertiesOf(stream), stream) as object), ...SECRETS })],
  ]),
);

describe('nothing secret is stored', () => {
  test('O17 of a tenant full of secrets, none is in the file', async () => {
    const { path } = await written({
      ...EVERYTHING,
      agentIdentities: [
        record('1', {
          displayName: JWT,
          tags: [JWT, 'env:prd', 'https://x.blob.core.windows.net/a?sv=1&sig=canary-5c1f'],
          notes: 'AccountKey=canary-5c1f;',
          description: '-----BEGIN RSA PRIVATE KEY-----\ncanary-5c1f',
          customSecurityAttributes: { [JWT]: 'x', Set: { Value: JWT, secret: CANARY } },
          passwordCredentials: [{ keyId: '1', ...SECRETS }],
          keyCredentials: [{ keyId: '2', ...SECRETS, type: 'AsymmetricX509Cert' }],
          unheardOf: CANARY,
        }),
      ],
    });
    const text = textIn(path);
    expect(text.split(CANARY)).toHaveLength(1);
    expect(text).not.toContain(JWT);
    expect(text).not.toContain(Buffer.from(CANARY).toString('base64url'));
    expect((await contentOf(path)).agentIdentities?.[0]?.properties).toEqual({
      displayName: SECRET_REMOVED,
      description: SECRET_REMOVED,
      notes: SECRET_REMOVED,
      tags: [SECRET_REMOVED, 'env:prd', SECRET_REMOVED],
      keyCredentials: [{ keyId: '2', type: 'AsymmetricX509Cert' }],
      passwordCredentials: [{ keyId: '1' }],
      customSecurityAttributes: { Set: { Value: SECRET_REMOVED }, [SECRET_REMOVED]: 'x' },
    });
  });

  test('and that something was taken out is counted', async () => {
    const { header } = await written({
      agentIdentities: [
        record('1', { notes: JWT, displayName: 'a' }),
        record('2', { tags: [JWT, '\ud800', 'b'] }),
      ],
      agentUsers: [record('1', { displayName: '\udfff and \ud800' })],
    });
    const replaced = Object.fromEntries(header.streams.map((each) => [each.name, each.replaced]));
    expect(replaced).toMatchObject({
      agentIdentities: { malformed: 1, secrets: 2 },
      agentUsers: { malformed: 1, secrets: 0 },
      blueprints: { malformed: 0, secrets: 0 },
    });
  });

  test('a client secret of Entra in prose is taken out, and other text is not', async () => {
    const secret = `abc8Q~${'x'.repeat(34)}`;
    expect(await stored('blueprints', { notes: `use ${secret} to sign in` })).toEqual({
      notes: SECRET_REMOVED,
    });
    for (const notes of ['8Q~', `abc8Q~${'x'.repeat(60)}`, 'eyJ is how tokens begin', 'monkey=1', 'design=2'])
      expect(await stored('blueprints', { notes })).toEqual({ notes });
  });
});

describe('what is stored', () => {
  test('is what the allow-list names, in its order', async () => {
    const { path } = await written({
      agentUsers: [
        record('1', {
          mail: 'a@b',
          userPrincipalName: 'a@b',
          passwordProfile: { password: 'x' },
          displayName: 'A',
          identityParent: { state: 'found', id: '2', more: 1 },
        }),
      ],
    });
    expect(String(filesIn(path).get('agentUsers.ndjson.gz'))).toBe(
      '{"id":"1","api":"v1.0","properties":{"displayName":"A","userPrincipalName":"a@b","identityParent":{"id":"2","state":"found"}}}\n',
    );
  });

  test('has GUIDs in lower case and the names of v1.0', async () => {
    const upper = 'AABBCCDD-0000-4000-8000-00000000000F';
    const lower = upper.toLowerCase();
    expect(
      await stored('blueprints', {
        appId: upper,
        api: { preAuthorizedApplications: [{ appId: upper, permissionIds: [upper] }] },
        identifierUris: [`api://${upper}`],
      }),
    ).toEqual({
      appId: lower,
      api: { preAuthorizedApplications: [{ appId: lower, delegatedPermissionIds: [lower] }] },
      identifierUris: [`api://${upper}`],
    });
    const assignment = { id: 'x', creationTimestamp: '2026-01-01T00:00:00Z' };
    expect(await stored('agentIdentities', { appRoleAssignments: [assignment] })).toEqual({
      appRoleAssignments: [{ id: 'x', createdDateTime: '2026-01-01T00:00:00Z' }],
    });
    expect(
      await stored('agentIdentities', {
        appRoleAssignments: [{ ...assignment, createdDateTime: '2026-02-02T00:00:00Z' }],
      }),
    ).toEqual({ appRoleAssignments: [{ id: 'x', createdDateTime: '2026-02-02T00:00:00Z' }] });
    const { path } = await written({ agentUsers: [record(upper)] });
    expect((await contentOf(path)).agentUsers?.[0]?.id).toBe(lower);
  });

  test('null stays, and what is of another type than Graph has is left out', async () => {
    expect(
      await stored('blueprints', {
        displayName: null,
        web: null,
        tags: null,
        sponsors: null,
        api: 'x',
        info: [],
        owners: {},
      }),
    ).toEqual({ displayName: null, tags: null, web: null, sponsors: null });
    expect(
      await stored('blueprints', { displayName: { a: 1 }, tags: ['a', {}, ['b'], null, 'c'], isDisabled: 1 }),
    ).toEqual({
      isDisabled: 1,
      tags: ['a', null, 'c'],
    });
  });

  test('numbers are what they are', async () => {
    const set = { big: 2 ** 60, small: 5e-324, negative: -0.5, huge: 1.7976931348623157e308 };
    expect(await stored('agentIdentities', { customSecurityAttributes: { set } })).toEqual({
      customSecurityAttributes: { set },
    });
  });

  test('half characters become U+FFFD, in names of members too', async () => {
    const attributes = { 'a\ud800': { '\udc00b': 'c\ud83dd' } };
    expect(await stored('agentIdentities', { customSecurityAttributes: attributes })).toEqual({
      customSecurityAttributes: { 'a\ufffd': { '\ufffdb': 'c\ufffdd' } },
    });
  });

  test('conditions of a policy are kept in whatever form they come', async () => {
    const conditions = {
      newCondition: { of: [1, true, null, 'x'] },
      clientApplications: { includeAgentIdServicePrincipals: ['All'] },
    };
    expect(await stored('conditionalAccessPolicies', { conditions })).toEqual({ conditions });
  });

  test('nesting has an end', async () => {
    let deep: unknown = 'bottom';
    for (let at = 0; at < 10_000; at += 1) deep = { deep };
    const { path } = await written({ lifecyclePolicies: [record('1', { deep })] });
    expect(textIn(path)).not.toContain('bottom');
  });

  test('names of members are nothing but names', async () => {
    const attributes = JSON.parse('{"__proto__":{"a":1},"constructor":"b","toString":"c"}') as object;
    const { path } = await written({
      agentIdentities: [record('1', { customSecurityAttributes: attributes })],
    });
    expect(textIn(path)).toContain(
      '"customSecurityAttributes":{"__proto__":{"a":1},"constructor":"b","toString":"c"}',
    );
  });
});
