import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openSorter, type SortEntry } from '../../../src/tenant/spool/sort.ts';
import { compareCodePoints } from '../../../src/util/code-points.ts';
import { freshFolder, removeFolders } from './spools.ts';

afterAll(removeFolders);

const entry = (id: string, text: string): SortEntry => ({ id, text });

async function sorted(
  entries: readonly SortEntry[],
  options: { readonly memory?: number; readonly atOnce?: number } = {},
): Promise<readonly (readonly SortEntry[])[]> {
  const folder = freshFolder();
  const sorter = openSorter({ folder, ...options });
  for (const { id, text } of entries) await sorter.add(id, text);
  const batches: (readonly SortEntry[])[] = [];
  for await (const batch of sorter.batches()) batches.push(batch);
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  await sorter.remove();
  expect(existsSync(folder)).toBe(false);
  return batches;
}

const ids = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }),
  fc.uuid(),
);
const texts = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text));

test('any entries come in the order of their ids, and those of one id as they came, in one batch', async () => {
  const entries = fc.array(fc.record({ id: ids, text: texts }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(entries, fc.nat(300), fc.nat(100), async (list, memory, atOnce) => {
      const batches = await sorted(list, { memory, atOnce });
      expect(batches.flat()).toEqual(list.toSorted((a, b) => compareCodePoints(a.id, b.id)));
      const batchesOfId = new Map<string, Set<number>>();
      for (const [number, batch] of batches.entries())
        for (const { id } of batch) batchesOfId.set(id, (batchesOfId.get(id) ?? new Set()).add(number));
      expect([...batchesOfId.values()].every(({ size }) => size === 1)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('a small number of entries never touches the disk', async () => {
  const folder = freshFolder();
  const sorter = openSorter({ folder });
  await sorter.add('b', '1');
  await sorter.add('a', '2');
  for await (const batch of sorter.batches()) expect(batch).toHaveLength(1);
  expect(existsSync(folder)).toBe(false);
});

test('ids that begin alike are told apart by what follows', async () => {
  const list = Array.from({ length: 500 }, (_, at) => entry(`agents/production/${499 - at}`, '"x"'));
  const batches = await sorted(list, { memory: 1000, atOnce: 300 });
  expect(batches.flat()).toEqual(list.toSorted((a, b) => compareCodePoints(a.id, b.id)));
  expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThan(20);
});

test('one id with more than fits at once still comes as a whole', async () => {
  const list = Array.from({ length: 100 }, (_, at) => entry('same', String(at)));
  expect(await sorted(list, { memory: 50, atOnce: 20 })).toEqual([list]);
});

test('files are for their owner alone', async () => {
  const folder = freshFolder();
  const sorter = openSorter({ folder, memory: 1 });
  await sorter.add('a', '1');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600]);
  await sorter.remove();
});

test('can be given up in the middle', async () => {
  const folder = freshFolder();
  const sorter = openSorter({ folder, memory: 1, atOnce: 1 });
  for (const id of ['c', 'b', 'a']) await sorter.add(id, '1');
  for await (const batch of sorter.batches()) {
    expect(batch).toEqual([entry('a', '1')]);
    break;
  }
  await sorter.remove();
  expect(existsSync(folder)).toBe(false);
});
