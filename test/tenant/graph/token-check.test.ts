import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLOUDS, endpointsOf, type CloudName } from '../../../src/tenant/graph/clouds.ts';
import { checkToken, type TokenDemands } from '../../../src/tenant/graph/token-check.ts';
import { canWrite } from '../../../src/tenant/graph/write-permissions.ts';
import { loopback, NOW, TENANT, tokenWith } from './opening.ts';

const OTHER = '866e3704-6c28-5b4f-a2a6-b38be3882568';

function demands(rest: Partial<TokenDemands> = {}): TokenDemands {
  return {
    endpoints: loopback('https://graph.microsoft.com'),
    tenant: TENANT,
    allowWriteScopes: false,
    now: NOW,
    ...rest,
  };
}

function says(claims: { readonly [name: string]: unknown }, rest: Partial<TokenDemands> = {}) {
  const checked = checkToken(tokenWith(claims), demands(rest));
  return checked.ok ? 'good' : `${checked.problem.code}: ${checked.problem.message}`;
}

test('a good token says what it may do', () => {
  const token = tokenWith({
    roles: ['User.Read.All', 'Application.Read.All', 'User.Read.All'],
    appid: 'app-1',
  });
  expect(checkToken(token, demands())).toEqual({
    ok: true,
    facts: {
      isReadable: true,
      tenantId: TENANT,
      kind: 'app',
      clientId: 'app-1',
      permissions: ['Application.Read.All', 'User.Read.All'],
      writePermissions: [],
      expiresAt: NOW / 1000 + 3600,
      warnings: [],
    },
  });
});

test('a delegated token has scopes, of which those for signing in say nothing', () => {
  const token = tokenWith({
    roles: undefined,
    scp: 'openid profile email Directory.Read.All offline_access',
    azp: 'app-2',
  });
  expect(checkToken(token, demands())).toMatchObject({
    facts: { kind: 'user', clientId: 'app-2', permissions: ['Directory.Read.All'] },
  });
});

describe('G24 wrong cloud or tenant', () => {
  test('a token of another tenant is refused; letter case is no difference, a domain cannot be compared', () => {
    expect(says({ tid: OTHER })).toBe(`wrong-tenant: The token is of the tenant ${OTHER}, not of ${TENANT}`);
    expect(says({ tid: TENANT.toUpperCase() })).toBe('good');
    expect(says({}, { tenant: TENANT.toUpperCase() })).toBe('good');
    expect(says({ tid: OTHER }, { tenant: 'larkspur.example' })).toBe('good');
    expect(says({ tid: OTHER }, { tenant: null })).toBe('good');
  });

  test('a token for something else than Graph is refused', () => {
    for (const aud of [
      'https://management.azure.com',
      'https://graph.microsoft.us',
      'https://graph.windows.net/',
      7,
      undefined,
    ])
      expect(says({ aud })).toBe('wrong-audience: The token is not for Microsoft Graph of the global cloud');
  });

  test('Graph is its URL, with or without a slash, or its client id', () => {
    const names = [
      'https://graph.microsoft.com',
      'https://graph.microsoft.com/',
      '00000003-0000-0000-c000-000000000000',
    ];
    for (const aud of names) expect(says({ aud })).toBe('good');
  });

  test.each(Object.keys(CLOUDS) as CloudName[])('in %s a token is for Graph there', (cloud) => {
    const found = endpointsOf({ cloud });
    if (!found.ok) throw new Error(found.problem.message);
    const { endpoints } = found;
    expect(says({ aud: CLOUDS[cloud].graph }, { endpoints })).toBe('good');
    for (const other of Object.values(CLOUDS).filter(({ graph }) => graph !== CLOUDS[cloud].graph))
      expect(says({ aud: other.graph }, { endpoints })).toContain('wrong-audience');
  });
});

test('a token that has ended, or has not begun, is refused; a minute of difference between clocks is nothing', () => {
  expect(says({ exp: NOW / 1000 })).toBe('token-expired: The token is no longer valid');
  expect(says({ nbf: NOW / 1000 + 3600 })).toBe('token-expired: The token is not valid yet');
  expect(says({ nbf: NOW / 1000 + 60 })).toBe('good');
});

