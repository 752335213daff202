import { describe, expect, test } from 'vitest';
import { DECLARED, problemsOf, readJson } from './support.ts';

const TYPED = { '@odata.type': '#microsoft.graph.agentIdentityBlueprint', displayName: 'ward-rounds' };
const ANSWER = {
  '@odata.context':
    'https://graph.microsoft.com/v1.0/$metadata#applications/microsoft.graph.agentIdentityBlueprint/$entity',
  ...TYPED,
};
const AS = { ...DECLARED, as: 'blueprint' } as const;

const words = async (value: unknown, hints: typeof DECLARED = DECLARED) =>
  problemsOf(await readJson(value, hints)).map((line) => line.split(' | ').slice(1).join(' | '));

describe('properties that we do not know', () => {
  test.each([
    ['a file with a type', TYPED, DECLARED],
    ['a Graph answer', ANSWER, DECLARED],
    ['a create body', { ...TYPED, 'sponsors@odata.bind': [] }, DECLARED],
    ['a portal manifest', { displayName: 'ward-rounds' }, AS],
  ] as const)('pass in %s', async (_, value, hints) => {
    expect(
      await words({ ...value, agentLimits: { perDay: 1 }, web: { brandNew: [1] }, ownerIds: [] }, hints),
    ).toEqual([]);
  });

  test.each([
    ['a file with a type', TYPED, DECLARED],
    ['a create body', { ...TYPED, 'sponsors@odata.bind': [] }, DECLARED],
    ['a portal manifest', { displayName: 'ward-rounds' }, AS],
  ] as const)('are refused in %s when they look like a slip', async (_, value, hints) => {
    const slips = {
      requiredResourceAcces: [],
      web: { implicitGrantSettings: { enableIdTokenIssuence: true } },
    };
    expect(await words({ ...value, ...slips }, hints)).toEqual([
      'unknown-property | "requiredResourceAcces" is not a property of a blueprint. | Did you mean "requiredResourceAccess"?',
      'unknown-property | "enableIdTokenIssuence" is not a property of "web.implicitGrantSettings". | Did you mean "enableIdTokenIssuance"?',
    ]);
  });

  test('that look like a slip pass in a Graph answer: a service makes none', async () => {
    expect(await words({ ...ANSWER, requiredResourceAcces: [] })).toEqual([]);
  });

  test('that look like one that is there as well are no slips', async () => {
    expect(await words({ ...TYPED, tags: [], tagss: [] })).toEqual([]);
  });

  test('a misspelt binding is found although only it marks the body', async () => {
    expect(await words({ ...TYPED, 'sponsers@odata.bind': [] })).toEqual([
      'unknown-property | "sponsers@odata.bind" is not a property of a blueprint. | Did you mean "sponsors@odata.bind"?',
    ]);
  });
});

describe('a Graph answer', () => {
  test('may have null for everything but relationships and the ids in them', async () => {
    const nulls = {
      tags: null,
      api: { oauth2PermissionScopes: null },
      keyCredentials: [{ endDateTime: null, usage: null }],
      info: null,
      isDisabled: null,
    };
    expect(await words({ ...ANSWER, ...nulls })).toEqual([]);
    expect(await words({ ...ANSWER, sponsors: null })).toEqual([
      'wrong-type | "sponsors" must be a list, not null. | Write [] to say that there are none.',
    ]);
    expect(await words({ ...ANSWER, sponsors: [{ id: null, userPrincipalName: null }] })).toEqual([
      'wrong-type | "sponsors[0].id" must be a string, not null. | Leave the property out to say nothing about it.',
    ]);
  });

  test('may have values that are newer than we are', async () => {
    expect(
      await words({ ...ANSWER, signInAudience: 'AzureADPartners', description: 'x'.repeat(2000) }),
    ).toEqual([]);
  });

  test('must have the types that rules rely on', async () => {
    expect(await words({ ...ANSWER, passwordCredentials: {}, createdDateTime: '2026-11-23' })).toEqual([
      'wrong-type | "passwordCredentials" must be a list, not an object.',
      'invalid-date-time | "createdDateTime" is not a date and time with a zone. | Write it like 2027-01-31T00:00:00Z.',
    ]);
  });
});

describe('an Agent 365 file', () => {
  test('may have keys that we do not know, and must have the types that rules rely on', async () => {
    const file = { mcpServers: [{ mcpServerName: 'x', url: 1, newKey: {} }] };
    expect(problemsOf(await readJson(file, DECLARED, 'ToolingManifest.json'))).toEqual([
      '5:14-5:15 | wrong-type | "mcpServers[0].url" must be a string, not a number.',
    ]);
    expect(problemsOf(await readJson({ mcpServers: {} }, DECLARED, 'ToolingManifest.json'))).toEqual([
      '2:17-2:19 | wrong-type | "mcpServers" must be a list, not an object.',
    ]);
  });
});
