import { GitError } from './git-error.ts';
import { runGit, type GitPlace } from './run-git.ts';

/** Where a repository comes from, as far as git knows it. */
export type Origin = {
  /** Host of the remote `origin`, in lower case; `null` when there is none, or it is a folder. */
  readonly host: string | null;
  /** The branch that its server has checked out, else the one that is checked out here; `null` when nobody knows. */
  readonly branch: string | null;
};

/** Asks git, and nobody else. Without git, or outside of a repository, nothing is known. */
export async function originOf(place: GitPlace): Promise<Origin> {
  try {
    const [remote, head, here] = await Promise.all([
      answer(['config', '--get', 'remote.origin.url'], place),
      answer(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], place),
      answer(['symbolic-ref', '--quiet', '--short', 'HEAD'], place),
    ]);
    return {
      host: remote === null ? null : hostOf(remote),
      branch: head?.replace(/^origin\//, '') ?? here,
    };
  } catch (error) {
    if (error instanceof GitError) return { host: null, branch: null };
    throw error;
  }
}

async function answer(args: readonly string[], place: GitPlace): Promise<string | null> {
  const { code, stdout } = await runGit({ args }, place);
  const line = stdout.trim();
  return code === 0 && line !== '' ? line : null;
}

/** Of `https://host/…`, `ssh://user@host:22/…` and `user@host:…`. What else is in the address may be secret. */
function hostOf(address: string): string | null {
  const host =
    /^[a-z+]+:\/\/(?:[^/@]*@)?([\w.-]+)/i.exec(address)?.[1] ??
    /^(?:[^/@:]+@)?([\w-]+(?:\.[\w-]+)+):/.exec(address)?.[1];
  return host?.toLowerCase() ?? null;
}
