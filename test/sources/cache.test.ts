import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_CACHE, openCache, type CacheOptions } from '../../src/sources/cache.ts';
import { ENTRY_OVERHEAD, entryName } from '../../src/sources/cache-entry.ts';
import { temporaryFolder } from './temporary.ts';

const NOW = Date.UTC(2026, 10, 23);
const HOUR = 3_600_000;
const POSIX = process.platform !== 'win32';
const text = (content: string) => new Uint8Array(Buffer.from(content));

function open(folder: string, options: Partial<CacheOptions> = {}) {
  return openCache({ folder, now: NOW, ...options });
}

/** A cache in a new folder, and where it keeps a key. */
function newCache(options: Partial<CacheOptions> = {}) {
  const folder = join(temporaryFolder(), 'cache');
  const at = (key: string) => join(folder, 'v1', entryName(key));
  return { folder, at, cache: open(folder, options) };
}

/** Sets when an entry was last used, as hours before now. */
function usedHoursAgo(path: string, hours: number): void {
  const seconds = (NOW - hours * HOUR) / 1000;
  utimesSync(path, seconds, seconds);
}

describe('a cache', () => {
  test('gives back what was written under a key, in this run and in others', () => {
    const { folder, cache } = newCache();
    cache.write('a', text('one'));
    cache.write('b', text('two'));
    cache.write('a', text('three'));
    cache.write('', new Uint8Array());
    for (const each of [cache, open(folder)]) {
      expect(['a', 'b', '', 'c'].map((key) => each.read(key))).toEqual([
        text('three'),
        text('two'),
        new Uint8Array(),
        null,
      ]);
      expect(each.warning()).toBeNull();
    }
  });

  test('touches nothing before something is written', () => {
    const { folder, cache } = newCache();
    expect([cache.read('a'), cache.size(), cache.clear(), cache.warning()]).toEqual([
      null,
      0,
      { files: 0, bytes: 0 },
      null,
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  test('takes any key and any bytes', () => {
    const { cache } = newCache();
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    for (const key of ['../../a', 'a/b', '\0', '\ud800', 'x'.repeat(10_000)]) {
      cache.write(key, bytes);
      expect(cache.read(key)).toEqual(bytes);
    }
  });

  test('may be in a folder that is reached through a link', () => {
    const folder = temporaryFolder({ 'disk/': '', cache: { linkTo: 'disk' } });
    open(join(folder, 'cache')).write('a', text('one'));
    expect(open(join(folder, 'disk')).read('a')).toEqual(text('one'));
  });

  test.runIf(POSIX)('is for the user alone', () => {
    const { folder, at, cache } = newCache();
    cache.write('a', text('one'));
    const modes = [folder, join(folder, 'v1'), at('a')].map((path) =>
      (lstatSync(path).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '700', '600']);
  });

  test('leaves nothing but entries behind', () => {
    const { folder, cache } = newCache();
    cache.write('a', text('one'));
    cache.write('a', text('one'));
    expect(readdirSync(join(folder, 'v1'))).toEqual([entryName('a')]);
  });

  test('that is none keeps nothing', () => {
    NO_CACHE.write('a', text('one'));
    expect([NO_CACHE.read('a'), NO_CACHE.warning()]).toEqual([null, null]);
  });
});

describe('what is not, byte for byte, what was written counts as absent and is removed', () => {
  /** Reads `a` after its file was changed; then nothing may be left of it. */
  function readAfter(change: (path: string, entry: Buffer) => void) {
    const { at, cache } = newCache();
    cache.write('a', text('policy'));
    change(at('a'), readFileSync(at('a')));
    const read = cache.read('a');
    return { read, left: existsSync(at('a')), warning: cache.warning() };
  }

  const gone = { read: null, left: false, warning: null };

  test('S10 an entry that was cut off at any byte', () => {
    const { at, cache } = newCache();
    cache.write('a', text('policy'));
    const entry = readFileSync(at('a'));
    expect(entry.length).toBe(ENTRY_OVERHEAD + 6);
    for (let length = 0; length < entry.length; length += 1) {
      writeFileSync(at('a'), entry.subarray(0, length));
      expect([length, cache.read('a'), existsSync(at('a'))]).toEqual([length, null, false]);
    }
  });

  test('S11 an entry in which any byte was changed', () => {
    const { at, cache } = newCache();
    cache.write('a', text('policy'));
    const entry = readFileSync(at('a'));
    for (const [place, byte] of entry.entries()) {
      const changed = Buffer.from(entry);
      changed[place] = byte ^ 1;
      writeFileSync(at('a'), changed);
      expect([place, cache.read('a'), existsSync(at('a'))]).toEqual([place, null, false]);
    }
  });

  test('S11 the entry of another key', () => {
    const { at, cache } = newCache();
    cache.write('a', text('strict'));
    cache.write('b', text('lax'));
    cpSync(at('b'), at('a'));
    expect([cache.read('a'), cache.read('b'), existsSync(at('a'))]).toEqual([null, text('lax'), false]);
  });

  test('S10 an entry of another version', () => {
    expect(
      readAfter((path, entry) => {
        writeFileSync(path, entry.toString('latin1').replace('cache 1', 'cache 2'), 'latin1');
      }),
    ).toEqual(gone);
  });

  test('an entry with something behind it', () => {
    expect(
      readAfter((path) => {
        writeFileSync(path, 'x', { flag: 'a' });
      }),
    ).toEqual(gone);
  });

  test('a folder in its place', () => {
    expect(
      readAfter((path) => {
        rmSync(path);
        mkdirSync(join(path, 'inner'), { recursive: true });
      }),
    ).toEqual(gone);
  });

  test.runIf(POSIX)('a link in its place, which is not followed', () => {
    const target = join(temporaryFolder(), 'entry');
    const result = readAfter((path, entry) => {
      writeFileSync(target, entry);
      rmSync(path);
      symlinkSync(target, path);
    });
    expect([result, existsSync(target)]).toEqual([gone, true]);
  });

  test.runIf(POSIX)('a pipe in its place, which is not waited for', () => {
    expect(
      readAfter((path) => {
        rmSync(path);
        execFileSync('mkfifo', [path]);
      }),
    ).toEqual(gone);
  });

  test('and is written anew', () => {
    const { at, cache } = newCache();
    cache.write('a', text('policy'));
    writeFileSync(at('a'), 'damaged');
    expect(cache.read('a')).toBeNull();
    cache.write('a', text('policy'));
    expect(cache.read('a')).toEqual(text('policy'));
  });
});

describe('a cache has a limit', () => {
  const BYTES = ENTRY_OVERHEAD + 10;
  const content = text('ten bytes.');

  /** Which of the keys are there, without using them. */
  const left = (at: (key: string) => string, keys: readonly string[]) =>
    keys.filter((key) => existsSync(at(key)));

  test('over which the longest unused entries go', () => {
    const { at, cache } = newCache({ maxBytes: 3 * BYTES });
    for (const [hours, key] of ['a', 'b', 'c'].entries()) {
      cache.write(key, content);
      usedHoursAgo(at(key), 2 + hours);
    }
    expect(cache.size()).toBe(3 * BYTES);
    cache.read('c');
    cache.write('d', content);
    expect([left(at, ['a', 'b', 'c', 'd']), cache.size()]).toEqual([['a', 'c', 'd'], 3 * BYTES]);
  });

  test('in whose order an entry of the future does not stay for ever', () => {
    const { at, cache } = newCache({ maxBytes: 2 * BYTES });
    cache.write('future', content);
    usedHoursAgo(at('future'), -1000);
    cache.read('future');
    expect(statSync(at('future')).mtimeMs).toBe(NOW);
  });

  test('within which the entry stays that was just written', () => {
    const { at, cache } = newCache({ maxBytes: BYTES });
    cache.write('a', content);
    usedHoursAgo(at('a'), -1000);
    cache.write('b', content);
    expect(left(at, ['a', 'b'])).toEqual(['b']);
  });

  test('and keeps nothing that is larger by itself', () => {
    const { folder, cache } = newCache({ maxBytes: BYTES });
    cache.write('a', text('eleven byte'));
    expect([existsSync(folder), cache.warning()]).toEqual([false, null]);
  });

  test('which may have been higher: what is too large now is removed when it is read', () => {
    const { folder, at, cache } = newCache();
    cache.write('a', content);
    expect([open(folder, { maxBytes: BYTES - 1 }).read('a'), left(at, ['a'])]).toEqual([null, []]);
  });

  test.each([
    ['is not noted twice in an hour', 0.9, 0.9],
    ['is noted after an hour', 1.1, 0],
  ])('that an entry was used %s', (_, before, after) => {
    const { at, cache } = newCache();
    cache.write('a', content);
    usedHoursAgo(at('a'), before);
    expect(cache.read('a')).toEqual(content);
    expect(statSync(at('a')).mtimeMs).toBeCloseTo(NOW - after * HOUR, -1);
  });

  test('S08 what a killed run left behind goes after an hour', () => {
    const { folder, cache } = newCache();
    cache.write('a', content);
    for (const [name, hours] of [
      ['tmp-recent', 0.5],
      ['tmp-left00', 2],
    ] as const) {
      mkdirSync(join(folder, 'v1', name));
      writeFileSync(join(folder, 'v1', name, 'entry'), 'half');
      usedHoursAgo(join(folder, 'v1', name), hours);
    }
    cache.write('b', content);
    expect(readdirSync(join(folder, 'v1')).sort()).toEqual(
      [entryName('a'), entryName('b'), 'tmp-recent'].sort(),
    );
  });
});

describe('clearing', () => {
  test('removes what the cache put there and nothing else, and says how much that was', () => {
    const { folder, cache } = newCache();
    cache.write('a', text('one'));
    cache.write('b', text('seven'));
    mkdirSync(join(folder, 'v1', 'tmp-recent'));
    writeFileSync(join(folder, 'precious.txt'), '');
    writeFileSync(join(folder, 'v1', 'precious.txt'), '');
    expect(cache.clear()).toEqual({ files: 2, bytes: 2 * ENTRY_OVERHEAD + 8 });
    expect([readdirSync(folder).sort(), readdirSync(join(folder, 'v1'))]).toEqual([
      ['precious.txt', 'v1'],
      ['precious.txt'],
    ]);
    expect([cache.read('a'), cache.clear(), cache.warning()]).toEqual([null, { files: 0, bytes: 0 }, null]);
  });
});

describe('a cache that cannot be used is no error, and is told once', () => {
  /** What a cache in the folder does, and what it says. */
  function use(folder: string) {
    const cache = open(folder);
    cache.write('a', text('one'));
    cache.write('b', text('two'));
    const result = [cache.read('a'), cache.clear(), cache.size()];
    expect(result).toEqual([null, { files: 0, bytes: 0 }, 0]);
    return cache.warning();
  }

  const warning = (message: string) => ({
    code: 'source-cache-unusable',
    message,
    hint: 'The run goes on without. AGENTID_LINT_CACHE_DIR names another folder, --no-cache uses none.',
    uri: null,
    range: null,
  });

  test('because a file is in its place', () => {
    const folder = join(temporaryFolder({ cache: '' }), 'cache');
    expect(use(folder)).toEqual(
      warning(`The cache in ${folder} cannot be used: a part of its path is not a folder (ENOTDIR).`),
    );
  });

  test('because a file is above its place', () => {
    const folder = join(temporaryFolder({ file: '' }), 'file', 'cache');
    expect(use(folder)).toEqual(
      warning(`The cache in ${folder} cannot be used: a part of its path is not a folder (ENOTDIR).`),
    );
  });

  test('because its path is a circle', () => {
    const folder = join(temporaryFolder({ cache: { linkTo: 'cache' } }), 'cache');
    expect(use(folder)).toEqual(
      warning(`The cache in ${folder} cannot be used: its path is a circle of links (ELOOP).`),
    );
  });

  const refused = (folder: string, why: string) =>
    warning(`The cache folder ${join(folder, 'v1')} ${why}; its entries are not trusted.`);

  test('because somebody put a file where its entries go', () => {
    const folder = temporaryFolder({ v1: '' });
    expect(use(folder)).toEqual(refused(folder, 'is not a folder'));
  });

  test.runIf(POSIX)('S11 because somebody put a link where its entries go', () => {
    const folder = temporaryFolder({ 'elsewhere/': '', v1: { linkTo: 'elsewhere' } });
    expect(use(folder)).toEqual(refused(folder, 'is a link'));
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  test.runIf(POSIX).each(['777', '755', '770', '701'])(
    'S11 because its entries were made by a checkout or opened to others: mode %s',
    (mode) => {
      const { folder, at, cache } = newCache();
      cache.write('a', text('one'));
      chmodSync(join(folder, 'v1'), Number.parseInt(mode, 8));
      expect(use(folder)).toEqual(refused(folder, 'is open to other users'));
      expect(existsSync(at('a'))).toBe(true);
      expect(existsSync(at('b'))).toBe(false);
    },
  );
});
