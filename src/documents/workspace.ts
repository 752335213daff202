import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isInside } from './links.ts';

/** What links may not lead out of, and where `.gitignore` files begin to count. */
export type Workspace = {
  /** The working directory as given. */
  readonly cwd: string;
  /** The same with links resolved. */
  readonly realCwd: string;
  /** The root of the git repository around it, or itself. */
  readonly top: string;
};

/** Throws when the working directory does not exist. */
export function workspaceAt(cwd: string): Workspace {
  const realCwd = realpathSync(cwd);
  return { cwd, realCwd, top: gitRoot(realCwd) ?? realCwd };
}

function gitRoot(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

/** An argument as an absolute path under the real working directory, links after that not resolved. */
export function absolutePath({ cwd, realCwd }: Workspace, argument: string): string {
  const path = resolve(cwd, argument);
  return isInside(cwd, path) ? join(realCwd, relative(cwd, path)) : resolve(realCwd, argument);
}

/** What reports call an absolute path; empty for the working directory. */
export function uriOf({ realCwd }: Pick<Workspace, 'realCwd'>, path: string): string {
  return withSlashes(relative(realCwd, path));
}

/** What comes before the names in a folder: nothing, or its path and a slash. */
export function prefixOf(path: string): string {
  return path === '' ? '' : `${path}/`;
}

export function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
