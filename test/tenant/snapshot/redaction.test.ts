import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/tenant/snapshot/redaction.ts';
import { openSnapshot } from '../../../src/tenant/snapshot/reader.ts';
import { STREAMS } from '../../../src/tenant/snapshot/types.ts';
import type { RedactionChoice, RedactionRequest } from '../../../src/tenant/snapshot/writing.ts';
import { compareCodePoints } from '../../../src/util/code-points.ts';
import {
  PARTS,
  TENANT,
  contentOf,
  record,
  removeFolders,
  textIn,
  written,
  type Streams,
} from './snapshots.ts';

afterAll(removeFolders);

const GRAPH = '00000003-0000-0000-c000-000000000000';
const TEAMS = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const MAIL_READ = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';

const BLUEPRINT = '761743dd-d8b9-5abe-a1b2-a59a85183033';
const AGENT = 'd12dc082-180b-5e9b-beed-e5a4db7e62bf';
const MIRA = 'b44c666a-1351-5c2f-bed2-7572a085cd6a';
const CUSTOM_ROLE = '2c828af4-8c7d-58bf-bd2e-7fb071fc05bc';

function redaction(what: readonly RedactionChoice[], key = 1): RedactionRequest {
  return { what, key: new Uint8Array(32).fill(key), publicIds: new Set([TEAMS]) };
}

const MIRA_AS_SPONSOR = {
  '@odata.type': '#microsoft.graph.user',
  id: MIRA,
  displayName: 'Mira Okafor',
  userPrincipalName: 'mira@larkspur-freight.example',
  state: 'found',
};

