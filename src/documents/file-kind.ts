import type { Dirent, Stats } from 'node:fs';

export { errorCode } from '../util/error-code.ts';

/** What something that is no regular file is, in words. */
export function fileKind(entry: Dirent | Stats): string {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFIFO()) return 'fifo';
  if (entry.isSocket()) return 'socket';
  if (entry.isCharacterDevice() || entry.isBlockDevice()) return 'device';
  return entry.isSymbolicLink() ? 'link' : 'special file';
}
