import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { errorCode } from '../documents/file-kind.ts';
import type { Path } from '../documents/pointer.ts';
import { documentProblem } from '../documents/problem-codes.ts';
import { readFileSafely } from '../documents/read.ts';

/** Endings of config files; `.json` is read as JSON, the others as YAML. */
export const CONFIG_EXTENSIONS: readonly string[] = ['.yaml', '.yml', '.json'];

const MAX_BYTES = 1024 * 1024;

/** A config file by its absolute path, and the path of the config inside it. */
export type ConfigFileName = { readonly path: string; readonly at: Path };

type ConfigPlace = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** Absolute folder that no file may be outside of, also not behind a link; `null` for a file that the user named. */
  readonly boundary: string | null;
};

/** The text of a config file. Links are followed inside the boundary. */
export function readConfigText(path: string, { cwd, boundary }: ConfigPlace) {
  const uri = uriOf(path, cwd);
  const real = realPathOf(path, uri);
  if (!real.ok) return real;
  if (boundary !== null && !isInside(realpathSync(boundary), real.path)) {
    return { ok: false, problem: documentProblem('link-leaves-workspace', { uri }) } as const;
  }
  const read = readFileSafely({ uri, path: real.path }, MAX_BYTES);
  if (read.ok || read.problem.code !== 'file-too-large') return read;
  return { ok: false, problem: { ...read.problem, hint: 'A config is never that large.' } } as const;
}

function realPathOf(path: string, uri: string) {
  try {
    return { ok: true, path: realpathSync(path) } as const;
  } catch (error) {
    const code = errorCode(error);
    const problem = code === 'ELOOP' ? 'link-loop' : code === 'ENOENT' ? 'link-broken' : 'file-unreadable';
    return { ok: false, problem: documentProblem(problem, { uri }) } as const;
  }
}

/** How problems name a file: relative to the working directory, with forward slashes. */
export function uriOf(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll(sep, '/');
}

/** Whether a path is the folder or in it. Both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