test.each(['opaque', '', 'a.b.c', 'a.W10.c', `a.${Buffer.from('7').toString('base64url')}.c`])(
  'a token that cannot be read (“%s”) is used with a warning',
  (token) => {
    expect(checkToken(token, demands())).toEqual({
      ok: true,
      facts: {
        isReadable: false,
        tenantId: null,
        kind: null,
        clientId: null,
        permissions: null,
        writePermissions: [],
        expiresAt: null,
        warnings: ['The token cannot be read: its tenant, its audience and its permissions are not checked'],
      },
    });
  },
);

describe('G25 a token that can write', () => {
  const roles = ['Directory.Read.All', 'AgentIdentity.CreateAsManager', 'Application.ReadWrite.All'];

  test('is refused with the names', () => {
    expect(says({ roles })).toBe(
      'write-permissions: The token can write to agents or the directory, which reading does not need: AgentIdentity.CreateAsManager, Application.ReadWrite.All',
    );
  });

  test('is used with a warning where that is allowed', () => {
    expect(checkToken(tokenWith({ roles }), demands({ allowWriteScopes: true }))).toMatchObject({
      facts: {
        writePermissions: ['AgentIdentity.CreateAsManager', 'Application.ReadWrite.All'],
        warnings: [
          'The token can write, although only reading is done: AgentIdentity.CreateAsManager, Application.ReadWrite.All',
        ],
      },
    });
  });

  test('of the Azure CLI has a hint of its own', () => {
    const claims = { scp: 'Directory.AccessAsUser.All', appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' };
    const checked = checkToken(tokenWith(claims), demands());
    expect(checked.ok ? '' : checked.problem.hint).toContain('Tokens of the Azure CLI can always write');
  });

  const WRITING = [
    'AgentIdentity.Create.All',
    'AgentIdentity.EnableDisable.All',
    'AgentIdentityBlueprint.AddRemoveCreds.All',
    'AgentIdentityBlueprint.UpdateAuthProperties.All',
    'AgentIdentityBlueprint.UpdateSponsors.All',
    'AgentIdentityBlueprintPrincipal.ReadWrite.All',
    'AgentIdUser.ReadWrite.IdentityParentedBy',
    'AppRoleAssignment.ReadWrite.All',
    'Application.ReadUpdate.All',
    'Application-RemoteDesktopConfig.ReadWrite.All',
    'DelegatedPermissionGrant.ReadWrite.All',
    'Directory.AccessAsUser.All',
    'Group.Create',
    'IdentityRiskyAgent.ReadWrite.All',
    'LifecyclePolicies-AgentId.ReadWrite.All',
    'Policy.ReadWrite.ConditionalAccess',
    'RoleManagement.ReadWrite.Directory',
    'User.Invite.All',
    'UserAuthMethod-Passkey.ReadWrite.All',
    'AgentNextYear.Reconfigure.All',
  ];
  const READING = [
    'AgentIdentity.Read.All',
    'AgentIdentityBlueprint.Read.All',
    'Application.Read.All',
    'AuditLog.Read.All',
    'CustomSecAttributeAssignment.Read.All',
    'Directory.Read.All',
    'IdentityRiskyAgent.Read.All',
    'LifecyclePolicies-AgentId.Read.All',
    'Member.Read.Hidden',
    'Organization.Read.All',
    'Policy.Read.All',
    'RoleManagement.Read.Directory',
    'User.Read',
    'User.ReadBasic.All',
    // These write, but nothing that this is about.
    'Mail.Send',
    'Files.ReadWrite.All',
    'Agreement.ReadWrite.All',
  ];
  test.each(WRITING)('%s writes', (name) => {
    expect(canWrite(name)).toBe(true);
  });
  test.each(READING)('%s does not', (name) => {
    expect(canWrite(name)).toBe(false);
  });

  test('every permission about agents that Graph has is either reading or counted', () => {
    const table = readFileSync(
      new URL('../../../policies/data/graph-permissions.json', import.meta.url),
      'utf8',
    );
    const names = [...new Set(table.match(/"Agent[A-Z][\w-]*\.[\w.]+"/g))].map((name) => name.slice(1, -1));
    const reading = names.filter((name) => !canWrite(name));
    expect(names.length).toBeGreaterThan(0);
    expect(reading.filter((name) => !/\.Read(?:\.|$)/.test(name))).toEqual([]);
  });
});