const STREAMED: Streams = {
  organization: [
    record(TENANT, {
      displayName: 'Larkspur Freight',
      verifiedDomains: [
        { name: 'larkspur-freight.example', isDefault: true },
        { name: 'freight.example', isDefault: false },
      ],
    }),
  ],
  blueprints: [
    record('d46b6cfe-1962-55b0-b819-de7da6891b0e', {
      '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
      appId: BLUEPRINT,
      displayName: 'claims-triage',
      description: 'Sorts claims',
      notes: null,
      tags: ['env:prd'],
      createdByAppId: TEAMS,
      identifierUris: [`api://${BLUEPRINT.toUpperCase()}`],
      publisherDomain: 'larkspur-freight.example',
      web: {
        redirectUris: [
          'https://claims.eu.larkspur-freight.example/done',
          'https://larkspur-freight.example:8443',
          'https://larkspur-freight.example.evil.test/',
          'https://not-larkspur-freight.example/',
        ],
      },
      api: {
        oauth2PermissionScopes: [{ id: CUSTOM_ROLE, value: 'access_agent', adminConsentDisplayName: 'Talk' }],
      },
      requiredResourceAccess: [{ resourceAppId: GRAPH, resourceAccess: [{ id: MAIL_READ, type: 'Role' }] }],
      sponsors: [MIRA_AS_SPONSOR],
      federatedIdentityCredentials: [
        { name: 'ci', issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`, subject: AGENT },
      ],
    }),
  ],
  agentIdentities: [
    record(AGENT, {
      '@odata.type': '#microsoft.graph.agentIdentity',
      appId: AGENT,
      displayName: 'claims-emea',
      agentIdentityBlueprintId: BLUEPRINT,
      description: ' ',
      sponsors: [MIRA_AS_SPONSOR],
      appRoleAssignments: [
        {
          id: 'gsAt0QsYm16-7eWk235ivwE',
          appRoleId: MAIL_READ,
          resourceId: MIRA,
          resourceAppId: GRAPH,
          resourceDisplayName: 'Microsoft Graph',
          appRoleValue: 'Mail.Read',
        },
        { id: 'x', appRoleId: CUSTOM_ROLE, resourceAppId: BLUEPRINT, resourceDisplayName: 'claims-triage' },
      ],
      roleAssignments: [
        {
          id: '1',
          roleDefinitionId: GLOBAL_READER,
          directoryScopeId: '/',
          roleDefinition: { displayName: 'Global Reader', templateId: GLOBAL_READER, isBuiltIn: true },
          viaGroup: { id: MIRA, displayName: 'Tier 0' },
        },
        {
          id: '2',
          roleDefinitionId: CUSTOM_ROLE,
          directoryScopeId: `/${AGENT}`,
          roleDefinition: { displayName: 'Claims clerk', templateId: CUSTOM_ROLE, isBuiltIn: false },
          viaGroup: null,
        },
      ],
    }),
  ],
};

const SECRET_NAMES = [
  'Larkspur',
  'larkspur-freight.example',
  'Mira',
  'claims',
  'Tier 0',
  'clerk',
  'Sorts',
  'Talk',
];

describe('names', () => {
  test('are stand-ins, the same for the same name', async () => {
    const { path } = await written(STREAMED, redaction(['names']));
    const { organization, blueprints, agentIdentities } = await contentOf(path);
    expect(organization?.[0]?.properties).toEqual({
      displayName: 'name-31370855c087',
      verifiedDomains: [
        { name: 'd-de61a2f496ac.invalid', isDefault: true },
        { name: 'd-eebdf1a92d88.invalid', isDefault: false },
      ],
    });
    const blueprint = blueprints?.[0]?.properties ?? {};
    const agent = agentIdentities?.[0]?.properties ?? {};
    expect(blueprint).toMatchObject({ appId: BLUEPRINT, notes: null, tags: ['env:prd'] });
    expect(blueprint['displayName']).toMatch(/^blueprint-[0-9a-f]{12}$/);
    expect(blueprint['description']).toMatch(/^text-[0-9a-f]{12}$/);
    expect(agent['displayName']).toMatch(/^agent-[0-9a-f]{12}$/);
    expect(agent['description']).toBe(' ');
    expect(blueprint['sponsors']).toEqual(agent['sponsors']);
    expect(blueprint['sponsors']).toEqual([
      {
        ...MIRA_AS_SPONSOR,
        displayName: expect.stringMatching(/^user-[0-9a-f]{12}$/) as string,
        userPrincipalName: expect.stringMatching(/^user-[0-9a-f]{12}@d-de61a2f496ac\.invalid$/) as string,
      },
    ]);
  });

  test('of Microsoft stay: of its applications, permissions and built-in roles', async () => {
    const { path } = await written(STREAMED, redaction(['names']));
    const agent = (await contentOf(path)).agentIdentities?.[0]?.properties;
    expect(agent).toMatchObject({
      appRoleAssignments: [
        { resourceDisplayName: 'Microsoft Graph', appRoleValue: 'Mail.Read' },
        { resourceDisplayName: expect.stringMatching(/^name-/) as string },
      ],
      roleAssignments: [
        {
          roleDefinition: { displayName: 'Global Reader' },
          viaGroup: { displayName: expect.stringMatching(/^name-/) as string },
        },
        { roleDefinition: { displayName: expect.stringMatching(/^name-/) as string } },
      ],
    });
  });

  test('of hosts in the domains of the organisation are hidden in addresses, others stay', async () => {
    const { path } = await written(STREAMED, redaction(['names']));
    const { redirectUris } = (await contentOf(path)).blueprints?.[0]?.properties['web'] as {
      redirectUris: string[];
    };
    expect(redirectUris).toEqual([
      expect.stringMatching(/^https:\/\/h-[0-9a-f]{12}\.d-de61a2f496ac\.invalid\/done$/),
      'https://d-de61a2f496ac.invalid:8443',
      'https://larkspur-freight.example.evil.test/',
      'https://not-larkspur-freight.example/',
    ]);
  });

  test('are in no part of the file', async () => {
    const { path } = await written(STREAMED, redaction(['names']));
    const text = textIn(path)
      .replaceAll('larkspur-freight.example.evil.test', '')
      .replaceAll('not-larkspur-freight.example', '');
    for (const name of SECRET_NAMES) expect(text).not.toContain(name);
  });
});

describe('ids', () => {
  test('are stand-ins, the same in all streams and in the header', async () => {
    const { path } = await written(STREAMED, redaction(['ids']));
    const { blueprints, agentIdentities, organization } = await contentOf(path);
    const blueprint = blueprints?.[0]?.properties ?? {};
    const agent = agentIdentities?.[0];
    const appId = String(blueprint['appId']);
    expect(appId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(appId).not.toBe(BLUEPRINT);
    expect(agent?.properties['agentIdentityBlueprintId']).toBe(appId);
    expect(agent?.properties['appId']).toBe(agent?.id);
    expect(blueprint['identifierUris']).toEqual([`api://${appId}`]);
    const snapshot = await openSnapshot(path);
    const { tenant, redacted, deltaLinks } = snapshot.header;
    await snapshot.close();
    expect(tenant).toEqual({ id: organization?.[0]?.id, displayName: 'Larkspur Freight', cloud: 'global' });
    expect([redacted, deltaLinks]).toEqual([['ids'], { applications: null, servicePrincipals: null }]);
    expect(blueprint['federatedIdentityCredentials']).toEqual([
      { name: 'ci', issuer: `https://login.microsoftonline.com/${tenant.id}/v2.0`, subject: agent?.id },
    ]);
    expect(blueprint['displayName']).toBe('claims-triage');
    expect(agent?.properties['roleAssignments']).toMatchObject([
      {},
      { directoryScopeId: `/${agent?.id ?? ''}` },
    ]);
  });

  test('of Microsoft, of permissions and of built-in roles stay', async () => {
    const { path } = await written(STREAMED, redaction(['ids']));
    const { blueprints, agentIdentities } = await contentOf(path);
    expect(blueprints?.[0]?.properties).toMatchObject({
      createdByAppId: TEAMS,
      api: { oauth2PermissionScopes: [{ id: CUSTOM_ROLE }] },
      requiredResourceAccess: [{ resourceAppId: GRAPH, resourceAccess: [{ id: MAIL_READ }] }],
    });
    expect(agentIdentities?.[0]?.properties).toMatchObject({
      appRoleAssignments: [{ appRoleId: MAIL_READ, resourceAppId: GRAPH }, { appRoleId: CUSTOM_ROLE }],
      roleAssignments: [
        { roleDefinitionId: GLOBAL_READER, roleDefinition: { templateId: GLOBAL_READER } },
        {},
      ],
    });
    expect(JSON.stringify(agentIdentities?.[0]?.properties['roleAssignments'])).not.toContain(CUSTOM_ROLE);
  });

  test('are in no part of the file, in no case, nor what is made of them', async () => {
    const { path } = await written(STREAMED, redaction(['ids', 'names']));
    const text = textIn(path).toLowerCase();
    for (const id of [TENANT, BLUEPRINT, AGENT, MIRA, 'gsAt0QsYm16-7eWk235ivwE'])
      expect(text).not.toContain(id.toLowerCase());
    for (const name of SECRET_NAMES.filter((each) => !each.startsWith('larkspur')))
      expect(text).not.toContain(`"${name.toLowerCase()}`);
  });

  test('keep the order of records, and each record', async () => {
    const guid = fc.uuid().map((id) => id.toLowerCase());
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(guid, { maxLength: 40 }), async (ids) => {
        const agents = ids.sort(compareCodePoints).map((id) => record(id, { appId: id }));
        const { path } = await written({ agentIdentities: agents }, redaction(['ids']));
        const read = (await contentOf(path)).agentIdentities ?? [];
        expect(read).toHaveLength(ids.length);
        const expected = ids.map((id) => createRedactor(redaction(['ids'])).text(id, 'id', {}));
        expect(read.map(({ id }) => id)).toEqual(expected.sort(compareCodePoints));
        for (const { id, properties } of read) expect(properties['appId']).toBe(id);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the key', () => {
  test('decides what stands in: the same gives the same bytes, another one nothing in common', async () => {
    const texts = await Promise.all(
      [1, 1, 2].map(async (key) => textIn((await written(STREAMED, redaction(['names', 'ids'], key))).path)),
    );
    expect(texts[0]).toBe(texts[1]);
    const standIns = (text = '') => new Set(text.replaceAll(/sha256:\w+/g, '').match(/[0-9a-f]{12}/g));
    const common = [...standIns(texts[0])].filter((each) => standIns(texts[2]).has(each));
    // Ends of ids of Microsoft's applications, roles and permissions.
    expect(common.sort()).toEqual([
      '000000000000',
      '12d183f40d01',
      '5451cc387264',
      '7fb071fc05bc',
      'a126ee74c451',
    ]);
  });
});

test('the header says what is hidden, always in the same order', async () => {
  for (const [what, says] of [
    [
      ['ids', 'names'],
      ['names', 'ids'],
    ],
    [['names'], ['names']],
    [[], []],
  ] as const)
    expect((await written(STREAMED, redaction(what))).header.redacted).toEqual(says);
  expect((await written(STREAMED)).header).toMatchObject({ redacted: [], tenant: PARTS.tenant });
});

test('without redaction, nothing changes', async () => {
  expect(await contentOf((await written(STREAMED)).path)).toMatchObject({
    organization: STREAMED.organization,
    agentIdentities: [{ properties: { displayName: 'claims-emea' } }],
  });
  expect(STREAMS[0]).toBe('organization');
});

test('hosts are found in time that grows with the text', () => {
  const { learn, text } = createRedactor(redaction(['names']));
  learn({ verifiedDomains: [{ name: 'larkspur.example' }] });
  for (const long of ['a.'.repeat(2000), 'a-'.repeat(4000), `https://${'x'.repeat(8000)}.larkspur.exampl`])
    expect(text(long, 'plain', {})).toBe(long);
});
