import { endpointsOf, type CloudName, type Endpoints } from './tenant/graph/clouds.ts';
import { createCredential, type SignInNetwork } from './tenant/graph/credential.ts';
import { planSignIn, type AuthMode, type Environment } from './tenant/graph/sign-in-plan.ts';
import type { Refused } from './tenant/graph/sign-in-problem.ts';
import type { AskForToken } from './tenant/graph/tokens.ts';

export { networkWarnings } from './tenant/graph/network-warnings.ts';

export type SignInRequest = {
  /** Id or domain; `null` leaves it to the environment or the credential. */
  readonly tenant: string | null;
  readonly cloud: CloudName;
  readonly auth: AuthMode;
  readonly clientId: string | null;
  readonly graphUrl: string | null;
  readonly loginUrl: string | null;
  readonly env: Environment;
  /** Whether a person is there to answer. */
  readonly isInteractive: boolean;
  readonly now: () => number;
  /** Shows what to do with a device code. */
  readonly show: (sentence: string) => void;
  readonly network?: SignInNetwork;
};

/** How the run signs in, and where. Nobody has been asked for anything by then. */
export type PreparedSignIn = {
  readonly ok: true;
  readonly endpoints: Endpoints;
  readonly ask: AskForToken;
  /** Id or domain of the tenant that is to be read; `null` when only the token says it. */
  readonly tenant: string | null;
  readonly mode: Exclude<AuthMode, 'auto'>;
  /** What is used and why, for people. No secret is in it. */
  readonly says: string;
};

/** A refusal, with the hosts when those are not what is refused. */
export type NoSignIn = Refused & { readonly endpoints: Endpoints | null };

/** Decides where and how to sign in, from the settings and the environment alone. */
export function prepareSignIn(request: SignInRequest): PreparedSignIn | NoSignIn {
  const {
    cloud,
    graphUrl,
    loginUrl,
    tenant,
    clientId,
    auth: mode,
    env,
    isInteractive,
    now,
    show,
    network,
  } = request;
  const hosts = endpointsOf({
    cloud,
    graphUrl: graphUrl ?? undefined,
    loginUrl: loginUrl ?? undefined,
  });
  if (!hosts.ok) return { ...hosts, endpoints: null };
  const { endpoints } = hosts;
  const planned = planSignIn({ mode, tenant, clientId, env, isInteractive });
  if (!planned.ok) return { ...planned, endpoints };
  const { plan } = planned;
  return {
    ok: true,
    endpoints,
    ask: createCredential(plan, { endpoints, show, now, ...(network === undefined ? {} : { network }) }),
    tenant: plan.tenant,
    mode: plan.mode,
    says: plan.says,
  };
}
