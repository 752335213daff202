import { describe, expect, test } from 'vitest';
import { closeAfterwards, EVENTUAL, get, stand, values } from './client.ts';
import { IDS } from './fixtures.ts';

closeAfterwards();

const AGENTS = '/servicePrincipals/microsoft.graph.agentIdentity';
const server = await stand();

describe('the stand-in answers as Graph does', () => {
  test('the organisation, with what was selected', async () => {
    const { body } = await get(server, '/v1.0/organization?$select=id,displayName');
    expect(body).toEqual({
      '@odata.context': `${server.url}/v1.0/$metadata#organization(id,displayName)`,
      value: [{ id: IDS.tenant, displayName: 'Larkspur Freight' }],
    });
  });

  test('agents with their sponsors, named by type', async () => {
    const path = `/v1.0${AGENTS}?$select=id,agentIdentityBlueprintId&$expand=sponsors($select=id)&$top=1`;
    const { body } = await get(server, path);
    const { '@odata.nextLink': next, ...rest } = body;
    expect(String(next)).toContain('$skiptoken=');
    expect(rest).toEqual({
      '@odata.context': `${server.url}/v1.0/$metadata#servicePrincipals/microsoft.graph.agentIdentity(id,agentIdentityBlueprintId,sponsors(id))`,
      value: [
        {
          '@odata.type': '#microsoft.graph.agentIdentity',
          id: IDS.agentA1,
          agentIdentityBlueprintId: IDS.appA,
          sponsors: [{ '@odata.type': '#microsoft.graph.user', id: IDS.mira }],
        },
      ],
    });
  });

  test('an agent without `$select`, as its reference lists it', async () => {
    const [first] = await values(server, `/v1.0${AGENTS}?$top=1`);
    expect(Object.keys(first ?? {}).sort()).toEqual([
      '@odata.type',
      'accountEnabled',
      'agentIdentityBlueprintId',
      'appId',
      'createdByAppId',
      'createdDateTime',
      'disabledByMicrosoftStatus',
      'displayName',
      'id',
      'servicePrincipalType',
      'tags',
    ]);
  });

  test('both orders of cast and id, and the alternate key', async () => {
    const cast = 'microsoft.graph.agentIdentityBlueprint';
    const paths = [
      `/v1.0/applications/${cast}/${IDS.blueprintA}`,
      `/v1.0/applications/${IDS.blueprintA}/${cast}`,
      `/v1.0/applications(appId='${IDS.appA}')/${cast}`,
    ];
    const names = await Promise.all(
      paths.map(async (path) => (await get(server, `${path}?$select=displayName`)).body['displayName']),
    );
    expect(names).toEqual(paths.map(() => 'lf-claims-triage-prd'));
  });

  test('key material only with `$select`, secrets never', async () => {
    const path = `/v1.0/applications/${IDS.blueprintA}/microsoft.graph.agentIdentityBlueprint`;
    const whole = (await get(server, path)).body;
    const selected = (await get(server, `${path}?$select=keyCredentials,passwordCredentials`)).body;
    expect([whole['keyCredentials'], selected['keyCredentials']]).toMatchObject([
      [{ key: null }],
      [{ key: 'MIIB' }],
    ]);
    expect(selected['passwordCredentials']).toMatchObject([{ hint: 'q7R', secretText: null }]);
  });

  test('users with few properties in v1.0, unless selected, and all of them in beta', async () => {
    const [stable] = await values(server, '/v1.0/users');
    const [selected] = await values(server, '/v1.0/users?$select=accountEnabled');
    const [beta] = await values(server, '/beta/users');
    expect([stable, selected, beta].map((user) => user?.['accountEnabled'])).toEqual([undefined, true, true]);
  });

  test('what agents inherit: beta only, cut to what the blueprint passes on', async () => {
    const path = `${AGENTS}/${IDS.agentB1}/inherited`;
    const roles = await values(server, `/beta${path}AppRoleAssignments`);
    const scopes = await values(server, `/beta${path}Oauth2PermissionGrants`);
    expect(roles.map((role) => [role['appRoleId'], role['principalId'], role['creationTimestamp']])).toEqual([
      ['e2a3a72e-5f79-4c64-b1b1-878b674786c9', IDS.agentB1, '2026-05-05T07:31:00Z'],
    ]);
    expect(scopes.map((grant) => [grant['scope'], grant['clientId']])).toEqual([['User.Read', IDS.agentB1]]);
    expect((await get(server, `/v1.0${path}AppRoleAssignments`)).status).toBe(400);
    const principal = await get(server, `/beta${AGENTS}/${IDS.principalA}/inheritedAppRoleAssignments`);
    expect(principal.status).toBe(404);
  });

  test('Conditional Access: agents only in beta', async () => {
    const path = '/identity/conditionalAccess/policies';
    const [stable] = await values(server, `/v1.0${path}`);
    const [beta] = await values(server, `/beta${path}`);
    expect(stable?.['conditions']).toEqual({
      applications: { includeApplications: ['All'], excludeApplications: [] },
      users: { includeUsers: ['None'], excludeUsers: [] },
      clientApplications: {
        includeServicePrincipals: [],
        excludeServicePrincipals: [],
        servicePrincipalFilter: null,
      },
    });
    expect(beta?.['conditions']).toMatchObject({
      agentIdRiskLevels: 'high',
      clientApplications: { excludeAgentIdServicePrincipals: [IDS.agentA1] },
    });
  });

  test('other differences of the versions', async () => {
    const credential = `/applications/${IDS.blueprintA}/federatedIdentityCredentials`;
    const [stable] = await values(server, `/v1.0${credential}`);
    const [beta] = await values(server, `/beta${credential}`);
    expect([stable, beta].map((found) => 'claimsMatchingExpression' in (found ?? {}))).toEqual([false, true]);
    const assignment = `/servicePrincipals/${IDS.principalB}/appRoleAssignments`;
    const times = [
      (await values(server, `/v1.0${assignment}`))[0],
      (await values(server, `/beta${assignment}`))[0],
    ];
    expect(times.map((found) => Object.keys(found ?? {}).filter((name) => /^creat/.test(name)))).toEqual([
      ['createdDateTime'],
      ['creationTimestamp'],
    ]);
    const blueprint = `/applications/${IDS.blueprintA}/microsoft.graph.agentIdentityBlueprint?$select=api`;
    const apis = [
      (await get(server, `/v1.0${blueprint}`)).body,
      (await get(server, `/beta${blueprint}`)).body,
    ];
    expect(apis).toMatchObject([
      { api: { preAuthorizedApplications: [{ delegatedPermissionIds: ['one'] }] } },
      { api: { preAuthorizedApplications: [{ permissionIds: ['one'] }] } },
    ]);
    for (const path of [
      '/identityProtection/riskyAgents',
      '/reports/servicePrincipalSignInActivities',
      '/identityGovernance/lifecycleWorkflows/lifecyclePolicies',
      `/servicePrincipals/${IDS.agentA1}/microsoft.graph.agentIdentity/lifecycle`,
    ]) {
      expect([
        (await get(server, `/v1.0${path}`)).status,
        (await get(server, `/beta${path}`)).status,
      ]).toEqual([400, 200]);
    }
  });

  test('sign-ins: interactive users unless asked, later members of enumerations on request', async () => {
    const filter = "$filter=signInEventTypes/any(t: t eq 'nonInteractiveUser')";
    const agents =
      "$filter=signInEventTypes/any(t:t eq 'servicePrincipal') and agent/agentType eq 'agenticAppInstance'";
    const prefer = { Prefer: 'include-unknown-enum-members' };
    const path = '/beta/auditLogs/signIns';
    expect(await values(server, path)).toEqual([]);
    const [careful] = await values(server, `${path}?${filter}`);
    const [told] = await values(server, `${path}?${filter}`, prefer);
    expect([careful, told].map((found) => found?.['agent'])).toMatchObject([
      { agentSubjectType: 'unknownFutureValue' },
      { agentSubjectType: 'agentIDuser' },
    ]);
    expect((await values(server, `${path}?${agents}`)).map((row) => row['appId'])).toEqual([IDS.agentA1]);
  });

  test('role assignments with their definitions', async () => {
    const [found] = await values(
      server,
      '/v1.0/roleManagement/directory/roleAssignments?$expand=roleDefinition',
    );
    expect(found).toMatchObject({
      principalId: IDS.agentUser,
      directoryScopeId: '/',
      roleDefinition: { displayName: 'Exchange Administrator', isBuiltIn: true },
    });
  });

  test('groups: direct and indirect members, by type, counted', async () => {
    const direct = await values(server, `/v1.0/groups/${IDS.sponsors}/members?$select=id`);
    expect(direct.map((member) => member['@odata.type'])).toEqual([
      '#microsoft.graph.user',
      '#microsoft.graph.group',
    ]);
    const path = `/v1.0/groups/${IDS.sponsors}/transitiveMembers/microsoft.graph.user`;
    const people = await values(server, `${path}?$select=id,accountEnabled&$count=true`, EVENTUAL);
    expect(people.map((member) => member['accountEnabled']).sort()).toEqual([false, true]);
    expect((await get(server, `${path}/$count?$filter=accountEnabled eq true`, EVENTUAL)).body).toBe(1);
    const privileged = await values(server, '/v1.0/groups?$filter=isAssignableToRole eq true&$select=id');
    expect(privileged.map((group) => group['id'])).toEqual([IDS.tier0]);
    const memberOf = await values(
      server,
      `/v1.0/servicePrincipals/${IDS.agentA1}/microsoft.graph.agentIdentity/transitiveMemberOf?$select=id,isAssignableToRole`,
    );
    expect(memberOf).toEqual([
      { '@odata.type': '#microsoft.graph.group', id: IDS.tier0, isAssignableToRole: true },
    ]);
  });

  test('deleted objects by type, and a sponsor who is among them', async () => {
    const deleted = await values(
      server,
      '/v1.0/directory/deletedItems/microsoft.graph.user?$select=id,displayName',
    );
    expect(deleted).toEqual([{ id: IDS.gone, displayName: 'Gone Person' }]);
    const sponsors = await values(
      server,
      `/v1.0/servicePrincipals/${IDS.agentA2}/microsoft.graph.agentIdentity/sponsors?$select=id,deletedDateTime`,
    );
    expect(sponsors).toMatchObject([{ id: IDS.gone, deletedDateTime: '2026-11-10T08:00:00Z' }]);
    expect((await get(server, `/v1.0/users/${IDS.gone}`)).status).toBe(404);
  });

  test('common headers: the date of its clock, an id of the request, the cost', async () => {
    const { headers } = await get(server, '/v1.0/servicePrincipals?$top=100');
    expect(headers.get('date')).toBe('Mon, 23 Nov 2026 00:00:00 GMT');
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-ms-resource-unit')).toBe('1');
  });
});
