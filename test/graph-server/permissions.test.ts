import { describe, expect, test } from 'vitest';
import { closeAfterwards, get, stand, values } from './client.ts';
import { IDS } from './fixtures.ts';
import { ALL_READ_ROLES } from './roles.ts';

closeAfterwards();

const AGENT = `/v1.0/servicePrincipals/${IDS.agentA1}/microsoft.graph.agentIdentity`;
const BLUEPRINT = `/v1.0/applications/${IDS.blueprintA}/microsoft.graph.agentIdentityBlueprint`;

/** A path, with each permission that is enough by itself. */
const MATRIX: readonly (readonly [path: string, enough: readonly string[]])[] = [
  ['/v1.0/organization', ['Directory.Read.All', 'Organization.Read.All']],
  [
    '/v1.0/applications/microsoft.graph.agentIdentityBlueprint',
    ['AgentIdentityBlueprint.Read.All', 'Application.Read.All', 'Directory.Read.All'],
  ],
  [`${BLUEPRINT}/inheritablePermissions`, ['AgentIdentityBlueprint.Read.All']],
  [`${BLUEPRINT}/sponsors`, ['AgentIdentityBlueprint.Read.All', 'Application.Read.All']],
  [`/v1.0/applications/${IDS.blueprintA}/federatedIdentityCredentials`, ['Application.Read.All']],
  [
    '/v1.0/servicePrincipals/microsoft.graph.agentIdentityBlueprintPrincipal',
    ['AgentIdentityBlueprintPrincipal.Read.All', 'Application.Read.All'],
  ],
  [
    '/v1.0/servicePrincipals/microsoft.graph.agentIdentity',
    ['AgentIdentity.Read.All', 'Application.Read.All'],
  ],
  [`${AGENT}/sponsors`, ['AgentIdentity.Read.All']],
  [`${AGENT}/owners`, ['AgentIdentity.Read.All', 'Application.Read.All']],
  [`${AGENT}/transitiveMemberOf`, ['AgentIdentity.Read.All', 'Application.Read.All', 'Directory.Read.All']],
  [
    `/v1.0/servicePrincipals/${IDS.agentA1}/appRoleAssignments`,
    ['Application.Read.All', 'Directory.Read.All'],
  ],
  ['/v1.0/oauth2PermissionGrants', ['Directory.Read.All']],
  ['/v1.0/users/microsoft.graph.agentUser', ['Directory.Read.All', 'User.Read.All']],
  [`/v1.0/users/${IDS.agentUser}/sponsors`, ['Directory.Read.All', 'User.Read.All']],
  ['/v1.0/groups', ['Directory.Read.All', 'GroupMember.Read.All']],
  ['/v1.0/roleManagement/directory/roleAssignments', ['Directory.Read.All', 'RoleManagement.Read.Directory']],
  ['/beta/identity/conditionalAccess/policies', ['Policy.Read.All']],
  ['/beta/identityProtection/riskyAgents', ['IdentityRiskyAgent.Read.All']],
  ['/beta/auditLogs/signIns', ['AuditLog.Read.All', 'Directory.Read.All']],
  // Either of the two that it takes is not enough.
  ['/beta/reports/servicePrincipalSignInActivities', []],
  ['/beta/identityGovernance/lifecycleWorkflows/lifecyclePolicies', ['LifecyclePolicies-AgentId.Read.All']],
  ['/v1.0/directory/deletedItems/microsoft.graph.user', ['Directory.Read.All', 'User.Read.All']],
  ['/v1.0/servicePrincipals/delta', ['Application.Read.All', 'Directory.Read.All']],
];

describe('permissions', () => {
  test.each(MATRIX)('%s is open to exactly who may read it', async (path, enough) => {
    const server = await stand();
    const statuses = await Promise.all(
      ALL_READ_ROLES.map(async (role) => {
        const headers = { Authorization: `Bearer ${server.token([role])}` };
        return [role, (await get(server, path, headers)).status] as const;
      }),
    );
    expect(statuses.filter(([, status]) => status === 200).map(([role]) => role)).toEqual(enough);
    expect(statuses.filter(([, status]) => status !== 200).every(([, status]) => status === 403)).toBe(true);
  });

  test('a refusal says so in the words of Graph', async () => {
    const server = await stand({ roles: [] });
    const { status, body } = await get(server, '/v1.0/organization');
    expect([status, body]).toEqual([
      403,
      {
        error: {
          code: 'Authorization_RequestDenied',
          message: 'Insufficient privileges to complete the operation.',
          innerError: {
            date: '2026-11-23T00:00:00',
            'request-id': '00000000-0000-4000-8000-000000000001',
            'client-request-id': '00000000-0000-4000-8000-000000000001',
          },
        },
      },
    ]);
  });

  test('properties with a permission of their own', async () => {
    const without = (role: string) => stand({ withheld: [role] });
    const attributes =
      '/v1.0/servicePrincipals/microsoft.graph.agentIdentity?$select=id,customSecurityAttributes';
    const activity = '/v1.0/users/microsoft.graph.agentUser?$select=id,signInActivity';
    const [attributesOff, activityOff, all] = await Promise.all([
      without('CustomSecAttributeAssignment.Read.All'),
      without('AuditLog.Read.All'),
      stand(),
    ]);
    expect((await get(attributesOff, attributes)).status).toBe(403);
    expect((await get(activityOff, activity)).status).toBe(403);
    expect((await values(all, attributes))[0]).toMatchObject({
      customSecurityAttributes: { AgentGovernance: { Environment: 'prd' } },
    });
    expect((await values(all, activity))[0]).toMatchObject({
      signInActivity: { lastSignInDateTime: '2026-11-20T08:00:00Z' },
    });
  });

  test('G19 objects that may not be read keep their type and id', async () => {
    const path = `${BLUEPRINT}/sponsors?$select=id,displayName,accountEnabled,groupTypes`;
    const seen = async (...roles: readonly string[]) => {
      const server = await stand({ roles: ['AgentIdentityBlueprint.Read.All', ...roles] });
      return values(server, path);
    };
    const user = { '@odata.type': '#microsoft.graph.user', id: IDS.mira };
    const group = { '@odata.type': '#microsoft.graph.group', id: IDS.sponsors };
    expect(await seen()).toEqual([
      { ...user, displayName: null, accountEnabled: null },
      { ...group, displayName: null, groupTypes: null },
    ]);
    expect(await seen('User.ReadBasic.All', 'GroupMember.Read.All')).toEqual([
      { ...user, displayName: 'Mira Okafor', accountEnabled: null },
      { ...group, displayName: 'Claims agent sponsors', groupTypes: ['Unified'] },
    ]);
    expect(await seen('Directory.Read.All')).toEqual([
      { ...user, displayName: 'Mira Okafor', accountEnabled: true },
      { ...group, displayName: 'Claims agent sponsors', groupTypes: ['Unified'] },
    ]);
  });
});
