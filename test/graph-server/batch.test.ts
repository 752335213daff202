import { describe, expect, test } from 'vitest';
import { closeAfterwards, stand } from './client.ts';
import { IDS } from './fixtures.ts';
import type { GraphServer } from './server.ts';

closeAfterwards();

type Part = {
  readonly id: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
};

async function send(server: GraphServer, requests: unknown, version = 'v1.0') {
  const response = await fetch(`${server.url}/${version}/$batch`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.token()}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ requests }),
  });
  const body = (await response.json()) as { responses?: readonly Part[]; error?: { message: string } };
  return { status: response.status, ...body };
}

function users(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    method: 'GET',
    url: '/users?$top=1',
  }));
}

describe('batches', () => {
  test('answer each part by itself, in any order', async () => {
    const server = await stand();
    const { status, responses } = await send(server, [
      {
        id: 'a',
        method: 'GET',
        url: `/servicePrincipals/${IDS.agentA1}/microsoft.graph.agentIdentity/sponsors?$select=id`,
      },
      { id: 'b', method: 'GET', url: '/nothing' },
      {
        id: 'c',
        method: 'GET',
        url: `/servicePrincipals/${IDS.agentA1}/microsoft.graph.agentIdentity/owners/$count`,
        headers: { ConsistencyLevel: 'eventual' },
      },
      { id: 'd', method: 'DELETE', url: `/users/${IDS.mira}` },
    ]);
    expect(status).toBe(200);
    expect(responses?.map((part) => [part.id, part.status, part.headers['Content-Type']])).toEqual([
      ['d', 405, 'application/json'],
      ['c', 200, 'text/plain'],
      ['b', 400, 'application/json'],
      ['a', 200, 'application/json'],
    ]);
    expect(responses?.[1]?.body).toBe(1);
    expect(responses?.[3]?.body).toMatchObject({ value: [{ id: IDS.mira }] });
  });

  test('are logged with their parts, as one round trip', async () => {
    const server = await stand();
    await send(server, users(3));
    expect(server.log.roundTrips()).toBe(1);
    expect(server.log.data().map(({ label, part, method }) => [label, part, method])).toEqual([
      ['/users', true, 'GET'],
      ['/users', true, 'GET'],
      ['/users', true, 'GET'],
    ]);
  });

  test('are refused as a whole', async () => {
    const server = await stand();
    const whole = { id: '1', method: 'GET', url: '/users' };
    const bad = [
      users(21),
      [],
      'nothing',
      [whole, whole],
      [{ method: 'GET', url: '/users' }],
      [{ id: '1', method: 'GET', url: `${server.url}/v1.0/users` }],
      [{ id: '1', method: 'GET', url: '/v1.0/users' }],
      [{ id: '1', method: 'POST', url: '/$batch' }],
    ];
    const statuses = await Promise.all(bad.map(async (requests) => (await send(server, requests)).status));
    expect(statuses).toEqual(bad.map(() => 400));
    expect((await send(server, users(20))).status).toBe(200);
  });

  test('go by the version of their own path', async () => {
    const server = await stand();
    const part = [{ id: '1', method: 'GET', url: '/identityProtection/riskyAgents' }];
    expect((await send(server, part)).responses?.[0]?.status).toBe(400);
    expect((await send(server, part, 'beta')).responses?.[0]?.status).toBe(200);
  });

  test('G27 lose parts, answer them twice or for nobody', async () => {
    const server = await stand();
    const answered = async (change: 'missing' | 'twice' | 'unknown id') => {
      server.addFault({ match: { label: '/$batch' }, fault: { kind: 'parts', change } });
      return (await send(server, users(2))).responses?.map(({ id }) => id);
    };
    expect(await answered('missing')).toEqual(['1']);
    expect(await answered('twice')).toEqual(['0', '0', '1']);
    expect(await answered('unknown id')).toEqual(['nobody asked for this', '1']);
    expect((await send(server, users(2))).responses?.map(({ id }) => id)).toEqual(['1', '0']);
  });
});
