import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { visibleJson } from '../reporters/escape.ts';
import { isObject } from '../util/is-object.ts';
import type { WorkflowEvent } from './event.ts';
import { failureOf, isRefused, type GitHub, type Repository } from './github.ts';

/** What code scanning says about an upload; the sentence is for the log. */
export type Upload =
  | { readonly kind: 'taken'; readonly sentence: string }
  /** The token may not, or code scanning is off: the findings are told of in other ways. */
  | { readonly kind: 'not-allowed'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly sentence: string };

export type SarifUpload = {
  readonly sarif: string;
  readonly commit: string;
  readonly ref: string;
  /** Absolute: what paths in the file are relative to. */
  readonly top: string;
  readonly startedAt: string;
};

/** The runs of a SARIF file with a category, by which GitHub keeps the results of several uploads of one tool apart. */
export function withCategory(sarif: string, category: string): string {
  const named = withRuns(sarif, (run) => ({ ...run, automationDetails: { id: `${category}/` } }));
  return `${visibleJson(JSON.stringify(named, null, 2))}\n`;
}

/** Without suppressed results: GitHub takes no notice of `suppressions`, and would open an alert for each. */
export function withoutSuppressed(sarif: string): string {
  const counting = withRuns(sarif, (run) =>
    Array.isArray(run['results'])
      ? { ...run, results: run['results'].filter((result: unknown) => !isSuppressed(result)) }
      : run,
  );
  return JSON.stringify(counting);
}

type SarifRun = { readonly [key: string]: unknown };

/** A SARIF log with other runs. */
function withRuns(sarif: string, change: (run: SarifRun) => SarifRun): object {
  const parsed: unknown = JSON.parse(sarif);
  const log = isObject(parsed) ? parsed : {};
  const runs = Array.isArray(log['runs']) ? (log['runs'] as readonly unknown[]) : [];
  return { ...log, runs: runs.map((run) => change(isObject(run) ? run : {})) };
}

function isSuppressed(result: unknown): boolean {
  const suppressions = isObject(result) ? result['suppressions'] : undefined;
  return Array.isArray(suppressions) && suppressions.length > 0;
}

/** The commit and the ref that results are of: of a pull request the merged state, or its own commit if that is checked out. */
export function uploadedFor(
  event: WorkflowEvent,
  checkedOut: string | null,
  { sha, ref }: { readonly sha: string; readonly ref: string },
): { readonly commit: string; readonly ref: string } {
  const isHead = event.kind === 'change' && event.number !== null && checkedOut === event.head;
  return isHead && checkedOut !== sha
    ? { commit: event.head, ref: `refs/pull/${event.number}/head` }
    : { commit: sha, ref };
}

/** Hands the results to code scanning, and waits for a moment to be told that they are in order. */
export async function uploadSarif(
  { sarif, commit, ref, top, startedAt }: SarifUpload,
  { github, repository, wait }: UploadWorld,
): Promise<Upload> {
  try {
    const { data } = await github.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
      ...repository,
      commit_sha: commit,
      ref,
      sarif: gzipSync(withoutSuppressed(sarif)).toString('base64'),
      checkout_uri: pathToFileURL(top).href,
      started_at: startedAt,
      tool_name: 'agentid-lint',
    });
    return await processed(data.id ?? '', { github, repository, wait });
  } catch (error) {
    return isRefused(error)
      ? {
          kind: 'not-allowed',
          sentence: `the SARIF report was not uploaded: ${failureOf(error)}. It needs "security-events: write" and code scanning.`,
        }
      : { kind: 'failed', sentence: `the SARIF report was not uploaded: ${failureOf(error)}` };
  }
}

type UploadWorld = {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Milliseconds before each question; half a minute in all. */
const WAITS = [500, 1500, 3000, 5000, 8000, 12_000];
const ID = /^[\w-]{1,100}$/;

async function processed(id: string, { github, repository, wait }: UploadWorld): Promise<Upload> {
  if (!ID.test(id)) return { kind: 'taken', sentence: 'the SARIF report was uploaded' };
  for (const milliseconds of WAITS) {
    await wait(milliseconds);
    const status = await statusOf(id, github, repository);
    if (status === 'complete')
      return { kind: 'taken', sentence: `the SARIF report was uploaded and processed as ${id}` };
    if (status === 'failed')
      return {
        kind: 'failed',
        sentence: `code scanning could not process the SARIF report ${id}; it keeps the reason at code-scanning/sarifs/${id}`,
      };
    if (status === null) break;
  }
  return { kind: 'taken', sentence: `the SARIF report was uploaded as ${id} and is still being processed` };
}

async function statusOf(id: string, github: GitHub, repository: Repository): Promise<string | null> {
  try {
    const address = 'GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}';
    const { data } = await github.request(address, { ...repository, sarif_id: id });
    return data.processing_status ?? null;
  } catch {
    // It was taken; whether it is in order shows on GitHub.
    return null;
  }
}
