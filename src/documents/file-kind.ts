import type { Dirent, Stats } from 'node:fs';

/** What something that is no regular file is, in words. */
export function fileKind(entry: Dirent | Stats): string {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isCharacterDevice() || entry.isBlockDevice()) return 'device';
  return entry.isSymbolicLink() ? 'link' : 'special file';
}

/** The code of a failed file system call, such as `ENOENT`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
}
