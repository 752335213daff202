import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OutputError } from '../../src/cli/errors.ts';
import { whileLocked } from '../../src/cli/lock.ts';
import { folderWith } from '../e2e/cli.ts';

const DEAD = '{"pid":2,"startedAt":0}\n';
const OURS = '{"pid":1,"startedAt":7}\n';
const world = { startedAt: 7, process: { pid: 1, isRunning: (pid: number) => pid !== 2 } };
const fileIn = (folder: string) => ({ name: 'b', path: join(folder, 'b') });

describe('a lock', () => {
  test('is there while something is done, and gone afterwards', async () => {
    const folder = folderWith({});
    const held = await whileLocked(fileIn(folder), world, () => readFileSync(join(folder, 'b.lock'), 'utf8'));
    expect(held).toBe(OURS);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is gone when that fails, too', async () => {
    const folder = folderWith({});
    const fails = whileLocked(fileIn(folder), world, () => {
      throw new TypeError('it failed');
    });
    await expect(fails).rejects.toThrow(new TypeError('it failed'));
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['one that has ended', DEAD, {}],
    ['an earlier one with our number', '{"pid":1,"startedAt":1}\n', {}],
    ['one that ended while it took over', DEAD, { 'b.lock.lock': DEAD }],
    ['one that ended while it took over that', DEAD, { 'b.lock.lock': DEAD, 'b.lock.lock.lock': DEAD }],
  ])('of %s is taken over', async (_name, lock, more) => {
    const folder = folderWith({ 'b.lock': lock, ...more });
    expect(await whileLocked(fileIn(folder), world, () => readFileSync(join(folder, 'b.lock'), 'utf8'))).toBe(
      OURS,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of another run is waited for', async () => {
    const folder = folderWith({ 'b.lock': '{"pid":3,"startedAt":0}\n' });
    let asked = 0;
    const ends = {
      ...world,
      process: { pid: 1, isRunning: () => (asked += 1) < 3 },
    };
    expect(await whileLocked(fileIn(folder), ends, () => 'done')).toBe('done');
    expect(asked).toBe(3);
  });

  test('is made with its folder; where there can be none, nothing is written', async () => {
    const folder = folderWith({ file: '' });
    expect(
      await whileLocked(fileIn(join(folder, 'new')), world, () => readdirSync(join(folder, 'new'))),
    ).toEqual(['b.lock']);
    await expect(whileLocked(fileIn(join(folder, 'file')), world, () => 'done')).rejects.toBeInstanceOf(
      OutputError,
    );
  });

  test('never lets two runs in at once', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'in'));
    const path = join(folder, 'in', 'sum');
    writeFileSync(path, '0');
    const runs = Array.from({ length: 8 }, (_, index) =>
      whileLocked(
        { name: 'sum', path },
        { startedAt: index, process: { pid: index + 10, isRunning: () => true } },
        () => {
          writeFileSync(path, String(Number(readFileSync(path, 'utf8')) + 1));
        },
      ),
    );
    await Promise.all(runs);
    expect(readFileSync(path, 'utf8')).toBe('8');
  });
});
