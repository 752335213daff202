import { GitError } from './git-error.ts';
import { runGit, type GitAnswer, type GitCall, type GitPlace } from './run-git.ts';

/** Name of a commit in full: 40 hexadecimal digits, or 64. */
export type Sha = string;

export type Repository = {
  /** Absolute, as git has it: links are followed. */
  readonly top: string;
  /** The working directory seen from there: forward slashes, empty when they are the same. */
  readonly base: string;
};

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const FETCH_TIMEOUT_MS = 180_000;

/**
 * The repository that a folder is in.
 * @throws {GitError}
 */
export async function repositoryOf(place: GitPlace): Promise<Repository> {
  const top = await ask({ args: ['rev-parse', '--show-toplevel'] }, place);
  const base = await ask({ args: ['rev-parse', '--show-prefix'] }, place);
  return { top: line(top), base: line(base).replace(/\/$/, '') };
}

/**
 * The commit that a branch, a tag or another revision stands for.
 * @throws {GitError}
 */
export async function commitOf(revision: string, place: GitPlace): Promise<Sha> {
  refuseOption(revision);
  const answer = await runGit(
    { args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`] },
    place,
  );
  const sha = line(answer);
  if (answer.code === 0 && SHA.test(sha)) return sha;
  await repositoryOf(place);
  throw await unknownRevision(revision, place);
}

/**
 * The commit that is checked out; `null` before the first one.
 * @throws {GitError}
 */
export async function headOf(place: GitPlace): Promise<Sha | null> {
  const answer = await runGit({ args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] }, place);
  if (answer.code === 0) return line(answer);
  await repositoryOf(place);
  return null;
}

/** Whether the commit is in the repository, without fetching it. */
export async function hasCommit(sha: Sha, place: GitPlace): Promise<boolean> {
  refuseOtherThanSha(sha);
  const { code } = await runGit({ args: ['cat-file', '-e', `${sha}^{commit}`] }, place);
  return code === 0;
}

/**
 * The parents that a commit states, whether they are in the repository or not.
 * @throws {GitError}
 */
export async function parentsOf(revision: string, place: GitPlace): Promise<readonly Sha[]> {
  const sha = await commitOf(revision, place);
  const { stdout } = await ask({ args: ['cat-file', 'commit', sha] }, place);
  const [head = ''] = stdout.split('\n\n', 1);
  return head.split('\n').flatMap((each) => (each.startsWith('parent ') ? [each.slice(7)] : []));
}

/** The newest commit that both come from; `null` when there is none, or the clone does not reach back to it. */
export async function mergeBaseOf(one: Sha, other: Sha, place: GitPlace): Promise<Sha | null> {
  refuseOtherThanSha(one);
  refuseOtherThanSha(other);
  const answer = await runGit({ args: ['merge-base', one, other] }, place);
  return answer.code === 0 && SHA.test(line(answer)) ? line(answer) : null;
}

export type Fetching = {
  readonly sha: Sha;
  /** Address of the repository, without a user or a password in it. */
  readonly url: string;
  /** A header that signs in, such as `AUTHORIZATION: basic …`. It goes to that address only, and on no command line. */
  readonly header?: string;
};

/**
 * Fetches one commit without its history and without tags.
 * @throws {GitError}
 */
export async function fetchCommit({ sha, url, header }: Fetching, place: GitPlace): Promise<void> {
  refuseOtherThanSha(sha);
  const protocol = protocolOf(url);
  const key = `http.${url}.extraheader`;
  const answer = await runGit(
    {
      args: [
        'fetch',
        '--depth=1',
        ...['--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--quiet'],
        ...['--upload-pack=git-upload-pack', '--', url, sha],
      ],
      settings: [`http.${url}.followRedirects=false`, `http.${url}.sslVerify=true`],
      // An empty value takes back those of the configuration: a server refuses two that sign in.
      secretSettings:
        header === undefined
          ? []
          : [
              { key, value: '' },
              { key, value: header },
            ],
      protocols: [protocol],
      timeoutMs: FETCH_TIMEOUT_MS,
    },
    place,
  );
  if (answer.code === 0) return;
  throw (
    refusalOf(answer, place) ??
    new GitError('not-fetched', `the commit ${sha} could not be fetched: ${said(answer)}`)
  );
}

/**
 * Writes the files of a commit to an empty folder, or one that is not there.
 * @throws {GitError}
 */
export async function addWorktree(
  { sha, folder }: { readonly sha: Sha; readonly folder: string },
  place: GitPlace,
): Promise<void> {
  refuseOtherThanSha(sha);
  const settings = [...(await withoutFilters(place)), 'core.sparseCheckout=false'];
  await ask({ args: ['worktree', 'add', '--quiet', '--detach', '--', folder, sha], settings }, place);
}

/**
 * Removes such a folder, with whatever is in it.
 * @throws {GitError}
 */
export async function removeWorktree(folder: string, place: GitPlace): Promise<void> {
  await ask({ args: ['worktree', 'remove', '--force', '--', folder] }, place);
}

/**
 * Settings that switch filters off: programs that content goes through on its way between a commit and a file.
 * @throws {GitError} when one of them has a name that cannot be overruled
 */
export async function withoutFilters(place: GitPlace): Promise<readonly string[]> {
  const args = ['config', '--name-only', '-z', '--get-regexp', '^filter\\.'];
  const { stdout } = await runGit({ args }, place);
  const keys = stdout.split('\0').filter((key) => key !== '');
  const names = new Set(keys.map((key) => key.slice('filter.'.length, key.lastIndexOf('.'))));
  return [...names].flatMap((name) => {
    if (name.includes('='))
      throw new GitError(
        'unsafe-config',
        `the configuration of git has a filter named ${JSON.stringify(name)}`,
        'A name with "=" cannot be switched off for a call. Give it another one.',
      );
    return [`filter.${name}.clean=`, `filter.${name}.smudge=`, `filter.${name}.process=`].concat(
      `filter.${name}.required=false`,
    );
  });
}

/**
 * Asks what git can answer, in a repository that is in order.
 * @throws {GitError} when it cannot
 */
export async function ask(call: GitCall, place: GitPlace): Promise<GitAnswer> {
  const answer = await runGit(call, place);
  if (answer.code === 0) return answer;
  throw refusalOf(answer, place) ?? new GitError('failed', `git has refused: ${said(answer)}`);
}

/** @throws {GitError} for anything but the full name of a commit */
export function refuseOtherThanSha(sha: string): void {
  if (SHA.test(sha)) return;
  throw new GitError('bad-revision', `${JSON.stringify(sha)} is not the full name of a commit`);
}

function refuseOption(revision: string): void {
  if (revision !== '' && !revision.startsWith('-') && !/\p{Cc}/u.test(revision)) return;
  throw new GitError(
    'bad-revision',
    `${JSON.stringify(revision)} is not the name of a commit`,
    'Name a branch, a tag or a commit, for example origin/main.',
  );
}

async function unknownRevision(revision: string, place: GitPlace): Promise<GitError> {
  const name = JSON.stringify(revision);
  const shallow = await runGit({ args: ['rev-parse', '--is-shallow-repository'] }, place);
  if (line(shallow) === 'true')
    return new GitError(
      'shallow-clone',
      `the commit ${name} is not in this clone, which has a part of the history only`,
      'Fetch it: git fetch --depth=1 origin <commit>. For actions/checkout, set fetch-depth: 0.',
    );
  return new GitError(
    'unknown-revision',
    `there is no commit ${name} in this repository`,
    'Name a branch, a tag or a commit that "git log" knows; what only the server has must be fetched first.',
  );
}

/** What a refusal says about the repository as a whole; `null` when it is about the question. */
function refusalOf({ stderr }: GitAnswer, { cwd }: GitPlace): GitError | null {
  if (/dubious ownership|unsafe repository/.test(stderr))
    return new GitError(
      'not-trusted',
      `git does not trust the repository of ${JSON.stringify(cwd)}, because it belongs to another user`,
      'If it is yours: git config --global --add safe.directory <its top folder>.',
    );
  if (/not a git repository|must be run in a work tree|cannot change to/.test(stderr))
    return new GitError(
      'no-repository',
      `${JSON.stringify(cwd)} is in no git repository with a working tree`,
      'Only a repository knows what has changed. Run without --changed and --since, or in one.',
    );
  return null;
}

/** The first line of what git has said, for people. */
function said({ code, stderr }: GitAnswer): string {
  const lines = stderr.split('\n').filter((each) => /^(?:fatal|error): /.test(each));
  return lines[0]?.replace(/^\w+: /, '') ?? `exit code ${code}`;
}

function protocolOf(url: string): 'https' | 'http' | 'file' {
  const { protocol, username, password } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', username: '', password: '' };
  const name = protocol.slice(0, -1);
  if ((name === 'https' || name === 'http' || name === 'file') && username + password === '') return name;
  throw new GitError('not-fetched', 'a commit is fetched from an https address without a user or password');
}

/** git ends its one answer by one line break. */
function line({ stdout }: GitAnswer): string {
  return stdout.replace(/\r?\n$/, '');
}
