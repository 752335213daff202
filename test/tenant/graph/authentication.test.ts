import { describe, expect, test } from 'vitest';
import type { AskForToken } from '../../../src/tenant/graph/tokens.ts';
import { AGENTS, asking, NOW, readAll, reading, tokenWith } from './opening.ts';
import { failure, inTurn, json, list, throttled, type Turn } from './scripted-server.ts';

const UNAUTHORIZED = failure(
  401,
  'InvalidAuthenticationToken',
  'Lifetime validation failed, the token is expired.',
);
const FIRST = tokenWith({ jti: 'first' });
const SECOND = tokenWith({ jti: 'second' });
const THIRD = tokenWith({ jti: 'third' });

const bearer = (token: string) => `Bearer ${token}`;

describe('a token that Graph refuses', () => {
  test('G06 on page 2: one fresh token, the same page again, and nothing twice', async () => {
    const next: Turn = (seen, response) => {
      const link = `http://${seen.headers.host ?? ''}/v1.0/x?$skiptoken=1`;
      json({ value: [{ id: 'a' }], '@odata.nextLink': link })(seen, response);
    };
    const { ask, asked } = asking(FIRST, SECOND);
    const { graph, server } = await reading(inTurn(next, UNAUTHORIZED, list('b')), { ask });
    expect(await readAll(graph, server)).toEqual({ ids: ['a', 'b'], end: 'end', asked: 3 });
    expect(server.seen.slice(1).map(({ line }) => line)).toEqual([
      'GET /v1.0/x?$skiptoken=1',
      'GET /v1.0/x?$skiptoken=1',
    ]);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(
      [FIRST, FIRST, SECOND].map(bearer),
    );
    expect(asked).toEqual([
      { fresh: false, claims: null },
      { fresh: true, claims: null },
    ]);
  });

  test('G06 a second 401 for the same request is a fault', async () => {
    const { ask, asked } = asking(FIRST, SECOND, THIRD);
    const { graph, server } = await reading(UNAUTHORIZED, { ask });
    expect(await graph.page(AGENTS)).toEqual({
      ok: false,
      fault: {
        kind: 'unauthorized',
        message: 'Graph refuses the token, and a fresh one too',
        status: 401,
        code: 'InvalidAuthenticationToken',
        request: AGENTS.label,
        requestId: '00000000-0000-4000-8000-000000000001',
      },
    });
    expect([server.seen.length, asked.length]).toEqual([2, 2]);
  });

  test('G06 a request that was throttled in between does not get a third token', async () => {
    const { ask, asked } = asking(FIRST, SECOND, THIRD);
    const turn = inTurn(UNAUTHORIZED, throttled({ 'retry-after': '1' }), UNAUTHORIZED, list('never'));
    const { graph } = await reading(turn, { ask });
    expect(await graph.page(AGENTS)).toMatchObject({ ok: false, fault: { kind: 'unauthorized' } });
    expect(asked).toHaveLength(2);
  });

  test('G06 requests that are refused together share one fresh token', async () => {
    const { ask, asked } = asking(FIRST, SECOND, THIRD);
    const turn: Turn = (seen, response) => {
      (seen.headers.authorization === bearer(FIRST) ? UNAUTHORIZED : list('a'))(seen, response);
    };
    const { graph } = await reading(turn, { ask });
    const answers = await Promise.all(Array.from({ length: 6 }, () => graph.page(AGENTS)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  test('G07 a claims challenge is passed on once', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1795392000"}}}';
    const encoded = Buffer.from(claims).toString('base64');
    const challenge = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"`;
    const demand = failure(401, 'InvalidAuthenticationToken', 'x', { 'www-authenticate': challenge });
    const { ask, asked } = asking(FIRST, SECOND);
    const { graph } = await reading(inTurn(demand, list('a')), { ask });
    expect((await graph.page(AGENTS)).ok).toBe(true);
    expect(asked).toEqual([
      { fresh: false, claims: null },
      { fresh: true, claims },
    ]);
  });

  test.each(['', 'bm90IGpzb24=', 'W10=', '%%%'])('G07 claims of “%s” are not passed on', async (encoded) => {
    const demand = failure(401, 'x', 'y', { 'www-authenticate': `Bearer claims="${encoded}"` });
    const { ask, asked } = asking(FIRST, SECOND);
    const { graph } = await reading(inTurn(demand, list('a')), { ask });
    expect((await graph.page(AGENTS)).ok).toBe(true);
    expect(asked.at(-1)).toEqual({ fresh: true, claims: null });
  });

  test('a fresh token that cannot be had is the fault', async () => {
    const { ask } = asking(FIRST);
    const problem = {
      code: 'sign-in-refused',
      message: 'The secret has expired',
      hint: 'Make a new one.',
    } as const;
    const once: AskForToken = (request) =>
      request.fresh ? Promise.resolve({ ok: false, problem }) : ask(request);
    const { graph } = await reading(UNAUTHORIZED, { ask: once });
    expect(await graph.page(AGENTS)).toMatchObject({
      fault: { kind: 'unauthorized', message: 'The secret has expired' },
    });
  });

  test('G24 G25 a fresh token is looked at like the first', async () => {
    const { ask } = asking(FIRST, tokenWith({ roles: ['Directory.ReadWrite.All'] }));
    const { graph, server } = await reading(UNAUTHORIZED, { ask });
    expect(await graph.page(AGENTS)).toMatchObject({ fault: { kind: 'unauthorized' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a token that ends', () => {
  test('it is renewed before it does, once for all', async () => {
    let time = NOW;
    const { asked, ask } = asking(FIRST, SECOND);
    const { graph, server } = await reading(list('a'), { ask, now: () => time });
    await graph.page(AGENTS);
    time = NOW + 3_500_000;
    await Promise.all([graph.page(AGENTS), graph.page(AGENTS)]);
    expect(asked).toHaveLength(2);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(
      [FIRST, SECOND, SECOND].map(bearer),
    );
  });
});
