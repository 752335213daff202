import { describe, expect, test } from 'vitest';
import { PrincipalTexts } from '../../src/model/principal-texts.ts';
import { factsParts, tenantFacts } from '../../src/model/facts-of.ts';
import { TenantKnownIndex } from '../../src/model/known-tenant.ts';
import { portalUrl } from '../../src/model/portal.ts';
import { tenantResource, type TenantRecord } from '../../src/model/tenant-resource.ts';
import type { ResourceKind } from '../../src/model/vocabulary.ts';

const PLACE = { tenantId: 't1', portal: 'https://entra.microsoft.com' };
const CONTEXT = {
  settings: 'tenant',
  production: { environments: new Set<string>(), tags: new Set(['env:prod']) },
};

function resource(
  kind: ResourceKind,
  properties: TenantRecord['properties'],
  parts: Partial<TenantRecord> = {},
) {
  return tenantResource(kind, { id: 'i1', api: 'v1.0', properties, ...parts }, PLACE, {
    owners: 'facts-missing',
  });
}

describe('an object of a tenant', () => {
  test.each([
    ['organization', { displayName: 'Contoso' }, 'organization/i1', 'organization/i1', null],
    [
      'blueprint',
      { appId: 'a1' },
      'blueprint/a1',
      'applications/i1',
      'Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/a1',
    ],
    ['blueprint', {}, 'blueprint/i1', 'applications/i1', null],
    [
      'blueprintPrincipal',
      { appId: 'a1' },
      'blueprintPrincipal/i1',
      'servicePrincipals/i1',
      'Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/i1/appId/a1',
    ],
    [
      'agentIdentity',
      {},
      'agentIdentity/i1',
      'servicePrincipals/i1',
      'Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/i1/appId/i1',
    ],
    [
      'agentUser',
      {},
      'agentUser/i1',
      'users/i1',
      'Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/i1',
    ],
    [
      'conditionalAccessPolicy',
      {},
      'conditionalAccessPolicy/i1',
      'identity/conditionalAccess/policies/i1',
      'Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/i1',
    ],
    ['riskyAgent', {}, 'riskyAgent/i1', 'identityProtection/riskyAgents/i1', null],
  ] as const)('of kind %s with %j', (kind, properties, ref, path, page) => {
    const { origin, ...rest } = resource(kind, properties);
    expect(rest.ref).toBe(ref);
    expect(origin).toEqual({
      from: 'tenant',
      tenantId: 't1',
      path,
      portalUrl: page === null ? null : `https://entra.microsoft.com/#view/${page}`,
      api: 'v1.0',
    });
  });

  test('is called what it is called, else by its id', () => {
    expect(resource('agentIdentity', { displayName: 'Sales' }).name).toBe('Sales');
    expect(resource('riskyAgent', { agentDisplayName: 'Sales' }).name).toBe('Sales');
    expect(resource('agentIdentity', { displayName: '  ' }).name).toBe('i1');
  });

  test('does not know what its kind and what it itself do not know', () => {
    expect(resource('agentUser', {}, { unknown: { sponsors: 'not-asked' } }).unknown).toEqual({
      owners: 'facts-missing',
      sponsors: 'not-asked',
    });
  });
});

test.each([
  ['no portal', null, 'i1', null],
  ['an id that is none', 'https://x', '../evil', null],
  ['an id with a blank', 'https://x', 'a b', null],
])('there is no page for %s', (_, portal, id, expected) => {
  expect(portalUrl(portal, 'agentUser', { id, appId: null })).toBe(expected);
});

