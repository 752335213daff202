import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { CollectOutcome } from '../../../src/collect.ts';
import { createMemoryTenant } from '../../graph-server/memory-tenant.ts';
import { collected, collectFrom, newFolder, serverOf, tidyUp, type Content } from './support.ts';
import { TWO_PAGES } from './tenant.ts';

tidyUp();

function problemOf(outcome: CollectOutcome) {
  if (outcome.ok) throw new Error('there is a snapshot');
  return outcome.problem;
}

/** What has to be the same however often a run was interrupted. */
function lasting({ header, streams }: Content) {
  const collections = header.collections.map((line) => ({ ...line, requests: 0, evidence: null }));
  return { collections, streams, infos: header.streams, complete: header.complete };
}

test('S05 interrupted at each round trip and resumed, the snapshot is the same as uninterrupted', async () => {
  const whole = await serverOf(createMemoryTenant(TWO_PAGES));
  const expected = lasting(await collected(await collectFrom(whole)));
  const output = join(newFolder(), 'tenant.snapshot');
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  let runs = 0;
  for (;;) {
    runs += 1;
    const controller = new AbortController();
    const before = server.log.roundTrips();
    const outcome = await collectFrom(server, {
      output,
      resume: true,
      signal: controller.signal,
      onProgress: () => {
        if (server.log.roundTrips() >= before + 3) controller.abort();
      },
    });
    if (outcome.ok) {
      expect(lasting(await collected(outcome))).toEqual(expected);
      break;
    }
    expect(problemOf(outcome)).toEqual({
      kind: 'interrupted',
      code: 'interrupted',
      message: 'The run was stopped.',
      hint: 'Go on with the same command and --resume.',
      checkpoint: `${output}.partial`,
    });
    expect(existsSync(output)).toBe(false);
    expect(runs).toBeLessThan(60);
  }
  expect(runs).toBeGreaterThan(4);
  expect(readdirSync(dirname(output))).toEqual(['tenant.snapshot']);
}, 120_000);

test('what an interrupted run left is in the way of a run that does not resume', async () => {
  const output = join(newFolder(), 'tenant.snapshot');
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  const controller = new AbortController();
  const stopped = await collectFrom(server, {
    output,
    signal: controller.signal,
    onProgress: () => {
      controller.abort();
    },
  });
  expect(problemOf(stopped).kind).toBe('interrupted');
  expect(problemOf(await collectFrom(server, { output }))).toEqual({
    kind: 'setting',
    code: 'checkpoint-in-the-way',
    message: `An interrupted run has left ${output}.partial.`,
    hint: 'Go on with it: --resume. Or delete the folder to begin again.',
    checkpoint: `${output}.partial`,
  });
  const other = await collectFrom(server, { output, resume: true, beta: false });
  expect(problemOf(other)).toMatchObject({ kind: 'setting', code: 'spool-other-run' });
  expect((await collectFrom(server, { output, resume: true })).ok).toBe(true);
});

test('Graph that cannot be reached and a token that is refused leave nothing behind', async () => {
  const output = join(newFolder(), 'tenant.snapshot');
  const server = await serverOf(createMemoryTenant(TWO_PAGES));
  server.addFault({ match: { label: '/organization' }, fault: { kind: 'status', status: 503 }, times: 9 });
  expect(problemOf(await collectFrom(server, { output }))).toMatchObject({
    kind: 'unreachable',
    code: 'graph-unreachable',
    checkpoint: null,
  });
  const refusing = await serverOf(createMemoryTenant(TWO_PAGES), {
    faults: [{ match: {}, fault: { kind: 'status', status: 401 }, times: Infinity }],
  });
  expect(problemOf(await collectFrom(refusing, { output }))).toMatchObject({
    kind: 'sign-in',
    code: 'token-refused',
    checkpoint: null,
  });
  expect(readdirSync(dirname(output))).toEqual([]);
});
