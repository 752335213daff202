export type GitErrorCode =
  /** There is no program `git`. */
  | 'git-missing'
  /** The folder is in no repository, or in one without a working tree. */
  | 'no-repository'
  /** git refuses the repository, because it belongs to somebody else. */
  | 'not-trusted'
  /** The text cannot name a revision. */
  | 'bad-revision'
  /** No commit has the name. */
  | 'unknown-revision'
  /** No commit has the name here, and the clone is not whole. */
  | 'shallow-clone'
  /** The repository's configuration has something that cannot be switched off. */
  | 'unsafe-config'
  /** The commit could not be fetched. */
  | 'not-fetched'
  | 'timed-out'
  | 'failed';

/** The state of a repository, or of git, keeps a question from being answered. One sentence, and what to do about it. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: GitErrorCode;
  readonly hint: string | null;

  constructor(code: GitErrorCode, message: string, hint: string | null = null) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
