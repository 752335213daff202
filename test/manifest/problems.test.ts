import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { ManifestHints } from '../../src/manifest/read.ts';
import { DECLARED, problemsOf, readJson, readText, refsOf } from './support.ts';

/** Problems without their places: the same in JSON and in YAML. */
async function wordsFor(value: unknown, hints: ManifestHints = DECLARED): Promise<readonly string[]> {
  const json = await readJson(value, hints);
  const yaml = await readText(stringify(value), 'a.yaml', hints);
  const words = (lines: readonly string[]) => lines.map((line) => line.slice(line.indexOf('|') + 2));
  expect(words(problemsOf(yaml))).toEqual(words(problemsOf(json)));
  return words(problemsOf(json));
}

const blueprint = (properties: object) => ({ kind: 'agentIdentityBlueprint', ...properties });

describe('problems stand where they are', () => {
  const YAML = `kind: agentIdentityBlueprint
displayName: ward-rounds
sponsers:
  - userPrincipalName: ines.alder@harrowvale.example
owners:
  - displayName: Ines Alder
  - 12
tags: ward
signInAudience: AzureADMyOrgs
api:
  oauth2PermissionScopes:
    - type: User
      isEnabled: "yes"
      adminConsentDisplayname: Read
passwordCredentials:
  - keyId: 7c1b2d3e-4f50-4a6b-9c8d-0e1f2a3b4c55
    endDateTime: 2027-02-30T00:00:00Z
`;

  test('in YAML', async () => {
    const result = await readText(YAML, 'agents/a.yaml');
    expect(problemsOf(result)).toEqual([
      '3:1-3:9 | unknown-property | "sponsers" is not a property of a blueprint. | Did you mean "sponsors"?',
      '6:5-6:28 | missing-property | "owners[0]" needs "id" or "userPrincipalName".',
      '7:5-7:7 | wrong-type | "owners[1]" must be an object or a string, not a number.',
      '8:7-8:11 | wrong-type | "tags" must be a list, not a string.',
      '9:17-9:30 | invalid-value | "signInAudience" must be "AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount" or "PersonalMicrosoftAccount". | Did you mean "AzureADMyOrg"?',
      '13:18-13:23 | wrong-type | "api.oauth2PermissionScopes[0].isEnabled" must be true or false, not a string.',
      '14:7-14:30 | unknown-property | "adminConsentDisplayname" is not a property of "api.oauth2PermissionScopes[0]". | Did you mean "adminConsentDisplayName"?',
      '17:18-17:38 | invalid-date-time | "passwordCredentials[0].endDateTime" is not a date and time with a zone. | Write it like 2027-01-31T00:00:00Z.',
    ]);
    expect(result).toMatchObject({ status: 'resources', resources: [], refused: 1 });
    expect(result.status === 'resources' && result.problems.every(({ uri }) => uri === 'agents/a.yaml')).toBe(
      true,
    );
  });

  test('in JSON', async () => {
    const text = `{
  "kind": "agentIdentityBlueprint",
  "displayName": "ward-rounds", "sponsers": [{ "userPrincipalName": "ines.alder@harrowvale.example" }],
  "tags": "ward",
  "web": { "redirectUris": [1, "https://rounds.harrowvale.example/done"], "homePageUri": null }
}`;
    expect(problemsOf(await readText(text, 'a.json'))).toEqual([
      '3:33-3:43 | unknown-property | "sponsers" is not a property of a blueprint. | Did you mean "sponsors"?',
      '4:11-4:17 | wrong-type | "tags" must be a list, not a string.',
      '5:29-5:30 | wrong-type | "web.redirectUris[0]" must be a string, not a number.',
      '5:75-5:88 | unknown-property | "homePageUri" is not a property of "web". | Did you mean "homePageUrl"?',
    ]);
  });
});