describe('the facts of an object of a tenant', () => {
  const facts = (properties: TenantRecord['properties']) =>
    JSON.parse(
      factsParts(
        {
          derived: tenantFacts(resource('agentIdentity', properties), CONTEXT),
          properties,
          text: [JSON.stringify(properties)],
        },
        new PrincipalTexts(),
      ).join(''),
    ) as { readonly [key: string]: unknown };

  test('have its properties as they are, and what was derived', () => {
    const properties = {
      displayName: 'Sales "x"',
      createdDateTime: '2026-01-01T00:00:00Z',
      signInActivity: { lastSignInDateTime: '2026-02-01T00:00:00Z', source: 'signIns' },
      tags: ['ENV:prod'],
      sponsors: [],
    };
    expect(facts(properties)).toEqual({
      ref: 'agentIdentity/i1',
      kind: 'agentIdentity',
      name: 'Sales "x"',
      origin: {
        from: 'tenant',
        uri: 'servicePrincipals/i1',
        directory: '',
        shape: 'graph',
        tenantId: 't1',
      },
      settings: 'tenant',
      production: true,
      unknown: ['owners'],
      properties,
      created: 1_767_225_600,
      activity: { last: 1_769_904_000, source: 'signIns' },
      sponsors: [],
      owners: [],
      credentials: [],
      secrets: [],
    });
  });

  test.each([
    [null],
    [undefined],
    [{}],
    [{ lastSignInDateTime: null, source: 'signIns' }],
    [{ lastSignInDateTime: 'yesterday', source: 'signIns' }],
  ])('have no activity without evidence: %j', (signInActivity) => {
    expect(facts({ signInActivity })['activity']).toEqual({ last: null, source: null });
  });

  test.each([
    [{ '@odata.type': '#microsoft.graph.user', state: 'found', accountEnabled: true }, 'enabled'],
    [{ '@odata.type': '#microsoft.graph.user', state: 'found', accountEnabled: false }, 'disabled'],
    [{ '@odata.type': '#microsoft.graph.user', state: 'found', accountEnabled: null }, 'unknown'],
    [{ '@odata.type': '#microsoft.graph.user', state: 'deleted', accountEnabled: true }, 'deleted'],
    [{ '@odata.type': '#microsoft.graph.user', state: 'unread' }, 'unknown'],
    [{ '@odata.type': '#microsoft.graph.group', state: 'found' }, 'enabled'],
    [{ '@odata.type': '#microsoft.graph.servicePrincipal', state: 'found' }, 'unknown'],
    [{ '@odata.type': '#microsoft.graph.user', accountEnabled: true }, 'unknown'],
  ])('say of %j that it is %s', (sponsor, state) => {
    expect(facts({ sponsors: [sponsor] })['sponsors']).toMatchObject([{ state }]);
  });

  test('say how many members of a group can act, and of an application which it is', () => {
    const sponsors = [
      { '@odata.type': '#microsoft.graph.group', state: 'found', enabledMemberCount: 0 },
      { '@odata.type': '#microsoft.graph.servicePrincipal', state: 'found', appId: 'a1' },
      { '@odata.type': '#microsoft.graph.user', state: 'found', userType: 'Guest' },
    ];
    expect(facts({ sponsors })['sponsors']).toMatchObject([
      { enabledMembers: 0, appId: null, userType: null },
      { enabledMembers: null, appId: 'a1' },
      { userType: 'Guest' },
    ]);
  });
});

test('look-ups of a tenant have blueprints, principals and what was deleted', () => {
  const index = new TenantKnownIndex();
  const known = (kind: ResourceKind, properties: TenantRecord['properties'], unknown = {}) =>
    tenantResource(kind, { id: 'i1', api: 'v1.0', properties }, PLACE, unknown);
  index.add(
    known('blueprint', {
      appId: 'a1',
      displayName: 'B',
      inheritablePermissions: [{}],
      agentIdentityCount: 2,
    }),
    3,
  );
  index.add(
    known(
      'blueprint',
      { appId: 'a2', inheritablePermissions: [] },
      { inheritablePermissions: 'facts-missing' },
    ),
    4,
  );
  index.add(known('blueprintPrincipal', { appId: '__proto__', accountEnabled: false }), 5);
  index.addDeleted({
    id: 'd1',
    api: 'v1.0',
    properties: { '@odata.type': '#microsoft.graph.agentIdentity', appId: 'a9', displayName: 'Old' },
  });
  const deleted = { type: '#microsoft.graph.agentIdentity', name: 'Old', deletedDateTime: null };
  const { tenant } = index.result();
  expect(tenant?.blueprints).toEqual({
    a1: {
      ref: 'blueprint/a1',
      name: 'B',
      resource: 3,
      inheritablePermissions: [{}],
      agentIdentityCount: 2,
    },
    a2: {
      ref: 'blueprint/a2',
      name: 'i1',
      resource: 4,
      inheritablePermissions: null,
      agentIdentityCount: null,
    },
  });
  expect(Object.entries(tenant?.blueprint_principals ?? {})).toEqual([
    [
      '__proto__',
      {
        ref: 'blueprintPrincipal/i1',
        name: 'i1',
        resource: 5,
        id: 'i1',
        accountEnabled: false,
        appOwnerOrganizationId: null,
      },
    ],
  ]);
  expect(tenant?.deleted).toEqual({ d1: deleted, a9: deleted });
});
