import { expect, test } from 'vitest';
import { ThrottledLane, type LaneRules, type Pass } from '../../../src/tenant/graph/lane.ts';
import { laneRules } from '../../../src/tenant/graph/lanes.ts';
import { NOW, standingClock } from './opening.ts';

/** A lane, who is in it, and what it waited for. */
function lane(rules: LaneRules, { budget = Number.POSITIVE_INFINITY } = {}) {
  const clock = standingClock();
  const controller = new AbortController();
  const pauses: number[] = [];
  let waited = 0;
  const it = new ThrottledLane(rules, {
    now: clock.now,
    // Whoever is let in before somebody sleeps sees the time before that.
    sleep: async (milliseconds, signal) => {
      await turn();
      await clock.sleep(milliseconds, signal);
    },
    signal: controller.signal,
    budgetLeft: () => budget - waited,
    onWaited: (milliseconds) => (waited += milliseconds),
    onPause: (milliseconds) => pauses.push(milliseconds),
  });
  const inside: Pass[] = [];
  const refused: string[] = [];
  const begun: number[] = [];
  const enter = (times: number, most = Number.POSITIVE_INFINITY) => {
    for (let count = 0; count < times; count += 1)
      void it.enter(most).then((entry) => {
        if (entry.ok) {
          inside.push(entry.pass);
          begun.push((clock.now() - NOW) / 1_000);
        } else refused.push(entry.why);
      });
  };
  const settle = async () => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
  };
  const leave = async (result: 'good' | 'failed', count = inside.length) => {
    for (const pass of inside.splice(0, count)) pass.leave(result);
    await settle();
  };
  return {
    it,
    enter,
    inside,
    begun,
    refused,
    leave,
    settle,
    clock,
    pauses,
    waited: () => waited,
    controller,
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const DIRECTORY = laneRules(8).directory;

test('requests at a time start at 4 and grow with good answers to the maximum', async () => {
  const { enter, inside, leave, settle } = lane(DIRECTORY);
  enter(200);
  await settle();
  const sizes = [inside.length];
  for (let round = 0; round < 6; round += 1) {
    await leave('good');
    sizes.push(inside.length);
  }
  expect(sizes).toEqual([4, 4, 5, 6, 7, 8, 8]);
});

test('a maximum under 4 is the start too', async () => {
  const { enter, inside, settle } = lane(laneRules(2).directory);
  enter(10);
  await settle();
  expect(inside).toHaveLength(2);
});

test('a pause halves them, once for all that are throttled together, and never under one', async () => {
  const { it, enter, inside, leave, settle } = lane(DIRECTORY);
  enter(100);
  await settle();
  for (let pause = 1; pause <= 4; pause += 1) it.pause(pause * 1_000);
  await leave('failed');
  expect(inside).toHaveLength(2);
  it.pause(1_000);
  await leave('failed');
  expect(inside).toHaveLength(1);
  it.pause(1_000);
  await leave('failed');
  expect(inside).toHaveLength(1);
});

test('failures that are no throttling do not change them', async () => {
  const { enter, inside, leave, settle } = lane(DIRECTORY);
  enter(100);
  await settle();
  await leave('failed');
  expect(inside).toHaveLength(4);
});

test('G01 a pause holds everybody back, and counts once', async () => {
  const { it, enter, inside, settle, clock, waited, pauses } = lane(DIRECTORY);
  it.pause(5_000);
  it.pause(3_000);
  enter(4);
  await settle();
  expect([clock.slept, waited(), pauses]).toEqual([[5_000], 5_000, [5_000]]);
  expect(inside.map(({ paused }) => paused)).toEqual([5_000, 5_000]);
});

test('G02 who would have to wait too long is turned away, also while waiting', async () => {
  const { it, enter, refused, inside, leave, settle } = lane(DIRECTORY);
  enter(6, 10_000);
  await settle();
  it.pause(20_000);
  enter(1, 10_000);
  await settle();
  expect(refused).toEqual(['paused-too-long', 'paused-too-long', 'paused-too-long']);
  enter(1, 30_000);
  await leave('failed');
  expect(inside).toHaveLength(1);
});

test('G26 what the run may wait in all is an end too', async () => {
  const { it, enter, refused, inside, settle } = lane(DIRECTORY, { budget: 8_000 });
  it.pause(5_000);
  enter(1);
  await settle();
  it.pause(5_000);
  enter(1);
  await settle();
  expect([inside.length, refused]).toEqual([1, ['paused-too-long']]);
});

test('Identity Protection gets one request a second, counted from the end of the last', async () => {
  const { enter, inside, leave, settle, clock } = lane(laneRules(8).protection);
  enter(4);
  await settle();
  for (let round = 0; round < 3; round += 1) {
    expect(inside).toHaveLength(1);
    await leave('good');
  }
  expect(clock.slept).toEqual([1_000, 1_000, 1_000]);
});

test('reports get five requests in ten seconds', async () => {
  const { enter, inside, begun, leave, settle } = lane(laneRules(8).reports);
  enter(12);
  await settle();
  while (inside.length > 0) await leave('good');
  expect(begun).toHaveLength(12);
  expect(begun.slice(5).every((moment, index) => moment - (begun[index] ?? 0) >= 10)).toBe(true);
  expect(begun.at(-1)).toBe(20);
});

test('S05 who waits is turned away when the run is stopped, and who comes then', async () => {
  const { enter, refused, settle, controller, inside } = lane(DIRECTORY);
  enter(6);
  await settle();
  controller.abort();
  enter(1);
  await settle();
  expect([inside.length, refused]).toEqual([4, ['aborted', 'aborted', 'aborted']]);
});
