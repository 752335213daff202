import { isObject } from '../util/is-object.ts';
import type { Environment } from './input-names.ts';

/** The repository that a job is of. */
export type Repository = { readonly owner: string; readonly repo: string };

/** The REST API of the server that a job is of, signed in with its token. */
export type GitHub = Awaited<ReturnType<typeof openGitHub>>;

/** Milliseconds for all that is asked of GitHub: a job is not held up by it for long. */
const PATIENCE = 120_000;

/** Loaded when it is used: most runs ask GitHub nothing. The server and proxies are those that the runner names. */
export async function openGitHub(token: string) {
  const { getOctokit } = await import('@actions/github');
  return getOctokit(token, { log: SILENT, request: { signal: AbortSignal.timeout(PATIENCE) } });
}

/** The repository by the variable that the runner sets; `null` when it is none. */
export function repositoryOf({ GITHUB_REPOSITORY: name = '' }: Environment): Repository | null {
  const [owner = '', repo = '', ...rest] = name.split('/');
  return owner === '' || repo === '' || rest.length > 0 ? null : { owner, repo };
}

/** Whether GitHub has refused a request because of what the token may do, or because the feature is off. */
export function isRefused(error: unknown): boolean {
  return [401, 403, 404].includes(statusOf(error));
}

/** Why a request failed, without what a server may have put into its answer. */
export function failureOf(error: unknown): string {
  const status = statusOf(error);
  return status === 0 ? 'GitHub could not be reached' : `GitHub has answered ${status}`;
}

function statusOf(error: unknown): number {
  const status = isObject(error) ? error['status'] : undefined;
  // Octokit says 500 when there was no answer at all, and has then none to show.
  const isAnswered = isObject(error) && isObject(error['response']);
  return isAnswered && typeof status === 'number' ? status : 0;
}

/** What it would log holds addresses only, but the log is ours. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {
  return undefined;
}
