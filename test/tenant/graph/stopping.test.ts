import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { GraphReader } from '../../../src/tenant/graph/types.ts';
import { AGENTS, OWNERS, reading } from './opening.ts';
import { batch, failure, list, partsOf, throttled, type Turn } from './scripted-server.ts';

const STOPPED = { ok: false, fault: { kind: 'aborted', message: 'The run was stopped' } };

type Stop = () => void;

/** A run that somebody stops: the server, whoever reads, or the first sleep. */
async function stopped(
  turn: (stop: Stop) => Turn,
  act: (graph: GraphReader, stop: Stop) => Promise<unknown>,
) {
  const controller = new AbortController();
  let at = 0;
  const stop = () => {
    at = performance.now();
    controller.abort();
  };
  const sleep = (milliseconds: number, signal: AbortSignal) => {
    setImmediate(stop);
    return delay(milliseconds, undefined, { signal });
  };
  const { graph, server } = await reading(turn(stop), { signal: controller.signal, limits: { sleep } });
  const answer = await act(graph, stop);
  expect(performance.now() - at).toBeLessThan(1_000);
  expect(controller.signal.aborted).toBe(true);
  return { answer, graph, server };
}

test('S05 a run that is stopped in the middle of a request ends at once, and asks for nothing more', async () => {
  const never = (stop: Stop): Turn => stop;
  const { answer, graph, server } = await stopped(never, (reader) => reader.page(AGENTS));
  expect(answer).toMatchObject(STOPPED);
  expect(await graph.page(AGENTS)).toMatchObject(STOPPED);
  expect(server.seen).toHaveLength(1);
});

test('S05 … in the middle of a body', async () => {
  const half =
    (stop: Stop): Turn =>
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"value":[');
      setTimeout(stop, 5);
    };
  expect((await stopped(half, (graph) => graph.page(AGENTS))).answer).toMatchObject(STOPPED);
});

test('S05 … while Graph throttles', async () => {
  const { answer } = await stopped(
    () => throttled({ 'retry-after': '100' }),
    (graph) => Promise.all([graph.page(AGENTS), graph.page(AGENTS)]),
  );
  expect(answer).toMatchObject([STOPPED, STOPPED]);
});

test('S05 … between two tries', async () => {
  const { answer } = await stopped(
    () => failure(503, 'x'),
    (graph) => graph.page(AGENTS),
  );
  expect(answer).toMatchObject(STOPPED);
});

test('S05 … while a service that counts requests is waited for', async () => {
  const request = { ...AGENTS, lane: 'protection' } as const;
  const { answer } = await stopped(
    () => list('a'),
    async (graph) => {
      const first = graph.page(request);
      return Promise.all([first, graph.page(request)]);
    },
  );
  expect(answer).toMatchObject([{ ok: true }, STOPPED]);
});

test('S05 … in the middle of batches: every part still has its answer', async () => {
  const first = batch(({ id }) => (id === '1' ? { status: 200, body: {} } : { status: 503 }));
  const turn: Turn = (seen, response) => {
    if (partsOf(seen).some(({ id }) => id === '1')) first(seen, response);
  };
  const parts = Array.from({ length: 45 }, (_, key) => ({ key, request: OWNERS }));
  const { answer } = await stopped(
    () => turn,
    async (graph, stop) => {
      const kinds: { [key: number]: string } = {};
      for await (const { key, answer: one } of graph.batch(parts)) {
        kinds[key] = one.ok ? 'ok' : one.fault.kind;
        if (key === 0) stop();
      }
      return kinds;
    },
  );
  const expected = parts.map(({ key }) => [key, key === 0 ? 'ok' : 'aborted']);
  expect(answer).toEqual(Object.fromEntries(expected));
});

test('S05 a run that is stopped before it reads asks nothing', async () => {
  const controller = new AbortController();
  const { graph, server } = await reading(list('a'), { signal: controller.signal });
  controller.abort();
  expect(await graph.get(AGENTS)).toMatchObject(STOPPED);
  expect(server.seen).toEqual([]);
});
