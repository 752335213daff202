import { expect, test } from 'vitest';
import { AGENTS, NOW, reading } from './opening.ts';
import { failure, inTurn, json, type Turn } from './scripted-server.ts';

const at = (seconds: number) => ({ date: new Date(NOW + seconds * 1_000).toUTCString() });
const BODY = { value: [] };

/** The skew after answers with these dates. */
async function skewAfter(...turns: readonly Turn[]) {
  const { graph } = await reading(inTurn(...turns));
  for (let count = 0; count < turns.length; count += 1) await graph.page(AGENTS);
  return graph.stats().clockSkew;
}

test('S12 the clock’s difference is unknown before the first answer, and without a Date', async () => {
  const { graph } = await reading(json(BODY));
  expect(graph.stats().clockSkew).toBe(null);
  expect(await skewAfter(json(BODY))).toBe(null);
  expect(await skewAfter(json(BODY, { date: 'yesterday' }))).toBe(null);
});

test('S12 it is how far Graph’s clock is ahead, or behind; a second is nothing', async () => {
  expect(await skewAfter(json(BODY, at(0)))).toBe(0);
  expect(await skewAfter(json(BODY, at(1)))).toBe(0);
  expect(await skewAfter(json(BODY, at(-1)))).toBe(0);
  expect(await skewAfter(json(BODY, at(600)))).toBe(600);
  expect(await skewAfter(json(BODY, at(-86_400)))).toBe(-86_400);
});

test('S12 the largest difference is kept, of answers that are no data too', async () => {
  const refused = failure(403, 'x', 'y', at(-400));
  expect(await skewAfter(json(BODY, at(300)), refused, json(BODY, at(2)))).toBe(-400);
});

test('bytes, requests and round trips are counted', async () => {
  const { graph } = await reading(inTurn(failure(503, 'x'), json(BODY), json({ value: [{ id: 'a' }] })));
  expect(graph.stats()).toEqual({
    roundTrips: 0,
    requests: 0,
    batches: 0,
    retries: 0,
    throttled: 0,
    waited: 0,
    bytes: 0,
    clockSkew: null,
  });
  await graph.page(AGENTS);
  await graph.page(AGENTS);
  const { bytes, ...rest } = graph.stats();
  expect(rest).toMatchObject({ roundTrips: 3, requests: 2, batches: 0, retries: 1, throttled: 0, waited: 0 });
  expect(bytes).toBeGreaterThan('{"value":[]}'.length + '{"value":[{"id":"a"}]}'.length);
});
