import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../src/sources/cache.ts';
import { folderWith, LINUX, POSIX, run } from './cli.ts';

const VARIABLE = 'AGENTID_LINT_CACHE_DIR';

/** Keeps two entries in a folder, 12 bytes and what an entry takes. */
function fill(folder: string): number {
  const cache = openCache({ folder, now: 0 });
  cache.write('a', Buffer.from('content'));
  cache.write('b', Buffer.from('other'));
  expect(cache.warning()).toBeNull();
  return cache.size();
}

describe('cache dir prints', () => {
  test('the folder that the environment names, and leaves it alone', async () => {
    const folder = join(folderWith({}), 'cache');
    const env = { [VARIABLE]: ` ${folder} ` };
    expect(await run(['cache', 'dir'], { env })).toEqual({
      status: 0,
      signal: null,
      stdout: `${folder}\n`,
      stderr: '',
    });
    const { stdout } = await run(['cache', 'dir', '--format', 'json'], { env });
    expect(JSON.parse(stdout)).toEqual({ folder });
    expect(existsSync(folder)).toBe(false);
  });

  test.runIf(LINUX).each([
    ['in the home of the user', { HOME: '/users/mira' }, '/users/mira/.cache/agentid-lint'],
    ['where the user has caches', { HOME: '/users/mira', XDG_CACHE_HOME: '/caches' }, '/caches/agentid-lint'],
  ])('for an empty variable the folder %s', async (_, variables, folder) => {
    const env = { ...variables, [VARIABLE]: '' };
    expect(await run(['cache', 'dir'], { env })).toMatchObject({
      status: 0,
      stdout: `${folder}\n`,
      stderr: '',
    });
  });
});

describe('cache clear', () => {
  test('removes the entries and says how much that was', async () => {
    const folder = folderWith({ 'precious.txt': 'kept' });
    const bytes = fill(folder);
    const env = { [VARIABLE]: folder };
    expect(bytes).toBeLessThan(1024);
    expect(await run(['cache', 'clear'], { env })).toEqual({
      status: 0,
      signal: null,
      stdout: `removed 2 files (${bytes} bytes) from ${folder}\n`,
      stderr: '',
    });
    expect(readdirSync(join(folder, 'v1'))).toEqual([]);
    expect(readFileSync(join(folder, 'precious.txt'), 'utf8')).toBe('kept');
    expect((await run(['cache', 'clear'], { env })).stdout).toBe(
      `removed 0 files (0 bytes) from ${folder}\n`,
    );
  });

  test('says the same to programs', async () => {
    const folder = folderWith({});
    const bytes = fill(folder);
    const { stdout } = await run(['cache', 'clear', '-f', 'json'], { env: { [VARIABLE]: folder } });
    expect(JSON.parse(stdout)).toEqual({ folder, files: 2, bytes });
  });

  test('has nothing to do where nothing ever was', async () => {
    const folder = join(folderWith({}), 'cache');
    const { status, stdout } = await run(['cache', 'clear'], { env: { [VARIABLE]: folder } });
    expect([status, stdout]).toEqual([0, `removed 0 files (0 bytes) from ${folder}\n`]);
    expect(existsSync(folder)).toBe(false);
  });

  test('fails when it cannot', async () => {
    const folder = join(folderWith({ cache: '' }), 'cache');
    expect(await run(['cache', 'clear'], { env: { [VARIABLE]: folder } })).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `error: source-cache-unusable: The cache in ${folder} cannot be used: a part of its path is not a folder (ENOTDIR).\n  Remove the folder yourself.\n`,
    });
  });
});

describe('refused is', () => {
  test.each([['dir'], ['clear']])('a folder that depends on where cache %s runs', async (command) => {
    expect(await run(['cache', command], { env: { [VARIABLE]: './cache' } })).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `error: ${VARIABLE}: "./cache" is not an absolute path\n  Every run would have another cache. Write the whole path.\n`,
    });
  });

  test.runIf(POSIX)('a user without a place for caches', async () => {
    const env = { HOME: 'relative', XDG_CACHE_HOME: '', [VARIABLE]: '' };
    expect(await run(['cache', 'dir'], { env })).toEqual({
      status: 2,
      signal: null,
      stdout: '',
      stderr: `error: this user has no folder for caches\n  Name one in ${VARIABLE}.\n`,
    });
  });

  test('"cache" alone', async () => {
    expect(await run(['cache'])).toMatchObject({
      status: 2,
      stderr:
        'error: "agentid-lint cache" needs a command: dir, clear\n  "agentid-lint cache --help" explains it.\n',
    });
  });

  test('another format', async () => {
    const { status, stderr } = await run(['cache', 'dir', '-f', 'yaml'], { env: { [VARIABLE]: '/caches' } });
    expect([status, stderr]).toEqual([2, 'error: --format: unknown value "yaml"\n  Known: text, json.\n']);
  });
});

test('a slip in the name of the variable is noticed', async () => {
  const env = { AGENTID_LINT_CACHEDIR: '/caches', [VARIABLE]: '/caches' };
  expect(await run(['cache', 'dir'], { env })).toMatchObject({
    status: 0,
    stdout: '/caches\n',
    stderr: `note: the environment variable AGENTID_LINT_CACHEDIR is not known and has no effect; did you mean ${VARIABLE}?\n`,
  });
});

test('help names the variable', async () => {
  const { stdout } = await run(['cache', 'clear', '--help']);
  expect(stdout).toContain(`${VARIABLE}  the folder to use instead of the user's cache folder`);
});
