import { expect, test } from 'vitest';
import { exchange, graphClient } from '../../../src/tenant/graph/middleware.ts';
import { assertReading, NotReadingError } from '../../../src/tenant/graph/read-only.ts';
import { RECEIVE_LIMITS } from '../../../src/tenant/graph/receive.ts';
import { Tokens } from '../../../src/tenant/graph/tokens.ts';
import type { BatchPart, GraphReader } from '../../../src/tenant/graph/types.ts';
import type { Call } from '../../../src/tenant/graph/exchange.ts';
import { AGENTS, asking, loopback, NOW, OWNERS, reading, TENANT, tokenWith } from './opening.ts';
import {
  batch,
  failure,
  inTurn,
  json,
  list,
  partsOf,
  raw,
  reset,
  scriptedServer,
  throttled,
} from './scripted-server.ts';

async function answers(graph: GraphReader, part: BatchPart<number>) {
  const all = [];
  for await (const answer of graph.batch([part])) all.push(answer);
  return all;
}

test('G25 at the socket only GETs and batches of GETs arrive, whatever comes back', async () => {
  const turn = inTurn(
    list('a'),
    throttled({ 'retry-after': '1' }),
    failure(401, 'x'),
    failure(503, 'x'),
    reset,
    raw(307, { location: '/v1.0/elsewhere' }),
    json({ id: 'a' }),
    batch(() => ({ status: 429 })),
    batch(() => ({ status: 200, body: {} })),
    list('a'),
  );
  const { graph, server } = await reading(turn, {
    ask: asking(tokenWith({ jti: '1' }), tokenWith({ jti: '2' })).ask,
  });
  await graph.page(AGENTS);
  await graph.page(AGENTS);
  await graph.get(OWNERS);
  await answers(graph, { key: 1, request: OWNERS });
  await answers(graph, { key: 1, request: { ...OWNERS, lane: 'reports' } });
  expect(server.seen.length).toBeGreaterThan(9);
  for (const seen of server.seen) {
    if (seen.line === 'POST /v1.0/$batch') {
      for (const part of partsOf(seen)) {
        expect(Object.keys(part).toSorted()).toEqual(['id', 'method', 'url']);
        expect(part.method).toBe('GET');
      }
    } else {
      expect(seen.line).toMatch(/^GET \/v1\.0\//);
      expect(seen.body).toBe('');
    }
    expect(seen.headers['user-agent']).toBe('agentid-lint/1.2.3');
    expect(seen.headers['sdkversion']).toBeUndefined();
  }
});

async function clientOf() {
  const server = await scriptedServer(list('a'));
  const signal = new AbortController().signal;
  const tokens = new Tokens({
    ask: asking(tokenWith()).ask,
    demands: { endpoints: loopback(server.origin), tenant: TENANT, allowWriteScopes: false },
    now: () => NOW,
    signal,
  });
  const client = graphClient({
    origin: server.origin,
    tokens,
    userAgent: 'agentid-lint/1.2.3',
    limits: RECEIVE_LIMITS,
    signal,
    now: () => NOW,
    onSend: () => undefined,
  });
  const call: Call = {
    api: 'v1.0',
    lane: 'directory',
    label: '/x',
    method: 'GET',
    url: `${server.origin}/v1.0/x`,
    headers: {},
    body: null,
  };
  return { server, client, call };
}

test('G25 the client itself can send nothing that was not planned', async () => {
  const { server, client } = await clientOf();
  await expect(client.api('/applications/a1').patch({ displayName: 'x' })).rejects.toThrow('not planned');
  await expect(client.api('/applications').post({})).rejects.toThrow('not planned');
  await expect(client.api('/applications/a1').delete()).rejects.toThrow('not planned');
  await expect(client.api('/applications').get()).rejects.toThrow('not planned');
  expect(server.seen).toEqual([]);
});

test('G25 a planned call that writes is stopped before the socket', async () => {
  const { server, client, call } = await clientOf();
  const requests = [{ id: '1', method: 'DELETE', url: '/applications/a1' }];
  const writing: readonly Partial<Call>[] = [
    { body: { requests }, url: `${server.origin}/v1.0/$batch` },
    { body: { requests: [] }, url: `${server.origin}/v1.0/applications` },
  ];
  for (const part of writing)
    await expect(exchange(client, { ...call, ...part }, true)).rejects.toThrow('does not only read');
  expect(server.seen).toEqual([]);
});

test('G08 a planned call to another host is stopped before the socket, with its token', async () => {
  const { client, call } = await clientOf();
  const foreign = await scriptedServer(list('a'));
  const url = `${foreign.origin}/v1.0/x`;
  await expect(exchange(client, { ...call, url }, true)).rejects.toThrow('another host');
  expect(foreign.seen).toEqual([]);
});

test('G25 what reads, and what does not', () => {
  const at = (path: string) => new URL(`https://graph.microsoft.com${path}`);
  const get = { id: '1', method: 'GET', url: '/users' };
  const batchOf = (...requests: unknown[]) => JSON.stringify({ requests });
  const reads: readonly Parameters<typeof assertReading>[] = [
    ['GET', at('/v1.0/users'), undefined],
    ['GET', at('/v1.0/users'), null],
    ['POST', at('/v1.0/$batch'), batchOf(get, get)],
    ['POST', at('/beta/$batch'), batchOf(get)],
  ];
  const writes: readonly Parameters<typeof assertReading>[] = [
    ['GET', at('/v1.0/users'), 'a body'],
    ['POST', at('/v1.0/users'), '{}'],
    ['POST', at('/v1.0/users'), batchOf(get)],
    ['POST', at('/v1.0/users/$batch'), batchOf(get)],
    ['POST', at('/v1.0/$batch?x=1'), batchOf(get)],
    ['POST', at('/v1.0/$batch'), undefined],
    ['POST', at('/v1.0/$batch'), '{}'],
    ['POST', at('/v1.0/$batch'), batchOf(get, { ...get, method: 'POST' })],
    ['POST', at('/v1.0/$batch'), batchOf({ ...get, method: 'get' })],
    ['POST', at('/v1.0/$batch'), batchOf({ ...get, body: {} })],
    ['POST', at('/v1.0/$batch'), batchOf({ ...get, url: 'https://evil.example/' })],
    ['POST', at('/v1.0/$batch'), batchOf({ ...get, url: '//evil.example/' })],
    ['POST', at('/v1.0/$batch'), batchOf(null)],
    ['PUT', at('/v1.0/users'), null],
    ['PATCH', at('/v1.0/users'), null],
    ['DELETE', at('/v1.0/users'), null],
    ['HEAD', at('/v1.0/users'), null],
  ];
  const check = (request: Parameters<typeof assertReading>) => () => {
    assertReading(...request);
  };
  for (const request of reads) expect(check(request)).not.toThrow();
  for (const request of writes) expect(check(request)).toThrow(NotReadingError);
});
