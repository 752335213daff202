import { describe, expect, test } from 'vitest';
import type { BatchPart, GraphReader, GraphRequest } from '../../../src/tenant/graph/types.ts';
import { reading } from './opening.ts';
import {
  batch,
  failure,
  inTurn,
  json,
  partsOf,
  raw,
  throttled,
  type Seen,
  type Turn,
} from './scripted-server.ts';

function ownersOf(id: string, rest: Partial<GraphRequest> = {}): GraphRequest {
  const path = `/applications/${id}/owners?$select=id`;
  return { api: 'v1.0', path, label: '/applications/{id}/owners', lane: 'directory', ...rest };
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `a${index + 1}`);
const parts = (count: number): BatchPart<string>[] =>
  ids(count).map((key) => ({ key, request: ownersOf(key) }));
const idIn = (url: string) => /\/applications\/(\w+)\//.exec(url)?.[1] ?? '';
const urlsOf = (seen: Seen) => partsOf(seen).map(({ url }) => idIn(url));
const good = { status: 200, body: { value: [] } };

/** Every answer by its key: `ok`, or the fault. */
async function all(graph: GraphReader, wanted: Parameters<GraphReader['batch']>[0]) {
  const answers: { [key: string]: unknown } = {};
  for await (const { key, answer } of graph.batch(wanted)) {
    const name = String(key);
    expect(Object.hasOwn(answers, name)).toBe(false);
    answers[name] = answer.ok ? 'ok' : `${answer.fault.kind}: ${answer.fault.message}`;
  }
  return answers;
}

const allGood = (count: number) => Object.fromEntries(ids(count).map((id) => [id, 'ok']));

/** Answers each part by the times that it has been asked for. */
function byTry(answer: (id: string, times: number) => ReturnType<Parameters<typeof batch>[0]>): Turn {
  const times = new Map<string, number>();
  return batch(({ url }) => {
    const id = idIn(url);
    times.set(id, (times.get(id) ?? 0) + 1);
    return answer(id, times.get(id) ?? 0);
  });
}

describe('batches', () => {
  test('G27 parts go 20 at a time as GETs, and answers are matched by id in any order', async () => {
    const { graph, server } = await reading(batch(({ url }) => ({ status: 200, body: { id: idIn(url) } })));
    const answers: [string, unknown][] = [];
    for await (const { key, answer } of graph.batch(parts(45)))
      answers.push([key, answer.ok && answer.value]);
    expect(answers.toSorted()).toEqual(
      ids(45)
        .map((id) => [id, { id }])
        .toSorted(),
    );
    expect(server.seen.map(({ line }) => line)).toEqual(Array(3).fill('POST /v1.0/$batch'));
    expect(server.seen.map((seen) => partsOf(seen).length).toSorted()).toEqual([20, 20, 5].toSorted());
    expect(partsOf(server.seen[0]!)[0]).toEqual({
      id: '1',
      method: 'GET',
      url: '/applications/a1/owners?$select=id',
    });
    expect(graph.stats()).toMatchObject({ roundTrips: 3, requests: 45, batches: 3, retries: 0 });
  });

  test('headers are those of each part', async () => {
    const { graph, server } = await reading(batch(() => good));
    const eventual = ownersOf('a2', { headers: { ConsistencyLevel: 'eventual' } });
    await all(graph, [
      { key: 'a1', request: ownersOf('a1') },
      { key: 'a2', request: eventual },
    ]);
    expect(partsOf(server.seen[0]!).map(({ headers }) => headers)).toEqual([
      undefined,
      { ConsistencyLevel: 'eventual' },
    ]);
  });

  test('parts of v1.0 and of beta go in batches of their own', async () => {
    const { graph, server } = await reading(batch(() => good));
    const both = (['v1.0', 'beta'] as const).map((api) => ({ key: api, request: ownersOf('a1', { api }) }));
    expect(await all(graph, both)).toEqual({ 'v1.0': 'ok', beta: 'ok' });
    expect(server.seen.map(({ line }) => line).toSorted()).toEqual([
      'POST /beta/$batch',
      'POST /v1.0/$batch',
    ]);
  });

  test('parts for services that count requests go alone, in their time', async () => {
    const { graph, server, clock } = await reading(json({ value: [] }));
    const lone = ids(3).map((key) => ({ key, request: ownersOf(key, { lane: 'protection' }) }));
    expect(await all(graph, lone)).toEqual(allGood(3));
    expect(server.seen.map(({ line }) => line)).toEqual(
      ids(3).map((id) => `GET /v1.0/applications/${id}/owners?$select=id`),
    );
    expect(clock.slept).toEqual([1_000, 1_000]);
    expect(graph.stats()).toMatchObject({ roundTrips: 3, requests: 3, batches: 0 });
  });

  test('nothing is sent for nothing', async () => {
    const { graph, server } = await reading(batch(() => good));
    expect(await all(graph, [])).toEqual({});
    expect(server.seen).toEqual([]);
  });

  test('parts are taken as they are needed', async () => {
    let taken = 0;
    const { graph } = await reading(
      batch(() => good),
      { concurrency: 2 },
    );
    async function* endless() {
      for (;;) {
        taken += 1;
        yield await Promise.resolve({ key: `a${taken}`, request: ownersOf(`a${taken}`) });
      }
    }
    let answers = 0;
    for await (const { answer } of graph.batch(endless())) {
      expect(answer.ok).toBe(true);
      answers += 1;
      if (answers === 100) break;
    }
    expect(taken).toBeLessThan(100 + 4 * 20);
  });

  test('a body may be a number, where a part asks for one', async () => {
    const { graph } = await reading(
      batch(() => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 1 })),
    );
    for await (const { answer } of graph.batch(parts(1))) expect(answer).toEqual({ ok: true, value: 1 });
  });

  test('a next link inside a part is left to whoever asked', async () => {
    const body = { value: [{ id: 'x' }], '@odata.nextLink': 'https://elsewhere.example/v1.0/x' };
    const { graph } = await reading(batch(() => ({ status: 200, body })));
    for await (const { answer } of graph.batch(parts(1))) expect(answer).toEqual({ ok: true, value: body });
  });
});

