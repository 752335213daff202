import {
  checkGroups,
  checkPermissions,
  type CheckRequest,
  type GroupCheck,
  type PermissionCheck,
} from './readable.ts';
import { networkWarnings, prepareSignIn, type PreparedSignIn, type SignInRequest } from './sign-in.ts';
import { openGraph } from './tenant/graph/open.ts';
import type { SignInProblem } from './tenant/graph/sign-in-problem.ts';
import type { TokenFacts } from './tenant/graph/token-check.ts';

export type { GroupCheck } from './readable.ts';

export type DoctorRequest = CheckRequest &
  SignInRequest & {
    readonly allowWriteScopes: boolean;
    /** Whether nobody is asked. */
    readonly offline: boolean;
    /** Of the tool, and of Node: `v24.1.0`. */
    readonly version: string;
    readonly nodeVersion: string;
    readonly random: () => number;
    readonly signal: AbortSignal;
  };

/** What is set up to read a tenant, and what of it can be read. No secret is in it. */
export type Diagnosis = {
  readonly endpoints: Pick<PreparedSignIn['endpoints'], 'graph' | 'login'> | null;
  /** How the run would sign in, and why so; `null` when there is no way. */
  readonly signIn: Pick<PreparedSignIn, 'mode' | 'says'> | null;
  /** What is in the way of asking Graph; `null` when nothing is, and when nobody was asked. */
  readonly problem: SignInProblem | null;
  readonly token: TokenFacts | null;
  readonly permissions: PermissionCheck;
  readonly groups: readonly GroupCheck[];
  /** Largest difference between Graph's clock and ours, seconds. */
  readonly clockSkew: number | null;
  /** What a user should know of the network settings, as sentences. */
  readonly network: readonly string[];
};

/** Looks at how a tenant would be read, and tries it with one small request for every group of facts. */
export async function diagnose(request: DoctorRequest): Promise<Diagnosis> {
  const { env, offline, nodeVersion } = request;
  const nothing: Diagnosis = {
    endpoints: null,
    signIn: null,
    problem: null,
    token: null,
    permissions: null,
    groups: [],
    clockSkew: null,
    network: networkWarnings(env, nodeVersion),
  };
  const prepared = prepareSignIn(request);
  const { endpoints } = prepared;
  const reached =
    endpoints === null
      ? nothing
      : { ...nothing, endpoints: { graph: endpoints.graph, login: endpoints.login } };
  if (!prepared.ok) return { ...reached, problem: prepared.problem };
  const signIn = { mode: prepared.mode, says: prepared.says };
  if (offline) return { ...reached, signIn };
  const opened = await openGraph({
    ...request,
    ...prepared,
    // Nobody should wait long to be told that something does not work.
    limits: { tries: 2, requestBudget: 20_000, runBudget: 60_000 },
  });
  if (!opened.ok) return { ...reached, signIn, problem: opened.problem };
  const checked = await checkGroups(opened.graph, request);
  return {
    ...reached,
    signIn,
    problem: checked.ok ? null : checked.problem,
    token: opened.token,
    permissions: checkPermissions(opened.token.permissions, request),
    groups: checked.ok ? checked.groups : [],
    clockSkew: opened.graph.stats().clockSkew,
  };
}

/** The exit code of a diagnosis: 5 when the tenant cannot be asked, 4 when a group of facts cannot be read. */
export function exitCodeOf({ problem, groups }: Diagnosis): 0 | 4 | 5 {
  if (problem !== null) return 5;
  return groups.every(({ status }) => status === 'readable' || status === 'untried') ? 0 : 4;
}
