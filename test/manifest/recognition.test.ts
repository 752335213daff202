import { describe, expect, test } from 'vitest';
import { mayHoldManifest } from '../../src/manifest/mentions.ts';
import type { ManifestHints } from '../../src/manifest/read.ts';
import { DECLARED, fixture, problemsOf, readFixture, readJson, readText, refsOf } from './support.ts';

const AS_BLUEPRINT: ManifestHints = { as: 'blueprint', relationships: 'declared' };
const AS_IDENTITY: ManifestHints = { as: 'agentIdentity', relationships: 'declared' };

describe('every shape is recognised', () => {
  test.each([
    [
      'native/ward-rounds.blueprint.yaml',
      DECLARED,
      'native-file',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'native/ward-rounds.blueprint.json',
      DECLARED,
      'native-file',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'native/blueprint-principal.yaml',
      DECLARED,
      'native-file',
      ['blueprintPrincipal/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'native/agent-identity.yaml',
      DECLARED,
      'native-file',
      ['agentIdentity/c0ffee00-1111-4222-8333-444455556666'],
    ],
    ['native/agent-user.yaml', DECLARED, 'native-file', ['agentUser/native/agent-user.yaml#']],
    ['native/typed-only.json', DECLARED, 'native-file', ['blueprint/native/typed-only.json#']],
    ['graph/get-expanded.json', DECLARED, 'graph-object', ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10']],
    [
      'graph/get-typed-by-context.json',
      DECLARED,
      'graph-object',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'graph/list-mixed.json',
      DECLARED,
      'graph-collection',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'graph/list-mixed.json',
      AS_BLUEPRINT,
      'graph-collection',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'graph/list-typed-by-context.json',
      AS_BLUEPRINT,
      'graph-collection',
      [
        'agentIdentity/c0ffee00-1111-4222-8333-444455556666',
        'agentIdentity/c0ffee00-1111-4222-8333-444455557777',
      ],
    ],
    [
      'graph/list-without-types.json',
      AS_BLUEPRINT,
      'graph-collection',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10', 'blueprint/6b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    ['graph/create-body.json', DECLARED, 'graph-create-body', ['blueprint/graph/create-body.json#']],
    [
      'graph/create-body-untyped.json',
      AS_BLUEPRINT,
      'graph-create-body',
      ['blueprint/graph/create-body-untyped.json#'],
    ],
    [
      'graph/portal-manifest.json',
      AS_BLUEPRINT,
      'portal-manifest',
      ['blueprint/5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10'],
    ],
    [
      'graph/portal-manifest.json',
      AS_IDENTITY,
      'portal-manifest',
      ['agentIdentity/3a9c2e71-8d54-4b1f-a0c6-7e5f4d3c2b1a'],
    ],
    ['agent365/a365.config.json', DECLARED, 'agent365-file', ['agent365Config/agent365/a365.config.json#']],
    [
      'agent365/a365.generated.config.json',
      DECLARED,
      'agent365-file',
      ['agent365GeneratedConfig/agent365/a365.generated.config.json#'],
    ],
    [
      'agent365/ToolingManifest.json',
      DECLARED,
      'agent365-file',
      ['toolingManifest/agent365/ToolingManifest.json#'],
    ],
    ['agent365/manifest.json', DECLARED, 'agent365-file', ['appPackageManifest/agent365/manifest.json#']],
    [
      'agent365/agenticUserTemplateManifest.json',
      AS_BLUEPRINT,
      'agent365-file',
      ['agenticUserTemplate/agent365/agenticUserTemplateManifest.json#'],
    ],
  ] as const)('%s (%o)', async (name, hints, shape, refs) => {
    const result = await readFixture(name, hints);
    expect(problemsOf(result)).toEqual([]);
    expect(refsOf(result)).toEqual(refs);
    expect(result).toMatchObject({ status: 'resources', refused: 0, ignores: [] });
    expect(
      result.status === 'resources' && new Set(result.resources.map(({ origin }) => origin.shape)),
    ).toEqual(new Set([shape]));
    expect(mayHoldManifest(name, fixture(name)), 'the look at the text before parsing lets it through').toBe(
      true,
    );
  });
});

describe('what is not ours is told from what does not say', () => {
  test.each([
    ['graph/portal-manifest.json', DECLARED, 'unmarked'],
    ['graph/list-without-types.json', DECLARED, 'unmarked'],
    ['graph/create-body-untyped.json', DECLARED, 'unmarked'],
    ['graph/sponsors.json', DECLARED, 'ignored'],
    ['graph/sponsors.json', AS_BLUEPRINT, 'ignored'],
    ['graph/inheritable-permissions.json', DECLARED, 'ignored'],
    ['graph/inheritable-permissions.json', AS_BLUEPRINT, 'ignored'],
    ['others/ordinary-application.json', DECLARED, 'ignored'],
    ['others/ordinary-application.json', AS_BLUEPRINT, 'ignored'],
    ['others/package.json', DECLARED, 'ignored'],
    ['others/manifest.json', DECLARED, 'ignored'],
    ['others/mcp.json', DECLARED, 'ignored'],
    ['others/deployment.yaml', DECLARED, 'ignored'],
    ['others/custom-resource.yaml', DECLARED, 'ignored'],
  ] as const)('%s (%o): %s', async (name, hints, status) => {
    expect(await readFixture(name, hints)).toEqual({ status });
  });

  test.each([
    ['an empty object', {}],
    ['an empty list', []],
    ['a list of texts', ['a']],
    ['a kind that is no text', { kind: ['agentIdentityBlueprint'], signInAudience: 'AzureADMyOrg' }],
    ['a name alone', { displayName: 'x' }],
    [
      'a type of another namespace',
      { '@odata.type': '#contoso.agentIdentityBlueprint', displayName: 'x', signInAudience: 'y' },
    ],
    ['one telling name alone', { identifierUris: ['api://x'] }],
  ])('%s', async (_, value) => {
    expect(await readJson(value)).toEqual({ status: 'ignored' });
  });

  test.each([
    ['application', { displayName: 'x', signInAudience: 'AzureADMyOrg' }],
    [
      'agent identity',
      { displayName: 'x', agentIdentityBlueprintId: '5b1e7a52-0c4d-4e0e-9a57-3f5d2c6e8a10' },
    ],
    [
      'agent user',
      { userPrincipalName: 'x@harrowvale.example', identityParentId: 'c0ffee00-1111-4222-8333-444455556666' },
    ],
  ])('the JSON of an %s without a marker is mentioned', async (_, value) => {
    expect(await readJson(value)).toEqual({ status: 'unmarked' });
  });

  test('an Agent 365 name is not enough, and neither is its content', async () => {
    const tooling = { mcpServers: [] };
    expect(await readJson(tooling, DECLARED, 'x/toolingmanifest.JSON')).toMatchObject({
      status: 'resources',
    });
    expect(await readJson(tooling, DECLARED, 'x/servers.json')).toEqual({ status: 'ignored' });
    expect(await readJson({ name: 'x' }, DECLARED, 'x/a365.config.json')).toEqual({ status: 'ignored' });
    expect(await readJson([], DECLARED, 'x/ToolingManifest.json')).toEqual({ status: 'ignored' });
  });

  test('a list without entries holds no resources', async () => {
    const list = {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/microsoft.graph.agentUser',
      value: [],
    };
    expect(await readJson(list)).toEqual({
      status: 'resources',
      resources: [],
      problems: [],
      refused: 0,
      ignores: [],
    });
  });
});

describe('what says it is ours and is not readable as such is a problem', () => {
  test('a delta answer', async () => {
    expect(problemsOf(await readFixture('graph/delta.json'))).toEqual([
      '3:3-3:21 | partial-objects | This is the answer of a delta query: its objects have only the properties that changed. | Export the full list instead.',
    ]);
  });

  test('a manifest in the retired format', async () => {
    expect(problemsOf(await readFixture('others/retired-manifest.json', AS_BLUEPRINT))).toEqual([
      '5:3-5:28 | retired-format | This is a manifest in the retired Azure AD Graph format. | Download it again as a Microsoft Graph app manifest.',
    ]);
  });

  test('a file that the config takes for a manifest', async () => {
    expect(problemsOf(await readJson({ version: 1 }, AS_BLUEPRINT))).toEqual([
      '1:1-3:2 | not-a-manifest | The config reads this file as a manifest, but it has neither a name nor an id. | Narrow the pattern under "manifests" in the config.',
    ]);
  });

  test('a list entry that is no object', async () => {
    const list = {
      '@odata.context': '#applications/microsoft.graph.agentIdentityBlueprint',
      value: [{ displayName: 'x' }, null, 'y'],
    };
    const result = await readJson(list);
    expect(refsOf(result)).toEqual(['blueprint/agents/a.json#/value/0']);
    expect(problemsOf(result)).toEqual([
      '7:5-7:9 | wrong-type | Every entry of this list must be an object.',
      '8:5-8:8 | wrong-type | Every entry of this list must be an object.',
    ]);
    expect(result).toMatchObject({ refused: 2 });
  });

  test.each([
    ['kind: agentidentityblueprint', '1:7-1:29', '"kind"', 'agentIdentityBlueprint'],
    ['kind: AgentIdentity', '1:7-1:20', '"kind"', 'agentIdentity'],
    ['kind: agentIdentityBluprint', '1:7-1:28', '"kind"', 'agentIdentityBlueprint'],
    ['kind: "agentUser\\u200b"', '1:7-1:24', '"kind"', 'agentUser'],
    [
      '"@odata.type": "#microsoft.graph.agentIdentityBluprint"',
      '1:16-1:56',
      '"@odata.type"',
      'agentIdentityBlueprint',
    ],
  ])('a slip in the marker: %s', async (line, place, key, meant) => {
    const result = await readText(`${line}\ndisplayName: x\n`, 'a.yaml');
    expect(problemsOf(result)).toEqual([
      `${place} | unknown-type | ${key} names none of the types that are read: agentIdentityBlueprint, agentIdentityBlueprintPrincipal, agentIdentity, agentUser. | Did you mean "${meant}"?`,
    ]);
    expect(result).toMatchObject({ resources: [], refused: 1 });
  });

  test('a kind and a type that disagree', async () => {
    const result = await readText(
      'kind: agentIdentity\n"@odata.type": "#microsoft.graph.agentUser"\n',
      'a.yaml',
    );
    expect(problemsOf(result)).toEqual([
      '2:16-2:44 | conflicting-properties | "kind" and "@odata.type" say different things. | Keep one of them.',
    ]);
  });

  test('a kind and a type that agree are fine', async () => {
    expect(
      problemsOf(await readText('kind: agentUser\n"@odata.type": "#Microsoft.Graph.AgentUser"\n', 'a.yaml')),
    ).toEqual([]);
  });
});
