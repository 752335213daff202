import { describe, expect, test } from 'vitest';
import { directPermissions, inheritedPermissions } from '../../src/model/permissions.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const OTHER = '00000003-0000-0ff1-ce00-000000000000';
const API = { resourceAppId: GRAPH, resourceDisplayName: 'Microsoft Graph' };
const resource = { appId: GRAPH, displayName: 'Microsoft Graph' };
const direct = { by: 'direct' } as const;

describe('direct permissions', () => {
  test('are application permissions by their values, then delegated ones scope by scope', () => {
    expect(
      directPermissions({
        oauth2PermissionGrants: [
          { ...API, consentType: 'AllPrincipals', scope: 'Files.Read User.Read' },
          { ...API, consentType: 'Principal', scope: 'Mail.Read' },
        ],
        appRoleAssignments: [{ ...API, appRoleId: 'r1', appRoleValue: 'Mail.Send' }],
      }),
    ).toEqual([
      { kind: 'application', name: 'Mail.Send', resource, origin: direct, consent: 'admin' },
      { kind: 'delegated', name: 'Files.Read', resource, origin: direct, consent: 'allUsers' },
      { kind: 'delegated', name: 'User.Read', resource, origin: direct, consent: 'allUsers' },
      { kind: 'delegated', name: 'Mail.Read', resource, origin: direct, consent: 'user' },
    ]);
  });

  test('have the id of a role without a value, and no default access', () => {
    const assignments = [
      { appRoleId: 'r1', appRoleValue: null },
      { appRoleId: '00000000-0000-0000-0000-000000000000', appRoleValue: null },
    ];
    expect(directPermissions({ appRoleAssignments: assignments })).toEqual([
      {
        kind: 'application',
        name: 'r1',
        resource: { appId: null, displayName: null },
        origin: direct,
        consent: 'admin',
      },
    ]);
  });

  test.each([[undefined], [null], ['x'], [[null, 'x', 7, []]], [{}]])('are none in %j', (value) => {
    expect(directPermissions({ appRoleAssignments: value, oauth2PermissionGrants: value })).toEqual([]);
  });
});

describe('inherited permissions', () => {
  const grants = {
    from: { ref: 'blueprintPrincipal/p', name: 'Invoices' },
    appRoleAssignments: [{ ...API, appRoleId: 'r1', appRoleValue: 'Mail.Send' }],
    oauth2PermissionGrants: [
      { ...API, consentType: 'AllPrincipals', scope: 'Files.Read User.Read' },
      { resourceAppId: OTHER, resourceDisplayName: null, consentType: 'AllPrincipals', scope: 'Sites.Read' },
    ],
  };
  const inherited = (inheritablePermissions: unknown) =>
    inheritedPermissions({ ...grants, inheritablePermissions }).map(({ kind, name }) => `${kind} ${name}`);

  test('say where they come from', () => {
    const [first] = inheritedPermissions({
      ...grants,
      inheritablePermissions: [{ resourceAppId: GRAPH, inheritableScopes: { kind: 'allAllowed' } }],
    });
    expect(first?.origin).toEqual({ by: 'inherited', from: 'blueprintPrincipal/p', name: 'Invoices' });
  });

  test.each([
    ['nothing is inheritable', [], []],
    ['that is unknown', null, []],
    [
      'all scopes of one API',
      [{ resourceAppId: GRAPH, inheritableScopes: { '@odata.type': '#microsoft.graph.allAllowedScopes' } }],
      ['delegated Files.Read', 'delegated User.Read'],
    ],
    [
      'scopes by name, in any case',
      [{ resourceAppId: GRAPH, inheritableScopes: { kind: 'enumerated', scopes: ['USER.READ', 7] } }],
      ['delegated User.Read'],
    ],
    [
      'none, whatever is listed',
      [{ resourceAppId: GRAPH, inheritableScopes: { kind: 'none', scopes: ['User.Read'] } }],
      [],
    ],
    [
      'all roles',
      [{ resourceAppId: GRAPH, inheritableRoles: { kind: 'allAllowed' } }],
      ['application Mail.Send'],
    ],
    [
      'of an API that nothing is granted on',
      [{ resourceAppId: 'x', inheritableScopes: { kind: 'allAllowed' } }],
      [],
    ],
  ])('%s', (_, inheritable, expected) => {
    expect(inherited(inheritable)).toEqual(expected);
  });
});
