import { posix } from 'node:path';
import { changedFiles } from './changed-files.ts';
import { commitOf, headOf, mergeBaseOf, repositoryOf } from './git.ts';
import type { GitPlace } from './run-git.ts';

export type ChangeOptions = {
  /** A branch, a tag or a commit; the one that is checked out when absent. */
  readonly since?: string;
  /** Whether files that .gitignore leaves out count as added. */
  readonly ignored: boolean;
};

/** What has changed since a commit. */
export type WorkingChange = {
  /** The commit's name, or words for nothing at all. */
  readonly since: string;
  /** Relative to the working directory, forward slashes, as reports name them. */
  readonly files: readonly string[];
};

/**
 * What the working directory's repository has that a commit has not, staged or not, known to git or not. With a branch, the
 * comparison is with where the two have parted, as far as the clone reaches back to it: what others have done there since is
 * no change of ours.
 * @throws {GitError}
 */
export async function changeSince(
  { since, ignored }: ChangeOptions,
  place: GitPlace,
): Promise<WorkingChange> {
  const { base } = await repositoryOf(place);
  const commit = await comparedWith(since, place);
  const files = await changedFiles({ since: commit, ignored }, place);
  return {
    since: commit ?? 'the beginning',
    files: files.map(({ path }) => posix.relative(`/${base}`, `/${path}`)),
  };
}

async function comparedWith(since: string | undefined, place: GitPlace): Promise<string | null> {
  const head = await headOf(place);
  if (since === undefined) return head;
  const commit = await commitOf(since, place);
  return (head === null ? null : await mergeBaseOf(commit, head, place)) ?? commit;
}
