import { usageError, type UsageError } from '../cli/errors.ts';
import { isObject } from '../util/is-object.ts';

/** A change that is proposed: a pull request, or what a merge queue makes of several. */
export type ProposedChange = {
  readonly kind: 'change';
  readonly name: string;
  /** `null` for a merge queue. */
  readonly number: number | null;
  /** The commit that it would change. */
  readonly base: string;
  /** Its own last commit. */
  readonly head: string;
  /** Whether somebody without the right to write may have proposed it; its token can only read then. */
  readonly isForeign: boolean;
};

/** Another workflow has ended: it is told of so that a job with more rights can go on with what it has left. */
export type EndedRun = {
  readonly kind: 'ended-run';
  readonly headSha: string;
  readonly headBranch: string;
  /** Owner of the repository that the run's commit comes from. */
  readonly headOwner: string;
};

/** What has started the workflow. */
export type WorkflowEvent =
  | ProposedChange
  | EndedRun
  /** A push, a schedule, a person: what is checked out is what counts. */
  | { readonly kind: 'other'; readonly name: string };

const PULL_REQUEST = ['pull_request', 'pull_request_target'];
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * What has started the workflow, by its name and payload. The payload is GitHub's, but texts in it may be anybody's.
 * @param actor who has started it: Dependabot's pull requests have a token like that of a fork
 * @throws {UsageError} when the payload is not what it should be
 */
export function eventOf(name: string, payload: unknown, actor: string): WorkflowEvent {
  if (PULL_REQUEST.includes(name)) return pullRequest(name, payload, actor);
  if (name === 'merge_group') {
    const group = partOf(payload, 'merge_group');
    const shas = { base: shaOf(group, 'base_sha'), head: shaOf(group, 'head_sha') };
    return { kind: 'change', name, number: null, ...shas, isForeign: false };
  }
  if (name === 'workflow_run') {
    const run = partOf(payload, 'workflow_run');
    const owner = partOf(partOf(run, 'head_repository'), 'owner');
    return {
      kind: 'ended-run',
      headSha: shaOf(run, 'head_sha'),
      headBranch: textOf(run, 'head_branch'),
      headOwner: textOf(owner, 'login'),
    };
  }
  return { kind: 'other', name };
}

function pullRequest(name: string, payload: unknown, actor: string): ProposedChange {
  const pull = partOf(payload, 'pull_request');
  const [base, head] = [partOf(pull, 'base'), partOf(pull, 'head')];
  const { number } = pull;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw odd('pull_request.number');
  const isForeign = repositoryOf(head) !== repositoryOf(base) || actor === 'dependabot[bot]';
  return { kind: 'change', name, number, base: shaOf(base, 'sha'), head: shaOf(head, 'sha'), isForeign };
}

/** `null` when it has been deleted: that of a pull request's head was a fork then. */
function repositoryOf(side: Part): unknown {
  const { repo } = side;
  return isObject(repo) ? repo['id'] : null;
}

type Part = { readonly [key: string]: unknown };

function partOf(whole: unknown, key: string): Part {
  const part = isObject(whole) ? whole[key] : undefined;
  if (!isObject(part)) throw odd(key);
  return part;
}

function textOf(part: Part, key: string): string {
  const text = part[key];
  if (typeof text !== 'string' || text === '') throw odd(key);
  return text;
}

function shaOf(part: Part, key: string): string {
  const sha = textOf(part, key);
  if (!SHA.test(sha)) throw odd(key);
  return sha;
}

function odd(key: string): UsageError {
  return usageError(`the payload of the event has no "${key}" that can be used`);
}