describe('each kind of mistake has one sentence', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'null where a list is',
      { sponsors: null },
      ['wrong-type | "sponsors" must be a list, not null. | Write [] to say that there are none.'],
    ],
    [
      'null where a text is',
      { environment: null },
      [
        'wrong-type | "environment" must be a string, not null. | Leave the property out to say nothing about it.',
      ],
    ],
    ['a list where an object is', { web: [] }, ['wrong-type | "web" must be an object, not a list.']],
    [
      'a boolean where a text is',
      { description: true },
      ['wrong-type | "description" must be a string, not a boolean.'],
    ],
    [
      'a number that is not whole',
      { api: { requestedAccessTokenVersion: 1.5 } },
      ['wrong-type | "api.requestedAccessTokenVersion" must be a whole number, not a number.'],
    ],
    [
      'a version that there is not',
      { api: { requestedAccessTokenVersion: 3 } },
      ['invalid-value | "api.requestedAccessTokenVersion" must be "1" or "2".'],
    ],
    [
      'a text that is too long',
      { description: 'x'.repeat(1025) },
      ['too-long | "description" is longer than 1024 characters.'],
    ],
    [
      'a bare sponsor that is neither id nor name',
      { sponsors: ['Ines Alder'] },
      ['invalid-value | "sponsors[0]" must be an object id (a GUID) or a user principal name.'],
    ],
    ['an empty id', { sponsors: [{ id: ' ' }] }, ['invalid-value | "sponsors[0].id" must not be empty.']],
    [
      'a sponsor without id and name',
      { sponsors: [{}] },
      ['missing-property | "sponsors[0]" needs "id" or "userPrincipalName".'],
    ],
    [
      'a sponsor whose only id is null',
      { sponsors: [{ id: null }] },
      [
        'wrong-type | "sponsors[0].id" must be a string, not null. | Leave the property out to say nothing about it.',
      ],
    ],
    [
      'a sponsor whose only name is null',
      { sponsors: [{ userPrincipalName: null }] },
      ['missing-property | "sponsors[0]" needs "id" or "userPrincipalName".'],
    ],
    [
      'a sponsor with a misspelt name',
      { sponsors: [{ userprincipalname: 'x@harrowvale.example' }] },
      [
        'missing-property | "sponsors[0]" needs "id" or "userPrincipalName".',
        'unknown-property | "userprincipalname" is not a property of "sponsors[0]". | Did you mean "userPrincipalName"?',
      ],
    ],
    [
      'a property like no other',
      { reviewers: [] },
      [
        'unknown-property | "reviewers" is not a property of a blueprint. | Names of your own start with "x-".',
      ],
    ],
    [
      'one deep inside',
      { inheritablePermissions: [{ inheritableScopes: { kind: 'none', scope: [] } }] },
      [
        'unknown-property | "scope" is not a property of "inheritablePermissions[0].inheritableScopes". | Did you mean "scopes"?',
      ],
    ],
    [
      'Y22 a missing space after the colon',
      { 'displayName:x': null },
      [
        'unknown-property | This is not a property of a blueprint. | Put a space after the colon: "displayName: …".',
      ],
    ],
    [
      'a binding that is no list',
      { 'owners@odata.bind': 'users/x' },
      ['wrong-type | "owners@odata.bind" must be a list, not a string.'],
    ],
    [
      'a misspelt binding',
      { 'sponsers@odata.bind': [] },
      [
        'unknown-property | "sponsers@odata.bind" is not a property of a blueprint. | Did you mean "sponsors@odata.bind"?',
      ],
    ],
    [
      'S13 a time without a zone',
      { keyCredentials: [{ endDateTime: '2027-01-01T00:00:00' }] },
      [
        'invalid-date-time | "keyCredentials[0].endDateTime" is not a date and time with a zone. | Write it like 2027-01-31T00:00:00Z.',
      ],
    ],
    [
      'S13 an impossible date',
      { keyCredentials: [{ endDateTime: '2027-02-30T00:00:00Z' }] },
      [
        'invalid-date-time | "keyCredentials[0].endDateTime" is not a date and time with a zone. | Write it like 2027-01-31T00:00:00Z.',
      ],
    ],
  ])('%s', async (_, properties, expected) => {
    expect(await wordsFor(blueprint(properties))).toEqual(expected);
  });

  test('the label of the kind is in the sentence', async () => {
    expect(await wordsFor({ kind: 'agentUser', x: 1 })).toEqual([
      'unknown-property | "x" is not a property of an agent user. | Names of your own start with "x-".',
    ]);
  });
});

