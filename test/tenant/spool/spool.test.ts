import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { SpoolError } from '../../../src/tenant/spool/problem.ts';
import { compareCodePoints } from '../../../src/util/code-points.ts';
import { OPTIONS, freshFolder, joinOf, opened, removeFolders, row, rowsOf } from './spools.ts';

afterAll(removeFolders);

const BEGUN = { done: false, rows: 0, nextLink: null, notes: {} };

describe('a step', () => {
  test('keeps rows in the order that they were appended in', async () => {
    const spool = await opened(freshFolder());
    const step = spool.step('agents');
    expect(step.state()).toEqual(BEGUN);
    expect(await rowsOf(spool, 'agents')).toEqual([]);
    const rows = [
      row('b', { n: 1 }),
      row('a', { text: 'tab\tline\nquote" \ud800 🙂' }, 'k\te\ny'),
      row('b', { n: 2 }),
    ];
    await Promise.all([step.append(rows.slice(0, 1)), step.append([]), step.append(rows.slice(1))]);
    expect(await rowsOf(spool, 'agents')).toEqual(rows);
    await step.checkpoint({ nextLink: 'https://graph/next', notes: { pages: 1 } });
    expect(step.state()).toEqual({
      done: false,
      rows: 3,
      nextLink: 'https://graph/next',
      notes: { pages: 1 },
    });
    await step.append([row('c')]);
    expect(step.state().rows).toBe(3);
    await step.done({ pages: 2 });
    expect(step.state()).toEqual({ done: true, rows: 4, nextLink: null, notes: { pages: 2 } });
    expect(spool.step('agents')).toBe(step);
    expect(spool.steps()).toEqual(['agents']);
    await spool.remove();
  });

  test('that is done takes nothing any more', async () => {
    const spool = await opened(freshFolder());
    const step = spool.step('agents');
    await step.done({});
    await expect(step.append([row('a')])).rejects.toThrow('the step agents is done');
    await spool.remove();
    for (const change of ['checkpoint', 'done', 'restart'] as const) {
      const other = await opened(freshFolder());
      await other.step('x').done({});
      await expect(other.step('x')[change]({ nextLink: null, notes: {} })).rejects.toThrow(
        'the step x is done',
      );
      await other.remove();
    }
  });

  test('can begin again', async () => {
    const folder = freshFolder();
    const spool = await opened(folder);
    const step = spool.step('agents');
    await step.append([row('a'), row('b')]);
    await step.checkpoint({ nextLink: 'n', notes: { pages: 1 } });
    await step.restart();
    expect(step.state()).toEqual(BEGUN);
    await step.append([row('c')]);
    expect(await rowsOf(spool, 'agents')).toEqual([row('c')]);
    await step.checkpoint({ nextLink: null, notes: {} });
    await spool.close();
    const again = await opened(folder, { resume: true });
    expect(await rowsOf(again, 'agents')).toEqual([row('c')]);
    await again.remove();
  });

  test('has a name that is a name of a file everywhere', async () => {
    const spool = await opened(freshFolder());
    for (const name of ['', '../x', 'a/b', '.hidden', 'a b', 'ä'])
      expect(() => spool.step(name)).toThrow('no name of a step');
    await spool.remove();
  });

  test('has GUIDs in lower case for its ids', async () => {
    const spool = await opened(freshFolder());
    await spool.step('a').append([row('AABBCCDD-0000-4000-8000-00000000000F')]);
    expect(await rowsOf(spool, 'a')).toEqual([row('aabbccdd-0000-4000-8000-00000000000f')]);
    await spool.remove();
  });
});

