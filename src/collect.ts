import { resolve } from 'node:path';
import { beginRun, type Run } from './tenant/collect/begin.ts';
import { collect } from './tenant/collect/collect.ts';
import { Interrupted } from './tenant/collect/outcome.ts';
import { wantedPairs, type Pair } from './tenant/collect/pairs.ts';
import { expectedRequests, type Expected } from './tenant/collect/plan.ts';
import type { StepProgress } from './tenant/collect/reading.ts';
import { openGraph, type GraphOptions, type OpenedGraph } from './tenant/graph/open.ts';
import type { SignInProblem } from './tenant/graph/sign-in-problem.ts';
import type { TokenFacts } from './tenant/graph/token-check.ts';
import type { GraphStats } from './tenant/graph/types.ts';
import { SnapshotError } from './tenant/snapshot/problem.ts';
import type { SnapshotHeader } from './tenant/snapshot/types.ts';
import { openSnapshotWriter } from './tenant/snapshot/writer.ts';
import type { RedactionRequest, WrittenSnapshot } from './tenant/snapshot/writing.ts';
import { hasWorkFolder } from './tenant/spool/files.ts';
import { SpoolError } from './tenant/spool/problem.ts';
import type { SpoolOptions } from './tenant/spool/types.ts';

export type CollectRequest = {
  /** How Graph is reached, and who gives the token. */
  readonly graph: Pick<
    GraphOptions,
    'endpoints' | 'ask' | 'tenant' | 'allowWriteScopes' | 'concurrency' | 'limits' | 'onWait'
  >;
  /** The snapshot's file. What is read meanwhile is kept in a folder beside it, of the same name and `.partial`. */
  readonly output: string;
  /** What the rules that are on need. */
  readonly wanted: Iterable<Pair>;
  /** Whether facts of Graph's beta are read. */
  readonly beta: boolean;
  /** Ids of groups that the organisation counts among those that give rights. */
  readonly namedGroups: readonly string[];
  /** Goes on from an interrupted run; without it, what such a run left is in the way. */
  readonly resume: boolean;
  /** An earlier snapshot: only what has changed since is read, where Graph can tell. */
  readonly since: string | null;
  /** What is hidden in the snapshot; `null` for nothing. */
  readonly redact: RedactionRequest | null;
  /** Of agentid-lint. */
  readonly version: string;
  /** Milliseconds since 1970, and a number from 0 to 1. */
  readonly now: () => number;
  readonly random: () => number;
  readonly owner: SpoolOptions['owner'];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: CollectProgress) => void;
};

export type CollectProgress = StepProgress & {
  readonly stats: GraphStats;
  /** What a full read of the tenant will have sent, as far as can be said. */
  readonly expected: Expected;
};

export type CollectOutcome =
  | {
      readonly ok: true;
      /** Absolute. */
      readonly path: string;
      readonly header: SnapshotHeader;
      readonly digest: string;
      readonly bytes: number;
      readonly token: TokenFacts;
      readonly stats: GraphStats;
    }
  | { readonly ok: false; readonly problem: CollectProblem };

/** Why there is no snapshot. */
export type CollectProblem = {
  /**
   * `sign-in`: no token that may be used. `unreachable`: Graph does not answer. `setting`: what was asked for cannot be
   * done. `output`: the disk. `interrupted`: the run was stopped.
   */
  readonly kind: 'sign-in' | 'unreachable' | 'setting' | 'output' | 'interrupted';
  readonly code: string;
  /** Sentences for people. */
  readonly message: string;
  readonly hint: string;
  /** The folder that a run with `resume` goes on from; `null` when there is none. */
  readonly checkpoint: string | null;
};

/** Reads a tenant into a snapshot. Only a fault of our own throws. */
export async function collectTenant(request: CollectRequest): Promise<CollectOutcome> {
  const folder = `${resolve(request.output)}.partial`;
  if (!request.resume && hasWorkFolder(folder)) return failed(inTheWay(folder));
  try {
    const { graph, signal, version, now, random } = request;
    const opened = await openGraph({ ...graph, signal, version, now, random });
    if (!opened.ok) return failed(signInProblem(opened.problem));
    return await collectWith(opened, request, folder);
  } catch (error) {
    const problem = problemOf(error, hasWorkFolder(folder) ? folder : null, request.signal);
    if (problem === null) throw error;
    return failed(problem);
  }
}

