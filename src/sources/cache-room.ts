import { lstatSync, mkdirSync, readdirSync, rmSync, type Stats } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../documents/file-kind.ts';
import { isEntryName } from './cache-entry.ts';

const TEMPORARY = 'tmp-';
const HOUR = 3_600_000;

/** Names of unfinished entries begin so. */
export function temporaryIn(room: string): string {
  return join(room, TEMPORARY);
}

/** Why a room is not used; the text goes behind the room's path. */
export class RoomRefused extends Error {
  override readonly name = 'RoomRefused';
}

/**
 * Whether the room is there and ours alone. A room that is a link, or that others may look into or write to, was made
 * or opened by somebody else: a repository that carries a `v1` folder, another user of a shared folder. What lies in
 * it decides which rules run, so it is not used. Windows has no such modes; there the user's folder is guarded by its
 * place.
 * @throws {RoomRefused} when it is somebody else's
 */
export function isRoom(room: string): boolean {
  const stats = look(room);
  if (stats === null) return false;
  if (stats.isSymbolicLink()) throw new RoomRefused('is a link');
  if (!stats.isDirectory()) throw new RoomRefused('is not a folder');
  if (platform() !== 'win32' && (stats.mode & 0o077) !== 0) throw new RoomRefused('is open to other users');
  return true;
}

/** Makes the room, and the folder that it is in. */
export function makeRoom(folder: string, room: string): void {
  if (isRoom(room)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    mkdirSync(room, { mode: 0o700 });
  } catch (error) {
    // Another run was faster.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  isRoom(room);
}

export type EntryFile = {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly mtimeMs: number;
};

/** Every entry of a room, the longest unused first. */
export function entriesOf(room: string): readonly EntryFile[] {
  return namesIn(room)
    .filter(isEntryName)
    .flatMap((name) => {
      const path = join(room, name);
      const stats = look(path);
      return stats === null ? [] : [{ path, name, bytes: stats.size, mtimeMs: stats.mtimeMs }];
    })
    .sort((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
}

/** Removes the longest unused entries until at most `maxBytes` are left, and what killed runs left behind. */
export function shrink(
  room: string,
  { maxBytes, now, keep }: { maxBytes: number; now: number; keep: string },
): void {
  const entries = entriesOf(room);
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, name, bytes } of entries) {
    if (total <= maxBytes) break;
    if (name === keep) continue;
    remove(path);
    total -= bytes;
  }
  for (const path of unfinishedIn(room)) {
    const stats = look(path);
    if (stats !== null && now - stats.mtimeMs > HOUR) remove(path);
  }
}

/** Entries that runs are writing, or left when they were killed. */
export function unfinishedIn(room: string): readonly string[] {
  return namesIn(room)
    .filter((name) => name.startsWith(TEMPORARY))
    .map((name) => join(room, name));
}

/** Removes a file or a whole folder, also while another run removes it or still writes into it. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 10 });
}

function namesIn(room: string): readonly string[] {
  try {
    return readdirSync(room);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** `null` when nothing is there, or not any more. */
function look(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}
