import { describe, expect, test } from 'vitest';
import { closeAfterwards, get, stand } from './client.ts';
import type { Fault, FaultMatch } from './faults.ts';
import { IDS } from './fixtures.ts';
import { createMemoryTenant } from './memory-tenant.ts';
import { SMALL_TENANT } from './fixtures.ts';

closeAfterwards();

const AGENTS = '/v1.0/servicePrincipals/microsoft.graph.agentIdentity?$select=id,displayName&$top=2';

async function faulty(fault: Fault, match: FaultMatch = {}, times = 1) {
  return stand({ faults: [{ fault, match, times }] });
}

/** What a client sees: a status, or that the connection broke. */
async function outcome(fault: Fault): Promise<unknown> {
  const server = await faulty(fault);
  try {
    const { status, body } = await get(server, AGENTS);
    return typeof body === 'string' ? [status, String(body).slice(0, 9)] : [status, Object.keys(body)];
  } catch (error) {
    return (error as Error).message;
  }
}

async function firstItem(fault: Fault) {
  const { body } = await get(await faulty(fault), AGENTS);
  return (body['value'] as readonly Record<string, unknown>[])[0];
}

describe('a script of faults', () => {
  test('plays each fault as often as it says, on the requests it is for', async () => {
    const server = await stand({
      faults: [
        { match: { label: '/users' }, fault: { kind: 'status', status: 503 }, times: 2 },
        { match: { label: /riskyAgents$/, nth: 2 }, fault: { kind: 'status', status: 500 } },
        { match: { url: /skiptoken/ }, fault: { kind: 'status', status: 401 } },
      ],
    });
    const seen: number[] = [];
    for (const path of [
      '/v1.0/users',
      '/v1.0/users',
      '/v1.0/users',
      '/beta/identityProtection/riskyAgents',
      '/beta/identityProtection/riskyAgents',
      '/beta/identityProtection/riskyAgents',
    ]) {
      seen.push((await get(server, path)).status);
    }
    expect(seen).toEqual([503, 503, 200, 200, 500, 200]);
    const next = String((await get(server, AGENTS)).body['@odata.nextLink']);
    expect([(await get(server, next)).status, (await get(server, next)).status]).toEqual([401, 200]);
    expect(server.faultsUsed()).toBe(4);
  });

  test.each<readonly [string, Fault, unknown]>([
    [
      'G03 a gateway that answers with a page',
      { kind: 'status', status: 502, html: true },
      [502, '<!DOCTYPE'],
    ],
    ['G04 a reset before the headers', { kind: 'reset', when: 'before headers' }, 'fetch failed'],
    ['G04 a reset after the headers', { kind: 'reset', when: 'after headers' }, 'terminated'],
    ['G04 a reset in the body', { kind: 'reset', when: 'in the body' }, 'terminated'],
    ['G14 a body that ends early', { kind: 'truncated' }, [200, '{"@odata.']],
    ['G15 a page of a captive portal', { kind: 'instead', of: 'html' }, [200, '<!DOCTYPE']],
    ['G15 an error with status 200', { kind: 'instead', of: 'error' }, [200, ['error']]],
    ['G12 no content', { kind: 'instead', of: 'empty 204' }, [204, '']],
    ['G12 no list', { kind: 'value', is: 'missing' }, [200, ['@odata.context', '@odata.nextLink']]],
    ['G17 a redirect', { kind: 'redirect', status: 302, to: 'foreign' }, [302, '']],
  ])('%s', async (_, fault, expected) => {
    expect(await outcome(fault)).toEqual(expected);
  });

  test('G07 claims are asked for', async () => {
    const { status, headers } = await get(
      await faulty({ kind: 'claims', claims: '{"access_token":{}}' }),
      AGENTS,
    );
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining(`claims="${Buffer.from('{"access_token":{}}').toString('base64')}"`),
    ]);
  });

  test('G02 Retry-After is sent as it is', async () => {
    const { headers } = await get(await faulty({ kind: 'status', status: 429, retryAfter: 'soon' }), AGENTS);
    expect(headers.get('retry-after')).toBe('soon');
  });

  test('G08 G09 G10 G11 next links lead astray', async () => {
    const links = await Promise.all(
      (['loop', 'empty', 'null', 'number', 'foreign', 'http', 'port', 'userinfo'] as const).map(
        async (to) => {
          const server = await faulty({ kind: 'next link', to });
          const { body } = await get(server, AGENTS);
          const link = body['@odata.nextLink'];
          return typeof link === 'string' ? link.replace(server.url, 'SERVER').slice(0, 31) : link;
        },
      ),
    );
    expect(links).toEqual([
      'SERVER/v1.0/servicePrincipals/m',
      '',
      null,
      7,
      'https://graph.microsoft.example',
      'http://graph.microsoft.com/v1.0',
      'http://127.0.0.1:1/v1.0/service',
      'SERVER:x@localhost:1/v1.0/servi',
    ]);
  });

  test('G21 G22 objects come twice, or are left out', async () => {
    const again = await faulty({ kind: 'duplicate' }, { continued: true });
    const first = await get(again, AGENTS);
    const second = await get(again, String(first.body['@odata.nextLink']));
    expect((second.body['value'] as readonly { id: string }[]).map(({ id }) => id)).toEqual([
      IDS.agentB1,
      IDS.agentA1,
    ]);
    const short = await get(await faulty({ kind: 'gap', objects: 1 }), AGENTS);
    expect(short.body['value']).toHaveLength(1);
  });

  test('G23 objects are damaged', async () => {
    const change = (what: Extract<Fault, { kind: 'item' }>['change']): Fault => ({
      kind: 'item',
      index: 0,
      change: what,
    });
    expect(await firstItem(change('all null'))).toEqual({
      '@odata.type': '#microsoft.graph.agentIdentity',
      id: IDS.agentA1,
      displayName: null,
    });
    expect(await firstItem(change('missing property'))).not.toHaveProperty('displayName');
    expect((await firstItem(change('wrong type')))?.['displayName']).toEqual({ unexpected: true });
    expect((await firstItem(change('seven digits')))?.['displayName']).toBe('2026-06-18T08:12:44.1234567Z');
    expect((await firstItem(change('control characters')))?.['displayName']).toContain('\u001b');
    expect((await firstItem(change('big number')))?.['displayName']).toBe(9007199254740992);
  });

  test('G20 an object vanishes between the list and its own read', async () => {
    const tenant = createMemoryTenant(SMALL_TENANT);
    const server = await stand({
      tenant,
      faults: [{ match: { label: /owners$/ }, fault: { kind: 'vanish' } }],
    });
    const path = `/v1.0/servicePrincipals/${IDS.agentA1}/microsoft.graph.agentIdentity/owners`;
    expect((await get(server, path)).status).toBe(404);
    expect(tenant.object(IDS.agentA1)).toHaveProperty('deletedDateTime');
  });

  test('G05 an answer hangs, or drips', async () => {
    const server = await stand({
      faults: [
        { match: { label: '/users' }, fault: { kind: 'hang' } },
        { match: { label: '/groups' }, fault: { kind: 'drip', bytes: 400, pauseMs: 1 } },
      ],
    });
    const hanging = fetch(`${server.url}/v1.0/users`, {
      headers: { Authorization: `Bearer ${server.token()}` },
      signal: AbortSignal.timeout(40),
    });
    await expect(hanging).rejects.toThrow('timeout');
    expect((await get(server, '/v1.0/groups')).status).toBe(200);
  });
});
