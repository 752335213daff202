import { lstatSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { errorCode, fileKind } from './file-kind.ts';

/** What a path leads to once all links on the way are followed. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'other'; readonly path: string; readonly what: string }
  | { readonly kind: 'failed'; readonly code: string };

export function followPath(path: string): Target {
  try {
    const real = realpathSync(path);
    const stats = statSync(real);
    if (stats.isFile()) return { kind: 'file', path: real };
    return stats.isDirectory()
      ? { kind: 'folder', path: real }
      : { kind: 'other', path: real, what: fileKind(stats) };
  } catch (error) {
    return { kind: 'failed', code: errorCode(error) };
  }
}

/** Whether a path is a folder or something in it. Both are absolute, without links. */
export function isInside(folder: string, path: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether something is at the path, a broken link included. */
export function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(errorCode(error));
  }
}
