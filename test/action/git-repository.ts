import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files by their path; `null` removes one. */
export type Files = Readonly<Record<string, string | null>>;

/** A pull request in a repository on a server that is a folder. */
export type PullRequest = {
  /** What `GITHUB_SERVER_URL` is. */
  readonly server: string;
  readonly base: string;
  readonly head: string;
  /** The commit that GitHub makes of both. */
  readonly merge: string;
  /**
   * Checks a commit out as `actions/checkout` does: that commit alone, nothing of its history. With `part`, the files of
   * that folder alone, and no content of others.
   */
  readonly checkOut: (commit: string, part?: string) => string;
  readonly remove: () => void;
};

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Robin',
  GIT_AUTHOR_EMAIL: 'robin@larkspur-freight.example',
  GIT_AUTHOR_DATE: '2026-11-20T08:00:00Z',
  GIT_COMMITTER_NAME: 'Robin',
  GIT_COMMITTER_EMAIL: 'robin@larkspur-freight.example',
  GIT_COMMITTER_DATE: '2026-11-20T08:00:00Z',
};

/** Makes a repository whose `main` has `before`, and a pull request that changes it by `change`. */
export function aPullRequest(before: Files, change: Files): PullRequest {
  const home = mkdtempSync(join(tmpdir(), 'agentid-lint-action-'));
  const origin = join(home, 'server', 'octo', 'fleet');
  const work = join(home, 'work');
  mkdirSync(origin, { recursive: true });
  mkdirSync(work);
  git(origin, 'init', '--quiet', '--bare', '--initial-branch=main');
  git(origin, 'config', 'uploadpack.allowFilter', 'true');
  git(work, 'init', '--quiet', '--initial-branch=main');
  const commit = (files: Files, message: string): string => {
    write(work, files);
    git(work, 'add', '--all', '--force');
    git(work, 'commit', '--quiet', '--allow-empty', '--message', message);
    return git(work, 'rev-parse', 'HEAD');
  };
  const base = commit(before, 'Fleet');
  git(work, 'checkout', '--quiet', '-b', 'invoice-agent');
  const head = commit(change, 'Add the invoice agent');
  git(work, 'checkout', '--quiet', 'main');
  git(work, 'merge', '--quiet', '--no-ff', '--no-edit', 'invoice-agent');
  const merge = git(work, 'rev-parse', 'HEAD');
  const url = pathToFileURL(origin).href;
  git(
    work,
    'push',
    '--quiet',
    url,
    `${base}:refs/heads/main`,
    `${head}:refs/pull/7/head`,
    `${merge}:refs/pull/7/merge`,
  );
  let clones = 0;
  return {
    server: pathToFileURL(join(home, 'server')).href,
    base,
    head,
    merge,
    checkOut: (sha, part) => {
      clones += 1;
      const workspace = join(home, `clone-${clones}`, 'fleet');
      mkdirSync(workspace, { recursive: true });
      git(workspace, 'init', '--quiet');
      git(workspace, 'remote', 'add', 'origin', url);
      const filter = part === undefined ? [] : ['--filter=blob:none'];
      git(workspace, 'fetch', '--quiet', '--no-tags', ...filter, '--depth=1', 'origin', sha);
      if (part !== undefined) git(workspace, 'sparse-checkout', 'set', part);
      git(workspace, 'checkout', '--quiet', '--detach', sha);
      return workspace;
    },
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === null) rmSync(path);
    else writeFileSync(path, text);
  }
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', [...args], { cwd, env: ENVIRONMENT, encoding: 'utf8' }).trim();
}
