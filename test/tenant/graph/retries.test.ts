import { describe, expect, test } from 'vitest';
import { AGENTS, loopback, outcome, reading } from './opening.ts';
import {
  closedOrigin,
  failure,
  inTurn,
  list,
  never,
  raw,
  reset,
  throttled,
  type Turn,
} from './scripted-server.ts';

const READ = ['a'];

describe('throttling', () => {
  test('G01 seconds in Retry-After are waited for, and reading goes on', async () => {
    const waits: unknown[] = [];
    const turn = inTurn(throttled({ 'retry-after': '7' }), throttled({ 'retry-after': '2' }), list('a'));
    const { answer, slept, stats } = await outcome(turn, AGENTS, { onWait: (wait) => waits.push(wait) });
    expect(answer).toEqual(READ);
    expect(slept).toEqual([7_000, 2_000]);
    expect(stats).toMatchObject({ roundTrips: 3, requests: 1, retries: 2, throttled: 2, waited: 9_000 });
    expect(waits).toEqual([
      { lane: 'directory', milliseconds: 7_000 },
      { lane: 'directory', milliseconds: 2_000 },
    ]);
  });

  test('G01 an HTTP date in Retry-After is counted from the server’s own Date, not from our clock', async () => {
    const turn = inTurn(
      throttled({ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }),
      list('a'),
    );
    expect((await outcome(turn)).slept).toEqual([30_000]);
  });

  test('G02 without a Date, an HTTP date is counted from our clock', async () => {
    const turn = inTurn(throttled({ 'retry-after': 'Mon, 23 Nov 2026 00:00:05 GMT' }), list('a'));
    expect((await outcome(turn)).slept).toEqual([5_000]);
  });

  const USELESS = ['0', '-5', 'soon', '', 'Wed, 21 Oct 2015 07:28:00 GMT', '1e3', 'NaN', '0x10'];
  test.each(USELESS)(
    'G02 a Retry-After of “%s” is waited for with doubling delays, never under a second',
    async (value) => {
      const turn = inTurn(
        throttled({ 'retry-after': value }),
        throttled({ 'retry-after': value }),
        list('a'),
      );
      expect((await outcome(turn)).slept).toEqual([1_000, 2_000]);
    },
  );

  test('G02 fractions of seconds are kept, and less than a second is a second', async () => {
    const turn = inTurn(throttled({ 'retry-after': '1.5' }), throttled({ 'retry-after': '0.2' }), list('a'));
    expect((await outcome(turn)).slept).toEqual([1_500, 1_000]);
  });

  test('G02 a wait that is longer than a request may take ends it at once, and is kept to by the requests after it', async () => {
    const { graph, server, clock } = await reading(throttled({ 'retry-after': '86400' }));
    const first = await graph.page(AGENTS);
    const second = await graph.page(AGENTS);
    expect(first).toMatchObject({
      ok: false,
      fault: { kind: 'throttled', status: 429, code: 'TooManyRequests' },
    });
    expect(second).toMatchObject({ ok: false, fault: { kind: 'throttled', status: null } });
    expect([server.seen.length, clock.slept]).toEqual([1, []]);
  });

  test('G02 no Retry-After: delays double up to a minute and spread by chance', async () => {
    const turn = inTurn(throttled(), throttled(), throttled(), list('a'));
    const { slept } = await outcome(turn, AGENTS, { random: () => 0.5 });
    expect(slept).toEqual([1_250, 2_500, 5_000]);
  });

  test('G26 throttled for ever: the request ends with its budget', async () => {
    const { answer, slept } = await outcome(throttled({ 'retry-after': '50' }));
    expect(answer).toBe('throttled: Graph throttles for longer than may be waited');
    expect(slept).toEqual([50_000, 50_000, 50_000, 50_000, 50_000, 50_000]);
  });

  test('G26 throttled for the whole run: later requests end with what is left of the run’s budget', async () => {
    const { graph, clock } = await reading(throttled({ 'retry-after': '50' }), {
      limits: { runBudget: 400_000 },
    });
    for (let requests = 0; requests < 4; requests += 1) await graph.page(AGENTS);
    expect(clock.slept.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(400_000);
    expect(graph.stats().waited).toBe(400_000);
  });

  test('a bandwidth limit is throttling too', async () => {
    const { stats } = await outcome(inTurn(raw(509, { 'retry-after': '3' }), list('a')));
    expect(stats).toMatchObject({ throttled: 1, waited: 3_000 });
  });
});

describe('faults that pass', () => {
  test.each([408, 425, 500, 502, 503, 504])('G03 status %i is tried again', async (status) => {
    const turn = inTurn(
      raw(status, { 'content-type': 'text/html' }, '<h1>no</h1>'),
      failure(status, 'x'),
      list('a'),
    );
    const { answer, asked, slept } = await outcome(turn);
    expect([answer, asked, slept]).toEqual([READ, 3, [1_000, 2_000]]);
  });

  test('G03 a status that does not go away ends after five tries', async () => {
    const { answer, fault, asked, slept } = await outcome(failure(503, 'serviceNotAvailable'));
    expect(answer).toBe('unreachable: Graph fails with status 503, again and again');
    expect(fault).toEqual({
      kind: 'unreachable',
      message: 'Graph fails with status 503, again and again',
      status: 503,
      code: 'serviceNotAvailable',
      request: '/servicePrincipals/microsoft.graph.agentIdentity',
      requestId: '00000000-0000-4000-8000-000000000001',
    });
    expect([asked, slept]).toEqual([5, [1_000, 2_000, 4_000, 8_000]]);
  });

  test('G03 503 with Retry-After waits as long as it says', async () => {
    expect((await outcome(inTurn(failure(503, 'x', 'y', { 'retry-after': '9' }), list('a')))).slept).toEqual([
      9_000,
    ]);
  });

  test('G03 a status that says the service will never do it is not tried again', async () => {
    const { answer, asked } = await outcome(failure(501, 'notImplemented'));
    expect([answer, asked]).toEqual(['unreachable: Graph fails with status 501', 1]);
  });

  const CUT: readonly (readonly [string, Turn])[] = [
    ['before the headers', reset],
    [
      'after the headers',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
        setTimeout(() => response.socket?.resetAndDestroy(), 5);
      },
    ],
    [
      'in the middle of a chunked body',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"value":[');
        setTimeout(() => response.socket?.resetAndDestroy(), 5);
      },
    ],
    [
      'before Content-Length is reached',
      (_, response) => {
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
          .write('{"value":[');
        setTimeout(() => response.socket?.end(), 5);
      },
    ],
    [
      'with a whole body of half a JSON value',
      raw(200, { 'content-type': 'application/json' }, '{"value":[{"id":'),
    ],
    ['with an empty body', raw(200, { 'content-type': 'application/json' })],
    [
      'with a byte that is no UTF-8',
      raw(200, { 'content-type': 'application/json' }, Uint8Array.of(0x22, 0xff, 0x22)),
    ],
  ];
  test.each(CUT)('G04 G14 an answer that ends %s is asked for again', async (_, cut) => {
    const { answer, asked, stats } = await outcome(inTurn(cut, list('a')));
    expect([answer, asked, stats.retries]).toEqual([READ, 2, 1]);
  });

  test.each(CUT)('G04 G14 an answer that always ends %s ends in a fault after five tries', async (_, cut) => {
    const { fault, asked } = await outcome(cut);
    expect([['unreachable', 'malformed'].includes(fault?.kind ?? ''), asked]).toEqual([true, 5]);
  });

  test('G04 the cause of a failed connection is named', async () => {
    const { fault } = await outcome(reset);
    expect(fault).toMatchObject({ kind: 'unreachable', status: null });
    expect(fault?.code).toMatch(/^(?:ECONNRESET|UND_ERR_SOCKET)$/);
    expect(fault?.message).toBe(`No whole answer came: the connection broke off (${fault?.code ?? ''})`);
  });

  test('G04 a host that refuses the connection is named so', async () => {
    const endpoints = loopback(await closedOrigin());
    const { graph } = await reading(list('a'), { endpoints, limits: { tries: 1 } });
    expect(await graph.page(AGENTS)).toMatchObject({
      fault: {
        kind: 'unreachable',
        code: 'ECONNREFUSED',
        message: 'No whole answer came: the connection was refused (ECONNREFUSED)',
      },
    });
  });

  test('G05 a server that never answers is given up in time, and asked again', async () => {
    const limits = { headers: 20, tries: 2 };
    const { answer, asked, fault } = await outcome(never, AGENTS, { limits });
    expect([answer, asked]).toEqual(['unreachable: Graph does not answer in time', 2]);
    expect(fault?.code).toBe('TIMEOUT');
  });

  test('G05 a server that stops in the middle of an answer is given up in time', async () => {
    const stops: Turn = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"value":[');
    };
    const { answer } = await outcome(inTurn(stops, list('a')), AGENTS, { limits: { idle: 20 } });
    expect(answer).toEqual(READ);
  });

  test('G05 G16 a server that drips for ever is given up in time', async () => {
    const drips: Turn = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 2);
      response.on('close', () => {
        clearInterval(timer);
      });
    };
    const { answer } = await outcome(drips, AGENTS, { limits: { idle: 500, total: 40, tries: 1 } });
    expect(answer).toBe('unreachable: Graph stopped in the middle of an answer');
  });
});