async function collectWith(
  opened: OpenedGraph,
  request: CollectRequest,
  folder: string,
): Promise<CollectOutcome> {
  const { graph, token } = opened;
  const { beta, namedGroups, redact, signal, output, onProgress } = request;
  const wanted = wantedPairs(request.wanted, { beta });
  const begun = await beginRun({
    ...request,
    reader: graph,
    wanted,
    tokenTenant: token.tenantId,
    cloud: request.graph.endpoints.cloud,
    folder,
    onStep: (progress, sizes) =>
      onProgress?.({ ...progress, stats: graph.stats(), expected: expectedRequests(wanted, sizes) }),
  });
  if (!begun.ok) return failed({ ...begun.problem, checkpoint: null });
  const { run } = begun;
  try {
    const { organization, before, reading } = run;
    const collected = await collect(reading, { wanted, beta, namedGroups, organization, before });
    const writer = await openSnapshotWriter(output, {
      redact,
      signal,
    });
    const written = await collected
      .write(writer, () => headerFacts(run, request, graph.stats()))
      .catch(async (error: unknown) => {
        await writer.abort();
        throw error;
      });
    await run.end('remove');
    return outcome(written, output, token, graph.stats());
  } catch (error) {
    await run.end('keep');
    throw error;
  }
}

function outcome(
  { header, digest, bytes }: WrittenSnapshot,
  output: string,
  token: TokenFacts,
  stats: GraphStats,
): CollectOutcome {
  return { ok: true, path: resolve(output), header, digest, bytes, token, stats };
}

function headerFacts(run: Run, { version, graph }: CollectRequest, stats: GraphStats) {
  const { roundTrips, requests, batches, retries, throttled, waited } = stats;
  const { id, properties } = run.organization;
  const name = properties['displayName'];
  return {
    tool: { name: 'agentid-lint', version } as const,
    tenant: { id, displayName: typeof name === 'string' ? name : null, cloud: graph.endpoints.cloud },
    startedAt: run.startedAt,
    finishedAt: run.graphTime(),
    requests: { roundTrips, requests, batches, retries, throttled, waited: Math.round(waited) },
    deltaLinks: run.deltaLinks,
    basis: run.basis,
  };
}

function failed(problem: CollectProblem): CollectOutcome {
  return { ok: false, problem };
}

function inTheWay(folder: string): CollectProblem {
  return {
    kind: 'setting',
    code: 'checkpoint-in-the-way',
    message: `An interrupted run has left ${folder}.`,
    hint: 'Go on with it: --resume. Or delete the folder to begin again.',
    checkpoint: folder,
  };
}

function signInProblem({ code, message, hint }: SignInProblem): CollectProblem {
  const kind = code === 'aborted' ? 'interrupted' : code === 'login-unreachable' ? 'unreachable' : 'sign-in';
  const isSetting = code === 'bad-url' || code === 'setting-missing';
  return { kind: isSetting ? 'setting' : kind, code, message: `${message}.`, hint, checkpoint: null };
}

/** `null` for what is our own fault. */
function problemOf(error: unknown, checkpoint: string | null, signal: AbortSignal): CollectProblem | null {
  if (error instanceof Interrupted || signal.aborted)
    return {
      kind: 'interrupted',
      code: 'interrupted',
      message: 'The run was stopped.',
      hint: checkpoint === null ? 'Begin again.' : 'Go on with the same command and --resume.',
      checkpoint,
    };
  if (error instanceof SpoolError) {
    const { code, message, hint } = error;
    return { kind: code === 'spool-unusable' ? 'output' : 'setting', code, message, hint, checkpoint };
  }
  if (error instanceof SnapshotError) {
    const { code, message, hint } = error;
    return { kind: 'output', code, message, hint, checkpoint };
  }
  return null;
}
