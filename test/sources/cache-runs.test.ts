import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isEntryName } from '../../src/sources/cache-entry.ts';
import { temporaryFolder } from './temporary.ts';

const POSIX = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
let programs = '';

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'agentid-lint-cache-'));
  chmodSync(programs, 0o755);
  await build({
    entryPoints: [fileURLToPath(new URL('cache-run.ts', import.meta.url))],
    outfile: join(programs, 'cache-run.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});

afterAll(() => {
  rmSync(programs, { recursive: true });
});

type Ended = {
  readonly wrong: number;
  readonly present: readonly boolean[];
  readonly warning: string | null;
};
type Run = { readonly what: 'read' | 'write' | 'both' | 'clear'; readonly rounds: number };

/** @param limits shell commands that come first; `as`: who runs it, when not who runs the tests */
function start(folder: string, { what, rounds }: Run, limits = '', as: { uid?: number; gid?: number } = {}) {
  const args = [process.execPath, join(programs, 'cache-run.mjs'), folder, what, String(rounds)];
  return spawn('bash', ['--norc', '-c', `${limits} exec "$0" "$@"`, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...as,
  });
}

function ended(child: ReturnType<typeof start>): Promise<Ended | null> {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => {
      resolve(out === '' ? null : (JSON.parse(out) as Ended));
    });
  });
}

const run = (...args: Parameters<typeof start>) => ended(start(...args));
const ALL = [true, true, true, true, true];

describe.runIf(POSIX)('S09 several runs on one cache', () => {
  test('that write and read the same keys find each entry whole, and leave nothing else behind', async () => {
    const folder = join(temporaryFolder(), 'cache');
    const runs = await Promise.all(
      Array.from({ length: 4 }, () => run(folder, { what: 'both', rounds: 40 })),
    );
    expect(runs).toEqual(runs.map(() => ({ wrong: 0, present: ALL, warning: null })));
    expect(readdirSync(join(folder, 'v1')).filter((name) => !isEntryName(name))).toEqual([]);
  });

  test('of which one clears it find each entry whole or absent, and none of them complains', async () => {
    const folder = join(temporaryFolder(), 'cache');
    const runs = await Promise.all([
      ...Array.from({ length: 3 }, () => run(folder, { what: 'both', rounds: 40 })),
      run(folder, { what: 'clear', rounds: 120 }),
    ]);
    expect(runs).toMatchObject(runs.map(() => ({ wrong: 0, warning: null })));
    expect(await run(folder, { what: 'both', rounds: 5 })).toEqual({ wrong: 0, present: ALL, warning: null });
  });

  test('S08 of which one is killed at any moment leave no entry that is not whole', async () => {
    const folder = join(temporaryFolder(), 'cache');
    for (const delay of [0, 10, 40]) {
      const child = start(folder, { what: 'write', rounds: 1_000_000 });
      const end = ended(child);
      await until(() => existsSync(join(folder, 'v1')));
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill('SIGKILL');
      await end;
      expect(await run(folder, { what: 'read', rounds: 5 })).toMatchObject({ wrong: 0, warning: null });
    }
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe.runIf(POSIX)('a run goes on without a cache', () => {
  test('S02 when the disk has no room for an entry, of which nothing is left', async () => {
    const folder = join(temporaryFolder(), 'cache');
    expect(await run(folder, { what: 'both', rounds: 10 }, 'ulimit -f 64;')).toEqual({
      wrong: 0,
      present: ALL.map(() => false),
      warning: `The cache in ${folder} cannot be used: it would be too large for the file system (EFBIG).`,
    });
    expect(readdirSync(join(folder, 'v1'))).toEqual([]);
  });

  test('in a folder that it may not write to', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const somebody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    expect(await run(folder, { what: 'both', rounds: 10 }, '', somebody)).toEqual({
      wrong: 0,
      present: ALL.map(() => false),
      warning: `The cache in ${folder} cannot be used: permission denied (EACCES).`,
    });
  });
});
