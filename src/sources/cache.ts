import {
  closeSync,
  constants,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../documents/file-kind.ts';
import type { Problem } from '../documents/problem.ts';
import { reason } from '../util/reason.ts';
import { decodeEntry, encodeEntry, entryName } from './cache-entry.ts';
import {
  entriesOf,
  isRoom,
  makeRoom,
  remove,
  RoomRefused,
  shrink,
  temporaryIn,
  unfinishedIn,
} from './cache-room.ts';
import { sourceProblem } from './problem.ts';

/**
 * Keeps bytes between runs under keys that say all they were made from. Nothing about it ever fails: what cannot be
 * kept is made again by the next run.
 */
export type Cache = {
  /** What was written under the key, byte for byte, or `null`. */
  readonly read: (key: string) => Uint8Array<ArrayBuffer> | null;
  readonly write: (key: string, bytes: Uint8Array) => void;
  /** The first reason why it could not be used, if there was one; worth one line to the user. */
  readonly warning: () => Problem | null;
};

export type StoredCache = Cache & {
  /** Absolute. */
  readonly folder: string;
  /** Bytes of all entries on the disk. */
  readonly size: () => number;
  /** Removes everything that caches of this kind ever put there and nothing else; tells how much that was. */
  readonly clear: () => { readonly files: number; readonly bytes: number };
};

export type CacheOptions = {
  /** Absolute. It need not exist, and may be reached through links: caches are often kept on another disk. */
  readonly folder: string;
  /** Milliseconds since 1970-01-01T00:00:00Z when the run started. */
  readonly now: number;
  /** 256 MiB unless given. The longest unused entries go first. */
  readonly maxBytes?: number;
};

/** For runs that keep nothing. */
export const NO_CACHE: Cache = { read: () => null, write: () => undefined, warning: () => null };

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;
const HOUR = 3_600_000;
/** Entries are in a folder of their own, so that clearing a cache in somebody's home removes nothing else. */
const ROOM = 'v1';
/** Windows has neither of the last two. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * The cache in a folder. Several runs may use it at once: an entry is written beside its place and takes it in one
 * step, and whatever is not exactly what was written (cut off, changed, another key's) counts as absent and is
 * removed. Files are for the user alone. Opening it touches nothing.
 */
export function openCache({ folder, now, maxBytes = DEFAULT_MAX_BYTES }: CacheOptions): StoredCache {
  const room = join(folder, ROOM);
  let warning: Problem | null = null;
  const attempt = <T>(action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch (error) {
      warning ??= cacheProblem(folder, error);
      return otherwise;
    }
  };
  const read: Cache['read'] = (key) =>
    attempt(
      () => (isRoom(room) ? readEntry(join(room, entryName(key)), { key, now, maxBytes }) : null),
      null,
    );
  const write: Cache['write'] = (key, bytes) => {
    const entry = encodeEntry(key, bytes);
    if (warning !== null || entry.length > maxBytes) return;
    attempt(() => {
      store(entry, key, { folder, room });
      shrink(room, { maxBytes, now, keep: entryName(key) });
    }, undefined);
  };
  return {
    folder,
    read,
    write,
    warning: () => warning,
    size: () => attempt(() => (isRoom(room) ? sum(entriesOf(room)) : 0), 0),
    clear: () => attempt(() => (isRoom(room) ? empty(room) : { files: 0, bytes: 0 }), { files: 0, bytes: 0 }),
  };
}

type ReadOptions = { readonly key: string; readonly now: number; readonly maxBytes: number };

function readEntry(path: string, { key, now, maxBytes }: ReadOptions): Uint8Array<ArrayBuffer> | null {
  const file = readFile(path, maxBytes);
  if (file === null) return null;
  const content = decodeEntry(key, file.bytes);
  if (content === null) {
    remove(path);
    return null;
  }
  if (Math.abs(now - file.mtimeMs) > HOUR) touch(path, now);
  return content;
}

const UNFIT = { bytes: new Uint8Array(), mtimeMs: 0 };

/** What stands at an entry's path; never waits, follows no link. `null` when nothing does. */
function readFile(
  path: string,
  maxBytes: number,
): { readonly bytes: Uint8Array; readonly mtimeMs: number } | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    if (errorCode(error) === 'ELOOP') return UNFIT;
    throw error;
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size > maxBytes) return UNFIT;
    return { bytes: readFileSync(descriptor), mtimeMs: stats.mtimeMs };
  } finally {
    closeSync(descriptor);
  }
}

/** Which entries were used lately is worth knowing, and no more than that. */
function touch(path: string, now: number): void {
  try {
    utimesSync(path, now / 1000, now / 1000);
  } catch {
    return;
  }
}

type Where = { readonly folder: string; readonly room: string };

/**
 * Not synced to the disk: an entry that a power cut leaves half-written is found out when it is read. One that another
 * run clears away while it is being written is not kept.
 */
function store(entry: Uint8Array, key: string, { folder, room }: Where): void {
  makeRoom(folder, room);
  try {
    storeIn(room, entry, key);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

function storeIn(room: string, entry: Uint8Array, key: string): void {
  const beside = mkdtempSync(temporaryIn(room));
  try {
    const path = join(beside, 'entry');
    writeFileSync(path, entry, { flag: 'wx', mode: 0o600 });
    const place = join(room, entryName(key));
    try {
      renameSync(path, place);
    } catch (error) {
      // Windows refuses while another run reads the entry that it has just written.
      if (!existsAs(place, key, entry.length)) throw error;
    }
  } finally {
    remove(beside);
  }
}

function existsAs(place: string, key: string, length: number): boolean {
  const file = readFile(place, length);
  return file !== null && decodeEntry(key, file.bytes) !== null;
}

function empty(room: string): { readonly files: number; readonly bytes: number } {
  const entries = entriesOf(room);
  for (const { path } of entries) remove(path);
  for (const path of unfinishedIn(room)) remove(path);
  return { files: entries.length, bytes: sum(entries) };
}

function sum(entries: readonly { readonly bytes: number }[]): number {
  return entries.reduce((total, { bytes }) => total + bytes, 0);
}

function cacheProblem(folder: string, error: unknown): Problem {
  const message =
    error instanceof RoomRefused
      ? `The cache folder ${join(folder, ROOM)} ${error.message}; its entries are not trusted.`
      : `The cache in ${folder} cannot be used: ${reason(error)}.`;
  return sourceProblem('source-cache-unusable', { message }, { uri: null, range: null });
}