describe('a join', () => {
  test('gives each id once, in order, with the rows of every step', async () => {
    const spool = await opened(freshFolder());
    await spool.step('agents').append([row('b', { name: 'B' }), row('a', { name: 'A' })]);
    await spool
      .step('grants')
      .append([row('a', { n: 2 }, 'y'), row('c', { n: 3 }, 'x'), row('a', { n: 1 }, 'x')]);
    await spool.step('unasked').append([row('z')]);
    expect(await joinOf(spool, ['agents', 'grants', 'empty'])).toEqual({
      ids: [
        [
          'a',
          {
            agents: [row('a', { name: 'A' })],
            grants: [row('a', { n: 1 }, 'x'), row('a', { n: 2 }, 'y')],
            empty: [],
          },
        ],
        ['b', { agents: [row('b', { name: 'B' })], grants: [], empty: [] }],
        ['c', { agents: [], grants: [row('c', { n: 3 }, 'x')], empty: [] }],
      ],
      duplicates: { agents: 0, grants: 0, empty: 0 },
    });
    expect(readdirSync(spool.folder).filter((name) => name.startsWith('sort'))).toEqual([]);
    await spool.remove();
  });

  test('G21 of rows that come more than once keeps the last, and counts the others', async () => {
    const spool = await opened(freshFolder());
    await spool
      .step('agents')
      .append([row('a', { v: 1 }), row('b', { v: 1 }), row('a', { v: 2 }), row('a', { v: 3 })]);
    await spool
      .step('grants')
      .append([row('a', { v: 1 }, 'x'), row('a', { v: 2 }, 'y'), row('a', { v: 3 }, 'x')]);
    expect(await joinOf(spool, ['agents', 'grants'])).toEqual({
      ids: [
        ['a', { agents: [row('a', { v: 3 })], grants: [row('a', { v: 3 }, 'x'), row('a', { v: 2 }, 'y')] }],
        ['b', { agents: [row('b', { v: 1 })], grants: [] }],
      ],
      duplicates: { agents: 2, grants: 1 },
    });
    await spool.remove();
  });

  test('of any rows is what sorting them in memory gives', async () => {
    const rows = fc.array(
      fc.record({
        id: fc.string({
          unit: fc.constantFrom('a', 'b', '-', '\t', '"', 'ｘ', '🙂', '\ud800'),
          maxLength: 3,
        }),
        key: fc.constantFrom('', 'x', 'y'),
        value: fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(rows, rows, async (left, right) => {
        const spool = await opened(freshFolder());
        await spool.step('left').append(left);
        await spool.step('right').append(right);
        const { ids } = await joinOf(spool, ['left', 'right']);
        await spool.remove();
        const all = [...new Set([...left, ...right].map(({ id }) => id))].sort(compareCodePoints);
        const lastOf = (list: typeof left, id: string) =>
          ['', 'x', 'y'].flatMap((key) => list.findLast((each) => each.id === id && each.key === key) ?? []);
        const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
        expect(ids).toEqual(
          all.map((id) => [id, { left: plain(lastOf(left, id)), right: plain(lastOf(right, id)) }]),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('of many rows comes in portions', async () => {
    const spool = await opened(freshFolder());
    const id = (at: number) =>
      ((at * 7919) % 65536).toString(16).padStart(8, '0').split('').reverse().join('');
    const value = { text: 'x'.repeat(2000) };
    for (let from = 0; from < 12_000; from += 1000)
      await spool.step('agents').append(Array.from({ length: 1000 }, (_, at) => row(id(from + at), value)));
    const sizes: number[] = [];
    let last = '';
    for await (const { joined } of spool.join(['agents'])) {
      sizes.push(joined.length);
      for (const { id: next } of joined) {
        expect(last < next).toBe(true);
        last = next;
      }
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12_000);
    expect(Math.max(...sizes)).toBeLessThan(200);
    await spool.remove();
  });
});

describe('an interrupted run', () => {
  test('goes on from its last checkpoints', async () => {
    const folder = freshFolder();
    const first = await opened(folder);
    expect(first.resumed).toBe(false);
    await first.step('agents').append([row('a')]);
    await first.step('agents').checkpoint({ nextLink: 'n1', notes: { pages: 1 } });
    await first.step('agents').append([row('lost')]);
    await first.step('owners').append([row('lost')]);
    await first.step('organization').done({ status: 'complete' });
    await first.close();

    const second = await opened(folder, { resume: true });
    expect(second.resumed).toBe(true);
    expect(second.steps()).toEqual(['agents', 'organization']);
    expect(second.step('agents').state()).toEqual({
      done: false,
      rows: 1,
      nextLink: 'n1',
      notes: { pages: 1 },
    });
    expect(second.step('owners').state()).toEqual(BEGUN);
    expect(second.step('organization').state()).toMatchObject({ done: true, notes: { status: 'complete' } });
    await second.step('agents').append([row('b')]);
    expect(await rowsOf(second, 'agents')).toEqual([row('a'), row('b')]);
    expect(await rowsOf(second, 'owners')).toEqual([]);
    await second.remove();
    expect(existsSync(folder)).toBe(false);
  });

  test('that is not resumed is removed', async () => {
    const folder = freshFolder();
    const first = await opened(folder);
    await first.step('agents').append([row('a')]);
    await first.step('agents').done({});
    await first.close();
    const second = await opened(folder);
    expect([second.resumed, second.steps()]).toEqual([false, []]);
    expect(await rowsOf(second, 'agents')).toEqual([]);
    await second.remove();
  });

  test('without anything to resume, a run begins', async () => {
    const spool = await opened(freshFolder(), { resume: true });
    expect(spool.resumed).toBe(false);
    await spool.remove();
  });

  test('of another tenant or version is refused, and says in what they differ', async () => {
    const folder = freshFolder();
    await (await opened(folder)).close();
    const identity = { tenant: 'other', plan: 'all' };
    await expect(opened(folder, { resume: true, identity })).rejects.toMatchObject({
      code: 'spool-other-run',
      message:
        'The interrupted run was for something else, so it cannot be resumed: plan was not given and is all; ' +
        'tenant was f470 and is other; version was 1.2.3 and is not given.',
    });
    // Nothing of it is lost, nor is it locked.
    const again = await opened(folder, { resume: true });
    expect(again.resumed).toBe(true);
    await again.remove();
  });

  test('S10 with a checkpoint that is cut off anywhere is refused', async () => {
    const folder = freshFolder();
    const first = await opened(folder);
    await first.step('agents').append([row('a')]);
    await first.step('agents').checkpoint({ nextLink: 'n', notes: {} });
    await first.close();
    const path = join(folder, 'checkpoint.json');
    const whole = readFileSync(path, 'utf8');
    for (let length = 0; length < whole.trimEnd().length; length += 3) {
      writeFileSync(path, whole.slice(0, length));
      await expect(opened(folder, { resume: true })).rejects.toMatchObject({ code: 'spool-damaged' });
    }
    for (const [content, code] of [
      ['null', 'spool-damaged'],
      ['{"format":"other"}', 'spool-damaged'],
      [whole.replace('"version":1', '"version":2'), 'spool-other-version'],
      [whole.replace('"rows":1', '"rows":"1"'), 'spool-damaged'],
      [whole.replace('"steps":{', '"steps":[],"x":{'), 'spool-damaged'],
    ] as const) {
      writeFileSync(path, content);
      await expect(opened(folder, { resume: true })).rejects.toMatchObject({ code });
    }
  });

  test('whose rows are missing or changed is refused, not read as if nothing were there', async () => {
    const folder = freshFolder();
    const first = await opened(folder);
    await first.step('agents').append([row('a', { n: 1 }), row('b', { n: 2 })]);
    await first.step('agents').done({});
    await first.close();
    const path = join(folder, 'agents.rows');
    const { size } = statSync(path);
    appendFileSync(path, '"c"\t""\t{"half');
    const second = await opened(folder, { resume: true });
    expect(await rowsOf(second, 'agents')).toHaveLength(2);
    await second.close();
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.from(bytes).fill(0, size - 8));
    const third = await opened(folder, { resume: true });
    await expect(rowsOf(third, 'agents')).rejects.toBeInstanceOf(SpoolError);
    await expect(joinOf(third, ['agents'])).rejects.toMatchObject({ code: 'spool-damaged' });
    await third.close();
    truncateSync(path, size - 1);
    await expect(opened(folder, { resume: true })).rejects.toMatchObject({ code: 'spool-damaged' });
  });
});

describe('the folder', () => {
  test('is for its owner alone, with everything in it', async () => {
    const spool = await opened(freshFolder());
    await spool.step('agents').append([row('a')]);
    await spool.step('agents').done({});
    expect(statSync(spool.folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(spool.folder).sort()).toEqual(['agents.rows', 'checkpoint.json', 'lock']);
    for (const name of readdirSync(spool.folder))
      expect(statSync(join(spool.folder, name)).mode & 0o777).toBe(0o600);
    await spool.remove();
  });

  test('of somebody else is left alone', async () => {
    const folder = freshFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.txt'), 'x');
    await expect(opened(folder)).rejects.toMatchObject({ code: 'spool-foreign-folder' });
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
    const file = join(dirname(folder), 'file');
    writeFileSync(file, 'x');
    await expect(opened(file)).rejects.toMatchObject({ code: 'spool-foreign-folder' });
  });

  test('that cannot be made is named', async () => {
    const folder = join(freshFolder(), 'deep');
    await expect(opened(folder)).rejects.toMatchObject({
      code: 'spool-unusable',
      message: `The work folder ${folder} cannot be used: its folder does not exist (ENOENT).`,
    });
  });
});

describe('S09 two runs', () => {
  const other = (isRunning: boolean) => ({
    pid: 200,
    startedAt: '2026-11-23T01:00:00Z',
    isRunning: () => isRunning,
  });

  test('never use one folder at once', async () => {
    const folder = freshFolder();
    const first = await opened(folder);
    await expect(opened(folder, { owner: other(true), resume: true })).rejects.toMatchObject({
      code: 'spool-in-use',
      message: 'Another run, process 100, is collecting into this folder.',
    });
    await first.step('agents').done({});
    await first.close();
    const second = await opened(folder, { owner: other(true), resume: true });
    expect(second.resumed).toBe(true);
    await second.remove();
  });

  test('one takes over from one that was killed', async () => {
    const folder = freshFolder();
    const killed = await opened(folder);
    await killed.step('agents').append([row('a')]);
    await killed.step('agents').checkpoint({ nextLink: 'n', notes: {} });
    const next = await opened(folder, { owner: other(false), resume: true });
    expect(next.step('agents').state().nextLink).toBe('n');
    await next.close();
    expect(readdirSync(folder).sort()).toEqual(['agents.rows', 'checkpoint.json']);
    await killed.close();
  });

  test('one never takes over a lock that does not say whose it is', async () => {
    const folder = freshFolder();
    await opened(folder);
    for (const lock of ['', '{"pid":', '[]', '{"pid":1.5}']) {
      writeFileSync(join(folder, 'lock'), lock);
      await expect(opened(folder, { owner: other(false) })).rejects.toMatchObject({
        code: 'spool-in-use',
        message: 'Another run is collecting into this folder.',
      });
    }
  });

  test('a process number that came again is no other run', async () => {
    const folder = freshFolder();
    await opened(folder);
    const again = await opened(folder, {
      resume: true,
      owner: { ...OPTIONS.owner, startedAt: '2026-11-23T02:00:00Z' },
    });
    expect(again.resumed).toBe(true);
    await again.remove();
  });

  test('one that was taken over writes no checkpoint any more, and leaves the other its folder', async () => {
    const folder = freshFolder();
    const first = await opened(folder);
    await first.step('agents').append([row('a')]);
    const second = await opened(folder, { owner: other(false) });
    await expect(first.step('agents').checkpoint({ nextLink: 'n', notes: {} })).rejects.toMatchObject({
      code: 'spool-lock-lost',
    });
    await expect(first.remove()).rejects.toMatchObject({ code: 'spool-lock-lost' });
    await first.close();
    expect(existsSync(join(folder, 'lock'))).toBe(true);
    await second.step('agents').done({});
    await second.remove();
  });

  test('of many that find the lock of a killed one, one goes on', async () => {
    const folder = freshFolder();
    await opened(folder);
    const taken = new Set<number>();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, async (_, at) => {
        const owner = { pid: 300 + at, startedAt: 'x', isRunning: (pid: number) => pid >= 300 };
        const spool = await opened(folder, { owner, resume: true });
        taken.add(at);
        return spool;
      }),
    );
    expect(taken.size).toBe(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'spool-in-use' });
      else await outcome.value.remove();
  });
});