describe('parts that go wrong', () => {
  test('G27 a part that is throttled is sent again in its own time; the others are kept', async () => {
    const turn = byTry((id, times) => {
      if (id !== 'a2' || times > 1) return good;
      return {
        status: 429,
        headers: { 'Retry-After': '7' },
        body: { error: { code: 'TooManyRequests', message: '' } },
      };
    });
    const { graph, server, clock } = await reading(turn);
    expect(await all(graph, parts(3))).toEqual(allGood(3));
    expect(server.seen.map(urlsOf)).toEqual([['a1', 'a2', 'a3'], ['a2']]);
    expect(clock.slept.reduce((sum, wait) => sum + wait, 0)).toBe(7_000);
    expect(graph.stats()).toMatchObject({ roundTrips: 2, requests: 3, batches: 2, retries: 1, throttled: 1 });
  });

  test('G27 a part that is throttled without Retry-After waits longer each time', async () => {
    const turn = byTry((_, times) => (times > 3 ? good : { status: 429 }));
    const { graph, clock } = await reading(turn);
    expect(await all(graph, parts(1))).toEqual(allGood(1));
    expect(clock.slept.reduce((sum, wait) => sum + wait, 0)).toBe(1_000 + 2_000 + 4_000);
  });

  test('G26 a part that is always throttled ends with its budget, the others are kept', async () => {
    const turn = byTry((id) => (id === 'a2' ? { status: 429, headers: { 'Retry-After': '100' } } : good));
    const { graph, server } = await reading(turn);
    expect(await all(graph, parts(2))).toEqual({
      a1: 'ok',
      a2: 'throttled: Graph throttles for longer than may be waited',
    });
    expect(server.seen.length).toBe(4);
  });

  test('G27 a part with status 503 is sent again five times, and then is a fault', async () => {
    const turn = byTry((id) => (id === 'a1' ? { status: 503 } : good));
    const { graph, server } = await reading(turn);
    expect(await all(graph, parts(2))).toEqual({
      a1: 'unreachable: Graph fails with status 503, again and again',
      a2: 'ok',
    });
    expect(server.seen.map(urlsOf)).toEqual([['a1', 'a2'], ['a1'], ['a1'], ['a1'], ['a1']]);
  });

  test('G27 parts that are refused keep their own reason', async () => {
    const error = (status: number, code: string) => ({ status, body: { error: { code, message: 'x' } } });
    const turn = byTry((id) =>
      id === 'a1'
        ? error(403, 'Authorization_RequestDenied')
        : id === 'a2'
          ? error(404, 'Request_ResourceNotFound')
          : good,
    );
    const { graph } = await reading(turn);
    expect(await all(graph, parts(3))).toEqual({
      a1: 'forbidden: A permission is missing',
      a2: 'not-found: The object is not there any more',
      a3: 'ok',
    });
  });

  test('G27 a part that is missing is sent again, and then is a fault', async () => {
    const { graph, server } = await reading(byTry((id, times) => (id === 'a1' && times < 3 ? null : good)));
    expect(await all(graph, parts(2))).toEqual(allGood(2));
    expect(server.seen.map(urlsOf)).toEqual([['a1', 'a2'], ['a1'], ['a1']]);
    const never = await reading(byTry((id) => (id === 'a1' ? null : good)));
    expect(await all(never.graph, parts(2))).toEqual({
      a1: 'malformed: A batch was answered without this part',
      a2: 'ok',
    });
  });

  const answering =
    (answer: (ids: readonly string[]) => unknown): Turn =>
    (seen, response) => {
      json({ responses: answer(partsOf(seen).map(({ id }) => id)) })(seen, response);
    };
  const headers = { 'Content-Type': 'application/json' };

  test('G27 a part that is answered twice has no answer', async () => {
    const twice = answering((all) => [...all, ...all].map((id) => ({ id, headers, ...good })));
    const { graph } = await reading(twice);
    expect(await all(graph, parts(1))).toEqual({
      a1: 'malformed: A batch was answered with this part more than once',
    });
  });

  test('G27 ids that nobody asked for are no answers', async () => {
    const strange = answering((all) => [...all, '999', 7, null].map((id) => ({ id, headers, ...good })));
    const { graph } = await reading(strange);
    expect(await all(graph, parts(2))).toEqual(allGood(2));
  });

  test('G27 an answer to an earlier batch is not taken for one to this', async () => {
    const { graph } = await reading(answering(() => ['1', '2'].map((id) => ({ id, headers, ...good }))));
    await all(graph, parts(2));
    expect(await all(graph, parts(2))).toEqual({
      a1: 'malformed: A batch was answered without this part',
      a2: 'malformed: A batch was answered without this part',
    });
  });

  test.each([{}, { responses: null }, { responses: {} }, []])(
    'G27 a batch that is answered with %j',
    async (body) => {
      const { graph } = await reading(json(body));
      expect(await all(graph, parts(1))).toEqual({
        a1: 'malformed: A batch was answered with something else than its parts',
      });
    },
  );

  test.each([
    [{ status: '200', body: {} }, 'malformed: A batch was answered with a part that has no status'],
    [{ status: 200 }, 'malformed: The answer is empty'],
    [
      { status: 200, headers: { 'Content-Type': 'text/html' }, body: 'PGgxPg==' },
      'malformed: The answer is not JSON: something between here and Graph may answer in its place',
    ],
    [{ status: 204 }, 'malformed: The answer has the status 204, which reading never has'],
    [
      { status: 200, body: { error: { code: 'x', message: 'y' } } },
      'malformed: The answer says that all is well and holds an error',
    ],
    [
      { status: 302, headers: { Location: 'https://evil.example/' } },
      'malformed: The answer is a redirect, which reading never needs',
    ],
  ])('G12 G15 a part that is answered with %j', async (part, says) => {
    const { graph } = await reading(answering((all) => all.map((id) => ({ headers, ...part, id }))));
    expect(await all(graph, parts(1))).toEqual({ a1: says });
  });

  test('G27 a batch that fails as a whole is sent again as a whole', async () => {
    const turn = inTurn(
      failure(503, 'x'),
      throttled({ 'retry-after': '3' }),
      batch(() => good),
    );
    const { graph, server, clock } = await reading(turn);
    expect(await all(graph, parts(2))).toEqual(allGood(2));
    expect([server.seen.length, clock.slept]).toEqual([3, [1_000, 3_000]]);
  });

  test('G27 a batch that fails for good fails for each of its parts', async () => {
    const { graph } = await reading(raw(200, { 'content-type': 'text/html' }, '<h1>'));
    const seen: unknown[] = [];
    for await (const { key, answer } of graph.batch(parts(2)))
      seen.push([key, !answer.ok && answer.fault.request]);
    expect(seen).toEqual([
      ['a1', '/applications/{id}/owners'],
      ['a2', '/applications/{id}/owners'],
    ]);
  });
});
