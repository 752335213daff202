import { expect, test } from 'vitest';
import { openGraph, type GraphOptions } from '../../../src/tenant/graph/open.ts';
import { AGENTS, asking, loopback, NOW, TENANT, tokenWith } from './opening.ts';
import { list, scriptedServer } from './scripted-server.ts';

async function opening(rest: Partial<GraphOptions> = {}) {
  const server = await scriptedServer(list('a'));
  const opened = await openGraph({
    endpoints: loopback(server.origin),
    ask: asking(tokenWith()).ask,
    tenant: TENANT,
    allowWriteScopes: false,
    version: '1.2.3',
    now: () => NOW,
    random: () => 0,
    signal: new AbortController().signal,
    ...rest,
  });
  return { opened, server };
}

test('signing in gives a reader and what the token may do, and asks nothing of Graph', async () => {
  const { opened, server } = await opening();
  expect(opened).toMatchObject({
    ok: true,
    token: { tenantId: TENANT, permissions: ['Application.Read.All', 'Directory.Read.All'], warnings: [] },
  });
  expect(server.seen).toEqual([]);
  expect(opened.ok && (await opened.graph.page(AGENTS)).ok).toBe(true);
});

test.each([
  ['G24', { tid: '866e3704-6c28-5b4f-a2a6-b38be3882568' }, 'wrong-tenant'],
  ['G24', { aud: 'https://management.azure.com' }, 'wrong-audience'],
  ['G06', { exp: NOW / 1000 - 1 }, 'token-expired'],
  ['G25', { roles: ['Directory.ReadWrite.All'] }, 'write-permissions'],
])('%s a token with %j is sent nowhere', async (_, claims, code) => {
  const { opened, server } = await opening({ ask: asking(tokenWith(claims)).ask });
  expect(opened).toMatchObject({ ok: false, problem: { code } });
  expect(JSON.stringify(opened)).not.toContain('canary');
  expect(server.seen).toEqual([]);
});

test('G25 a token that can write is used where that is allowed', async () => {
  const ask = asking(tokenWith({ roles: ['Directory.ReadWrite.All'] })).ask;
  const { opened } = await opening({ ask, allowWriteScopes: true });
  expect(opened).toMatchObject({ ok: true, token: { writePermissions: ['Directory.ReadWrite.All'] } });
});

test('a token that cannot be read is used, with a warning', async () => {
  const { opened } = await opening({ ask: asking('opaque').ask });
  expect(opened).toMatchObject({
    ok: true,
    token: { isReadable: false, warnings: [expect.stringContaining('cannot be read')] },
  });
});

test('no token is no reader', async () => {
  const problem = { code: 'no-credential', message: 'There is none', hint: 'Get one.' } as const;
  const { opened } = await opening({ ask: () => Promise.resolve({ ok: false, problem }) });
  expect(opened).toEqual({ ok: false, problem });
});
