import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Spool, SpoolStep } from '../../../src/tenant/spool/types.ts';
import type * as Faults from '../faulty-disk.ts';

vi.mock('node:fs/promises', async (original) => {
  const { faultyDisk } = await vi.importActual<typeof Faults>('../faulty-disk.ts');
  return faultyDisk(await original());
});

const { disk, plan, whole } = await vi.importActual<typeof Faults>('../faulty-disk.ts');
const { SpoolError } = await import('../../../src/tenant/spool/problem.ts');
const { freshFolder, joinOf, opened, removeFolders, row } = await import('./spools.ts');

beforeEach(whole);
afterAll(removeFolders);

const PAGES = 3;

/** Reads a list of pages that never changes, a page for each next link. */
async function collectList(step: SpoolStep, name: string): Promise<void> {
  for (;;) {
    const { done, nextLink, notes } = step.state();
    if (done) return;
    const page = nextLink === null ? 0 : Number(nextLink);
    await step.append([
      row(`${name}-${page}`, { page }),
      row('shared', { name, page }),
      row('a', { page }, String(page)),
    ]);
    const pages = Number(notes['pages'] ?? 0) + 1;
    if (page === PAGES - 1) await step.done({ pages });
    else await step.checkpoint({ nextLink: String(page + 1), notes: { pages } });
  }
}

/** Two lists at the same time, and one after them that once has to begin again. */
async function collect(spool: Spool): Promise<unknown> {
  await Promise.all(['agents', 'owners'].map((name) => collectList(spool.step(name), name)));
  const late = spool.step('late');
  if (!late.state().done && late.state().nextLink === null) {
    await late.append([row('gone')]);
    await late.checkpoint({ nextLink: 'old', notes: {} });
  }
  if (late.state().nextLink === 'old') await late.restart();
  await collectList(late, 'late');
  const steps = ['agents', 'owners', 'late'];
  return { joined: await joinOf(spool, steps), states: steps.map((name) => spool.step(name).state()) };
}

/** As a run does: whatever happens, nothing goes on after it. */
async function collectAndClose(spool: Spool): Promise<void> {
  try {
    await collect(spool);
  } finally {
    await spool.close();
  }
}

async function uninterrupted(): Promise<{
  readonly result: unknown;
  readonly checkpoint: string;
  readonly changes: number;
}> {
  const folder = freshFolder();
  const spool = await opened(folder);
  const result = await collect(spool);
  const { changes } = disk;
  const checkpoint = readFileSync(`${folder}/checkpoint.json`, 'utf8');
  await spool.remove();
  return { result, checkpoint, changes };
}

for (const how of ['dead', 'once'] as const)
  test(`S05 interrupted at any write (${how}) and resumed equals uninterrupted`, async () => {
    const { result, checkpoint, changes } = await uninterrupted();
    expect(changes).toBeGreaterThan(35);
    for (let at = 1; at <= changes; at += 1) {
      const folder = freshFolder();
      plan(at, how);
      const interrupted = await opened(folder)
        .then(collectAndClose)
        .catch((error: unknown) => error);
      expect(interrupted, `write ${at} of ${changes}`).toBeInstanceOf(how === 'once' ? SpoolError : Error);
      whole();
      const spool = await opened(folder, { resume: true });
      expect(await collect(spool), `write ${at} of ${changes}`).toEqual(result);
      expect(readFileSync(`${folder}/checkpoint.json`, 'utf8')).toBe(checkpoint);
      await spool.remove();
      expect(existsSync(folder)).toBe(false);
    }
  });

test('a step whose write failed does nothing more: what it says next would be missing something', async () => {
  const spool = await opened(freshFolder());
  const step = spool.step('agents');
  await step.append([row('a')]);
  await step.checkpoint({ nextLink: 'n', notes: {} });
  plan(1, 'once');
  await expect(step.append([row('b')])).rejects.toMatchObject({ code: 'spool-unusable' });
  await expect(step.append([row('c')])).rejects.toMatchObject({ code: 'spool-unusable' });
  await expect(step.done({})).rejects.toThrow();
  expect(step.state()).toEqual({ done: false, rows: 1, nextLink: 'n', notes: {} });
  whole();
  await spool.remove();
});

test('a join that cannot be written to the disk says so', async () => {
  const spool = await opened(freshFolder());
  const text = 'x'.repeat(1_000_000);
  await spool.step('agents').append(Array.from({ length: 20 }, (_, at) => row(String(at), { text })));
  plan(1, 'once');
  await expect(joinOf(spool, ['agents'])).rejects.toMatchObject({ code: 'spool-unusable' });
  whole();
  await spool.remove();
});
