import { existsSync, mkdirSync, mkdtempSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Mistake } from '../cli/errors.ts';
import { UsageError, usageError } from '../cli/errors.ts';
import type { Environment } from './input-names.ts';
import type { Inputs } from './inputs.ts';

/** Folders of a run, each absolute, with no symbolic link in it. */
export type Places = {
  /** What the job has checked out. */
  readonly workspace: string;
  readonly workingDirectory: string;
  /** Reports are written here. */
  readonly reports: string;
  /** For what is gone when the job is. */
  readonly temporary: string;
};

/**
 * Finds the folders of a run. What an input names has to be in the workspace, wherever symbolic links lead: they may come
 * from a pull request.
 * @throws {UsageError} when something is missing or elsewhere
 */
export function placesOf(inputs: Inputs, env: Environment): Places {
  const workspace = folderOf(env, 'GITHUB_WORKSPACE');
  const temporary = folderOf(env, 'RUNNER_TEMP');
  const workingDirectory = existing(inputs.workingDirectory, workspace, 'working-directory');
  const mistakes = outside(inputs, { workspace, workingDirectory });
  if (mistakes.length > 0) throw new UsageError(mistakes);
  const reports =
    inputs.outputDir === null
      ? mkdtempSync(join(temporary, 'agentid-lint-'))
      : made(inputs.outputDir, workspace, 'output-dir');
  return { workspace, workingDirectory, reports, temporary };
}

/** @throws {UsageError} when it is no folder, or outside of the workspace and of the folder for temporary files */
export function savedFolder(name: string, { workspace, temporary }: Places): string {
  const path = resolve(workspace, name);
  const real = existsSync(path) ? realpathSync(path) : null;
  if (real === null || !statSync(real).isDirectory())
    throw usageError(`results: there is no folder ${JSON.stringify(name)}`, RELATIVE);
  if (!isInside(real, workspace) && !isInside(real, temporary))
    throw usageError(`results: ${JSON.stringify(name)} is outside of the workspace`, null);
  return real;
}

/** Whether the path is the folder, or in it. Both are absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const RELATIVE = 'It is relative to the workspace, which holds what actions/checkout has checked out.';

function folderOf(env: Environment, name: 'GITHUB_WORKSPACE' | 'RUNNER_TEMP'): string {
  const path = env[name] ?? '';
  if (path !== '' && existsSync(path)) return realpathSync(path);
  throw usageError(`${name} names no folder: this runs as a step of GitHub Actions only`, null);
}

function existing(name: string, workspace: string, input: string): string {
  const path = resolve(workspace, name);
  const real = existsSync(path) ? realpathSync(path) : null;
  if (real === null || !statSync(real).isDirectory())
    throw usageError(`${input}: there is no folder ${JSON.stringify(name)}`, RELATIVE);
  if (!isInside(real, workspace)) throw outsideOf(input, name);
  return real;
}

/** Makes a folder; whatever is on the way to it already must be in the workspace. */
function made(name: string, workspace: string, input: string): string {
  const path = resolve(workspace, name);
  if (!isInside(path, workspace) || !isInside(realAncestor(path), workspace)) throw outsideOf(input, name);
  mkdirSync(path, { recursive: true });
  const real = realpathSync(path);
  if (!isInside(real, workspace)) throw outsideOf(input, name);
  return real;
}

/** Paths of the inputs that lead out of the workspace. Patterns are looked at as they are written. */
function outside(
  { paths, config, rules, baseline }: Inputs,
  { workspace, workingDirectory }: Pick<Places, 'workspace' | 'workingDirectory'>,
): readonly Mistake[] {
  const named = [
    ...paths.map((name) => ({ input: 'paths', name })),
    ...(config === null ? [] : [{ input: 'config', name: config }]),
    ...(baseline === null ? [] : [{ input: 'baseline', name: baseline }]),
    ...rules.filter(isFolder).map((name) => ({ input: 'rules', name })),
  ];
  return named.flatMap(({ input, name }) => {
    if (name === '-') return [{ message: `${input}: "-" is stdin, which a step does not have`, hint: null }];
    const path = resolve(workingDirectory, name);
    const isIn = isInside(path, workspace) && isInside(realAncestor(path), workspace);
    return isIn ? [] : outsideOf(input, name).mistakes;
  });
}

/** An address or the name of a package is no path. */
function isFolder(source: string): boolean {
  return !/^(?:https?|npm):/i.test(source) && (/^[./\\]/.test(source) || /^[a-z]:/i.test(source));
}

/** Where the part of the path that is there really is. */
function realAncestor(path: string): string {
  const parent = resolve(path, '..');
  return existsSync(path) || parent === path ? realpathSync(path) : realAncestor(parent);
}

function outsideOf(input: string, name: string): UsageError {
  return usageError(`${input}: ${JSON.stringify(name)} is outside of the workspace`, RELATIVE);
}
