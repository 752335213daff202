import { describe, expect, test } from 'vitest';
import { closeAfterwards, get, stand } from './client.ts';
import { virtualClock } from './clock.ts';
import { IDS } from './fixtures.ts';

closeAfterwards();

async function limited() {
  const clock = virtualClock();
  return { clock, server: await stand({ clock, throttling: true }) };
}

async function statuses(path: string, times: number, server: Awaited<ReturnType<typeof stand>>) {
  const found: number[] = [];
  for (let count = 0; count < times; count += 1) found.push((await get(server, path)).status);
  return found;
}

describe('throttling', () => {
  test('counts resource units as the documentation does', async () => {
    const server = await stand();
    const cost = async (path: string) => Number((await get(server, path)).headers.get('x-ms-resource-unit'));
    expect(await cost('/v1.0/applications')).toBe(2);
    expect(await cost('/v1.0/applications?$select=id')).toBe(1);
    expect(await cost('/v1.0/users?$top=5')).toBe(1);
    expect(await cost('/v1.0/servicePrincipals/microsoft.graph.agentIdentity?$expand=sponsors')).toBe(2);
    expect(await cost('/v1.0/servicePrincipals/microsoft.graph.agentIdentity?$select=id')).toBe(1);
    expect(await cost('/v1.0/oauth2PermissionGrants')).toBe(2);
    expect(server.units()).toBe(9);
  });

  test('G01 of the directory says when to come back', async () => {
    const { server, clock } = await limited();
    // 700 requests of five units are what ten seconds of a small tenant allow.
    const batch = JSON.stringify({
      requests: Array.from({ length: 20 }, (_, index) => ({
        id: String(index),
        method: 'GET',
        url: `/groups/${IDS.sponsors}/transitiveMembers`,
      })),
    });
    const headers = { Authorization: `Bearer ${server.token()}` };
    const parts: { status: number; headers: Record<string, string> }[] = [];
    while (parts.every(({ status }) => status === 200)) {
      const response = await fetch(`${server.url}/v1.0/$batch`, { method: 'POST', headers, body: batch });
      const { responses } = (await response.json()) as { responses: typeof parts };
      parts.push(...responses);
    }
    expect(parts.filter(({ status }) => status === 200)).toHaveLength(700);
    expect(parts.find(({ status }) => status === 429)?.headers['Retry-After']).toBe('10');
    clock.advance(10_001);
    expect((await get(server, '/v1.0/applications')).status).toBe(200);
  });

  test('of Conditional Access and risk is one a second, without a word on when', async () => {
    const { server, clock } = await limited();
    expect(await statuses('/beta/identity/conditionalAccess/policies', 1, server)).toEqual([200]);
    const refused = await get(server, '/beta/identityProtection/riskyAgents');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    clock.advance(1000);
    expect(await statuses('/beta/identityProtection/riskyAgents', 2, server)).toEqual([200, 429]);
  });

  test('of reports is five in ten seconds', async () => {
    const { server, clock } = await limited();
    const path = '/beta/reports/servicePrincipalSignInActivities';
    expect(await statuses(path, 6, server)).toEqual([200, 200, 200, 200, 200, 429]);
    clock.advance(4000);
    expect((await get(server, path)).headers.get('retry-after')).toBe('6');
    clock.advance(6000);
    expect(await statuses(path, 1, server)).toEqual([200]);
  });

  test('is off unless asked for', async () => {
    const server = await stand();
    expect(await statuses('/beta/identityProtection/riskyAgents', 3, server)).toEqual([200, 200, 200]);
  });
});
