import { describe, expect, test } from 'vitest';
import { closeAfterwards, EVENTUAL, get, refused, stand } from './client.ts';
import { IDS } from './fixtures.ts';

closeAfterwards();

const server = await stand();
const AGENTS = '/v1.0/servicePrincipals/microsoft.graph.agentIdentity';
const UNSUPPORTED = '400 Request_UnsupportedQuery';
const BAD = '400 Request_BadRequest';

describe('the stand-in refuses what no page documents', () => {
  test.each([
    ['a path that is not there', '/v1.0/agents', '400 BadRequest'],
    [
      'a relationship without the cast that it needs',
      `/v1.0/servicePrincipals/${IDS.agentA1}/sponsors`,
      '400 BadRequest',
    ],
    ['deleted items without a type', '/v1.0/directory/deletedItems', '400 BadRequest'],
    ['delta behind a cast', `${AGENTS}/delta`, '404 Request_ResourceNotFound'],
    ['an unknown property', `${AGENTS}?$select=id,sponsor`, BAD],
    ['a property of beta', '/v1.0/servicePrincipals?$select=publisherName', BAD],
    ['an unknown option', `${AGENTS}?$skip=10`, UNSUPPORTED],
    ['an option without a dollar', `${AGENTS}?select=id`, BAD],
    ['an option twice', `${AGENTS}?$top=1&$top=2`, BAD],
    ['an option that a relationship does not have', `${AGENTS}/${IDS.agentA1}/sponsors?$top=5`, UNSUPPORTED],
    [
      'options of what is inherited',
      `/beta${AGENTS.slice(5)}/${IDS.agentB1}/inheritedAppRoleAssignments?$select=id`,
      UNSUPPORTED,
    ],
    ['`$top` of role assignments', '/v1.0/roleManagement/directory/roleAssignments?$top=100', UNSUPPORTED],
    [
      '`$select` of the sign-in report',
      '/beta/reports/servicePrincipalSignInActivities?$select=appId',
      UNSUPPORTED,
    ],
    ['a page of agents above a hundred', `${AGENTS}?$top=101`, UNSUPPORTED],
    ['a page of users above 999', '/v1.0/users?$top=1000', UNSUPPORTED],
    ['an empty page', '/v1.0/users?$top=0', UNSUPPORTED],
    ['two expanded relationships', `${AGENTS}?$expand=sponsors,owners`, UNSUPPORTED],
    ['an expanded property', `${AGENTS}?$expand=tags`, BAD],
    [
      'a filter within an expanded relationship',
      `${AGENTS}?$expand=sponsors($filter=id eq 'x')`,
      UNSUPPORTED,
    ],
    [
      'a filter on a property that has none',
      `${AGENTS}?$filter=disabledByMicrosoftStatus eq 'x'`,
      UNSUPPORTED,
    ],
    ['a filter that does not parse', `${AGENTS}?$filter=displayName is 'x'`, BAD],
    ['`ne` without an advanced query', `${AGENTS}?$filter=accountEnabled ne true`, UNSUPPORTED],
    [
      '`isof` without an advanced query',
      "/v1.0/servicePrincipals?$filter=isof('microsoft.graph.agentIdentity')",
      UNSUPPORTED,
    ],
    ['order without an advanced query', `${AGENTS}?$orderby=displayName`, UNSUPPORTED],
    ['search without the header', `${AGENTS}?$search="displayName:claims"`, UNSUPPORTED],
    ['a count without the header', `${AGENTS}/$count`, BAD],
    [
      'a cast of a relationship without the header',
      `/v1.0/groups/${IDS.sponsors}/members/microsoft.graph.user`,
      UNSUPPORTED,
    ],
    [
      'an object that is not there',
      `/v1.0/users/${IDS.agentA1.replace('d', 'e')}`,
      '404 Request_ResourceNotFound',
    ],
    ['an object of another type', `${AGENTS}/${IDS.principalA}`, '404 Request_ResourceNotFound'],
  ])('%s', async (_, path, expected) => {
    expect(await refused(server, path)).toBe(expected);
  });

  test('more than fifteen values in one clause', async () => {
    const list = Array.from({ length: 16 }, () => `'${IDS.mira}'`).join(',');
    expect(await refused(server, `/v1.0/users?$filter=id in (${list})`)).toBe(BAD);
    expect((await get(server, `/v1.0/users?$filter=id in ('${IDS.mira}')`)).status).toBe(200);
  });

  test('expansion in an advanced query', async () => {
    expect(await refused(server, `${AGENTS}?$expand=sponsors&$count=true`, EVENTUAL)).toBe(UNSUPPORTED);
  });

  test('every method but GET, and GET of a batch', async () => {
    const headers = { Authorization: `Bearer ${server.token()}` };
    const statuses = await Promise.all(
      ['POST', 'PATCH', 'PUT', 'DELETE'].map(
        async (method) => (await fetch(`${server.url}${AGENTS}`, { method, headers })).status,
      ),
    );
    expect(statuses).toEqual([405, 405, 405, 405]);
    expect((await get(server, '/v1.0/$batch')).status).toBe(405);
  });
});

describe('tokens', () => {
  test('are needed, of this tenant, whole and not too old', async () => {
    const parts = server.token().split('.');
    const tokens = [
      undefined,
      'Bearer nonsense',
      `Bearer ${[parts[0], parts[1], 'forged'].join('.')}`,
      `Bearer ${server.token([], { tid: IDS.vendorTenant })}`,
      `Bearer ${server.token([], { exp: server.clock.now() / 1000 - 1 })}`,
    ];
    const answers = await Promise.all(
      tokens.map(async (token) => {
        const response = await fetch(`${server.url}/v1.0/organization`, {
          headers: token === undefined ? {} : { Authorization: token },
        });
        const body = (await response.json()) as { error: { code: string } };
        return [response.status, body.error.code, response.headers.get('www-authenticate')?.slice(0, 6)];
      }),
    );
    expect(answers).toEqual(tokens.map(() => [401, 'InvalidAuthenticationToken', 'Bearer']));
  });

  test('are never in the log', () => {
    const log = JSON.stringify(server.log.entries);
    expect(log).not.toContain(server.token().split('.')[2]);
    expect(server.log.entries.some(({ hasToken }) => !hasToken)).toBe(true);
  });
});
