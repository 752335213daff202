import { describe, expect, test } from 'vitest';
import { problemsOf, readJson } from './support.ts';

const ID = '7c1b2d3e-4f50-4a6b-9c8d-0e1f2a3b4c55';

async function sponsorsAt(address: string): Promise<unknown> {
  const result = await readJson({ kind: 'agentIdentityBlueprint', 'sponsors@odata.bind': [address] });
  return result.status === 'resources' ? result.resources[0]?.properties['sponsors'] : result.status;
}

describe('an address in a create request names a user, group, service principal or directory object', () => {
  test.each([
    [`https://graph.microsoft.com/v1.0/users/${ID}`, { '@odata.type': '#microsoft.graph.user', id: ID }],
    [`https://graph.microsoft.com/beta/users('${ID}')`, { '@odata.type': '#microsoft.graph.user', id: ID }],
    [`https://graph.microsoft.us/v1.0/groups/${ID}`, { '@odata.type': '#microsoft.graph.group', id: ID }],
    [
      `https://graph.microsoft.com/v1.0/servicePrincipals/${ID}`,
      { '@odata.type': '#microsoft.graph.servicePrincipal', id: ID },
    ],
    [
      `https://graph.microsoft.com/v1.0/servicePrincipals(appId='${ID}')`,
      { '@odata.type': '#microsoft.graph.servicePrincipal', appId: ID },
    ],
    [
      `https://graph.microsoft.com/v1.0/users/${ID}/microsoft.graph.agentUser`,
      { '@odata.type': '#microsoft.graph.agentUser', id: ID },
    ],
    [`https://graph.microsoft.com/v1.0/directoryObjects/${ID}`, { id: ID }],
    [`HTTPS://graph.microsoft.com/v1.0/USERS/${ID}`, { '@odata.type': '#microsoft.graph.user', id: ID }],
    [`/users/${ID}`, { '@odata.type': '#microsoft.graph.user', id: ID }],
    [`directoryObjects('${ID}')`, { id: ID }],
    [
      'users/ines.alder@harrowvale.example',
      { '@odata.type': '#microsoft.graph.user', userPrincipalName: 'ines.alder@harrowvale.example' },
    ],
    [
      'users/ines.alder%40harrowvale.example',
      { '@odata.type': '#microsoft.graph.user', userPrincipalName: 'ines.alder@harrowvale.example' },
    ],
    [
      'https://graph.microsoft.com/v1.0/users/<sponsor-id>',
      { '@odata.type': '#microsoft.graph.user', id: '<sponsor-id>' },
    ],
  ])('%s', async (address, principal) => {
    expect(await sponsorsAt(address)).toEqual([principal]);
  });

  test.each([
    '',
    ID,
    'https://graph.microsoft.com/v1.0/me',
    'https://graph.microsoft.com/v1.0/users',
    'https://graph.microsoft.com/v1.0/users/',
    `https://graph.microsoft.com/v1.0/devices/${ID}`,
    `https://graph.microsoft.com/v1.0/users/${ID}/manager`,
    `http://graph.microsoft.com/v1.0/users/${ID}`,
    `https://graph.microsoft.com/v1.0/users/${ID}?$select=id`,
    `javascript:users/${ID}`,
    'users/%E0%A4%A',
    `users/${ID}\n`,
  ])('%j is none', async (address) => {
    const body = { kind: 'agentIdentityBlueprint', 'owners@odata.bind': [`users/${ID}`, address] };
    expect(problemsOf(await readJson(body)).map((line) => line.replace(/^[\d:-]+/, ''))).toEqual([
      ' | invalid-reference | This is not the address of a user, group, service principal or directory object. | Write it like https://graph.microsoft.com/v1.0/users/<object id>.',
    ]);
  });
});

test('each entry that is no address is a problem at its place', async () => {
  const body = { kind: 'agentIdentityBlueprint', 'sponsors@odata.bind': ['x', `users/${ID}`, 'y'] };
  const result = await readJson(body);
  expect(problemsOf(result).map((line) => line.split(' | ').slice(0, 2))).toEqual([
    ['4:5-4:8', 'invalid-reference'],
    ['6:5-6:8', 'invalid-reference'],
  ]);
  expect(result).toMatchObject({ resources: [], refused: 1 });
});

test('a relationship can be stated in one way only', async () => {
  const result = await readJson({ kind: 'agentIdentityBlueprint', sponsors: [], 'sponsors@odata.bind': [] });
  expect(problemsOf(result)).toEqual([
    '4:3-4:24 | conflicting-properties | "sponsors" and "sponsors@odata.bind" both say who the sponsors are. | Keep one of them.',
  ]);
  expect(result.status === 'resources' && result.problems[0]?.related).toEqual([
    {
      message: '"sponsors" is here',
      range: { start: { line: 3, column: 3, offset: 40 }, end: { line: 3, column: 13, offset: 50 } },
    },
  ]);
});

test('other bindings are left as they are', async () => {
  const manager = { 'manager@odata.bind': `https://graph.microsoft.com/v1.0/users/${ID}` };
  const result = await readJson({ kind: 'agentUser', ...manager });
  expect(result).toMatchObject({
    resources: [{ properties: { kind: 'agentUser', ...manager }, origin: { aliases: {} } }],
  });
});
