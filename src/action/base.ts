import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { changedFiles } from '../changes/changed-files.ts';
import { GitError } from '../changes/git-error.ts';
import {
  addWorktree,
  fetchCommit,
  hasCommit,
  headOf,
  parentsOf,
  removeWorktree,
  repositoryOf,
  type Sha,
} from '../changes/git.ts';
import type { GitPlace } from '../changes/run-git.ts';
import { usageError, type UsageError } from '../cli/errors.ts';
import type { ProposedChange } from './event.ts';
import type { Environment } from './input-names.ts';
import { isInside, type Places } from './paths.ts';

/** What a proposed change starts from. */
export type Base = {
  readonly commit: Sha;
  /** The commit that is checked out. */
  readonly head: Sha;
  /** What stands there for the working directory. Settings are read here: the change may have made those of its own. */
  readonly cwd: string;
  /** Files that the change touches, relative to the top of the repository. */
  readonly changed: readonly string[];
  /** The working directory seen from the top of the repository; empty when it is the top. */
  readonly prefix: string;
  /** Absolute top of the repository. */
  readonly top: string;
  readonly remove: () => Promise<void>;
};

type World = { readonly env: Environment; readonly token: string };

/**
 * Puts the files that a proposed change starts from beside those of the workspace.
 * @throws {UsageError} when they cannot be had: settings of the change itself are never taken in their place
 */
export async function baseOf(change: ProposedChange, places: Places, world: World): Promise<Base> {
  const place = { cwd: places.workingDirectory, env: world.env };
  try {
    const { top, base: prefix } = await repositoryOf(place);
    if (!isInside(realpathSync(top), places.workspace))
      throw new GitError('no-repository', 'the workspace is no clone of a repository');
    const head = await headOf(place);
    if (head === null) throw new GitError('no-repository', 'nothing is checked out');
    const commit = await baseCommit(change, head, place);
    await obtain(commit, place, world);
    const folder = join(realpathSync(mkdtempSync(join(places.temporary, 'agentid-lint-base-'))), 'tree');
    await addWorktree({ sha: commit, folder }, place);
    const cwd = join(folder, prefix);
    // A folder that is new has nothing of its own in the base: the settings above it count.
    mkdirSync(cwd, { recursive: true });
    const changed = await changedFiles({ since: commit, to: head }, place);
    return {
      commit,
      head,
      cwd,
      changed: [...new Set(changed.map(({ path }) => path))],
      prefix,
      top,
      remove: () => forget(folder, place),
    };
  } catch (error) {
    throw error instanceof GitError ? withoutBase(error) : error;
  }
}

/** The commit that is checked out; `null` outside of a repository. */
export async function checkedOut(places: Places, env: Environment): Promise<Sha | null> {
  try {
    return await headOf({ cwd: places.workingDirectory, env });
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/**
 * GitHub checks a pull request out as if it were merged: what it was merged into is the first parent of that commit.
 * When something else is checked out, it is the base that the event names.
 */
async function baseCommit({ name, base }: ProposedChange, head: Sha, place: GitPlace): Promise<Sha> {
  if (name !== 'pull_request' || head !== place.env['GITHUB_SHA']) return base;
  const [first, second] = await parentsOf(head, place);
  return first !== undefined && second !== undefined ? first : base;
}

async function obtain(sha: Sha, place: GitPlace, { env, token }: World): Promise<void> {
  if (await hasCommit(sha, place)) return;
  const url = `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}`;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  await fetchCommit(
    { sha, url, ...(token === '' ? {} : { header: `AUTHORIZATION: basic ${basic}` }) },
    place,
  );
}

/** What stays is in the folder for temporary files, which the runner empties. */
async function forget(folder: string, place: GitPlace): Promise<void> {
  try {
    await removeWorktree(folder, place);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
  }
}

function withoutBase({ message, hint }: GitError): UsageError {
  return usageError(
    `the commit that this change starts from cannot be had: ${message}`,
    hint ??
      'Settings are read from there. Check the repository out before this step, and let the token read it: contents: read.',
  );
}
