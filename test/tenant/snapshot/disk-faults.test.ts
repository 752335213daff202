import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type * as Faults from '../faulty-disk.ts';

vi.mock('node:fs/promises', async (original) => {
  const { faultyDisk } = await vi.importActual<typeof Faults>('../faulty-disk.ts');
  return faultyDisk(await original());
});

const { disk, plan, whole } = await vi.importActual<typeof Faults>('../faulty-disk.ts');
const { SnapshotError } = await import('../../../src/tenant/snapshot/problem.ts');
const { beside, contentOf, freshPath, record, removeFolders, written } = await import('./snapshots.ts');

beforeEach(whole);
afterAll(removeFolders);

/** More than one part of gzip, so that some writes come before the end. */
const STREAMS = {
  organization: [record('t', { displayName: 'T' })],
  agentIdentities: Array.from({ length: 20 }, (_, at) =>
    record(String(at).padStart(3, '0'), { description: 'x'.repeat(60_000) }),
  ),
};

const REDACTION = { what: ['ids'], key: new Uint8Array(32), publicIds: new Set<string>() } as const;

for (const [name, redaction] of [
  ['', null],
  [' with redacted ids', REDACTION],
] as const)
  test(`S02 whichever write fails${name}, the old file stays as it is and nothing is left beside it`, async () => {
    await written(STREAMS, redaction);
    const changes = disk.changes;
    expect(changes).toBeGreaterThan(30);
    // Once the new file is in its place, it stays there.
    for (let at = 1; at <= changes; at += 1) {
      const path = freshPath();
      writeFileSync(path, 'old');
      plan(at, 'once');
      const outcome = await written(STREAMS, redaction, path).then(
        () => 'written',
        (error: unknown) => error,
      );
      whole();
      expect(beside(path), `write ${at} of ${changes}`).toEqual(['tenant.snapshot']);
      expect(outcome, `write ${at} of ${changes}`).toBeInstanceOf(SnapshotError);
      expect(outcome).toMatchObject({
        code: 'snapshot-not-written',
        message: `The snapshot could not be written to ${path}: no space left on device (ENOSPC).`,
      });
      expect(readFileSync(path, 'utf8') === 'old').toBe(true);
    }
  });

test('S08 whenever the process is killed, the target is the old file or the whole new one', async () => {
  await written(STREAMS);
  const changes = disk.changes;
  for (let at = 1; at <= changes; at += 1) {
    const path = freshPath();
    writeFileSync(path, 'old');
    plan(at, 'dead');
    await written(STREAMS, null, path).catch(() => undefined);
    whole();
    expect(readFileSync(path, 'utf8') === 'old', `write ${at} of ${changes}`).toBe(true);
  }
  const path = freshPath();
  writeFileSync(path, 'old');
  plan(changes + 1, 'dead');
  await written(STREAMS, null, path).catch(() => undefined);
  whole();
  expect(await contentOf(path)).toEqual(STREAMS);
});