test('what rules report is no problem of the form', async () => {
  const value = blueprint({
    displayName: 'x'.repeat(300),
    signInAudience: 'PersonalMicrosoftAccount',
    requiredResourceAccess: [
      { resourceAppId: 'not-a-guid', resourceAccess: [{ id: 'nor-this', type: 'Role' }] },
    ],
    inheritablePermissions: Array.from({ length: 12 }, () => ({
      resourceAppId: 'same',
      inheritableScopes: { kind: 'someday' },
    })),
    federatedIdentityCredentials: [{ name: 'a', issuer: 'http://idp', subject: '*', audiences: ['a', 'b'] }],
    web: { redirectUris: ['http://*.harrowvale.example', 'nonsense'] },
    identifierUris: ['x'],
    passwordCredentials: [{ secretText: 'x', endDateTime: '9999-12-31T23:59:59.9999999Z' }],
    isFallbackPublicClient: true,
    spa: { redirectUris: ['https://x'] },
    managerApplications: ['x'],
    sponsors: [{ id: 'x', type: 'servicePrincipal' }],
  });
  expect(await wordsFor(value)).toEqual([]);
});

describe('only a resource with a problem is refused', () => {
  test('the others of the file are given', async () => {
    const type = '#microsoft.graph.agentIdentity';
    const result = await readJson({
      value: [
        { '@odata.type': type, id: 'c0ffee00-1111-4222-8333-444455550001' },
        {
          '@odata.type': type,
          id: 'c0ffee00-1111-4222-8333-444455550002',
          tags: 'x',
          createdDateTime: 'yesterday',
        },
        { '@odata.type': type, id: 'c0ffee00-1111-4222-8333-444455550003' },
      ],
    });
    expect(refsOf(result)).toEqual([
      'agentIdentity/c0ffee00-1111-4222-8333-444455550001',
      'agentIdentity/c0ffee00-1111-4222-8333-444455550003',
    ]);
    expect(problemsOf(result)).toEqual([
      '10:15-10:18 | wrong-type | "tags" must be a list, not a string.',
      '11:26-11:37 | invalid-date-time | "createdDateTime" is not a date and time with a zone. | Write it like 2027-01-31T00:00:00Z.',
    ]);
    expect(result).toMatchObject({ refused: 1 });
  });
});

describe('P19 a flood of errors is cut', () => {
  test('a million wrong items in one list', async () => {
    const value = blueprint({ tags: Array.from({ length: 1_000_000 }, () => 1) });
    const { validateBlueprint } = await import('../../schemas/generated/blueprint.mjs');
    expect(validateBlueprint(value)).toHaveLength(101);
  });

  test('many wrong items inside many wrong items', async () => {
    const requiredResourceAccess = Array.from({ length: 2000 }, () => ({
      resourceAccess: Array.from({ length: 50 }, () => ({ id: 1, type: 2, nothing: 3 })),
    }));
    const { validateBlueprint } = await import('../../schemas/generated/blueprint.mjs');
    expect(validateBlueprint(blueprint({ requiredResourceAccess })).length).toBeLessThan(1000);
  });

  test('unknown keys', async () => {
    const { validateBlueprint } = await import('../../schemas/generated/blueprint.mjs');
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, 1]));
    expect(validateBlueprint(blueprint(keys)).length).toBeLessThanOrEqual(102);
  });

  test('a list with nothing but wrong entries is counted to its end, and described to a hundred problems', async () => {
    const type = '#microsoft.graph.agentIdentity';
    const wrong = Array.from({ length: 5_000 }, () => ({ '@odata.type': type, tags: 'x' }));
    const slips = Array.from({ length: 5_000 }, () => ({ '@odata.type': '#microsoft.graph.agentIdentiy' }));
    const nothing = Array.from({ length: 5_000 }, () => null);
    const result = await readJson({ value: [...wrong, ...slips, ...nothing, { '@odata.type': type }] });
    expect(refsOf(result)).toEqual(['agentIdentity/agents/a.json#/value/15000']);
    expect(problemsOf(result)).toHaveLength(100);
    expect(result.status === 'resources' && result.refused).toBeGreaterThanOrEqual(5_000);
  });

  test('a file lists a hundred problems, the last of which says that there are more', async () => {
    const value = blueprint({
      tags: Array.from({ length: 90 }, () => 1),
      identifierUris: Array.from({ length: 90 }, () => 1),
    });
    const lines = problemsOf(await readJson(value));
    expect(lines).toHaveLength(100);
    expect(lines.at(-1)).toBe('- | too-many-problems | This file has more problems than are listed.');
    expect(new Set(lines).size).toBe(100);
  });
});
