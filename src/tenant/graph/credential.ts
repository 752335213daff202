import type { ClientSecretCredentialOptions, TokenCredential } from '@azure/identity';
import { CLOUDS, type Endpoints } from './clouds.ts';
import { githubToken } from './github-token.ts';
import { TOKEN_VARIABLE, type SignInPlan, type SignInWay } from './sign-in-plan.ts';
import { refused, type SignInProblem } from './sign-in-problem.ts';
import { signInProblem } from './sign-in-words.ts';
import { expiryOf } from './token-check.ts';
import type { AskForToken, TokenAnswer, TokenRequest } from './tokens.ts';

/** What a person has to do with a device code: a sentence, written for people by the identity service. */
type ShowDeviceCode = (sentence: string) => void;

export type CredentialOptions = {
  readonly endpoints: Endpoints;
  /** Shows what to do with a device code: on stderr. */
  readonly show: ShowDeviceCode;
  readonly now: () => number;
  readonly network?: SignInNetwork;
};

/** How the sign-in service is reached; each has its default. */
export type SignInNetwork = {
  /** PEM of the certificates to trust instead of those that Node trusts. */
  readonly ca?: string;
  /** Times that a request for a token is sent again: 3. */
  readonly retries?: number;
  /** Milliseconds for a token: a minute, or a quarter of an hour where a person has to do something. */
  readonly timeout?: number;
};

/** Asks for tokens in one planned way, and in no other. The identity library is loaded when a token is first asked for. */
export function createCredential({ way, mode }: SignInPlan, options: CredentialOptions): AskForToken {
  if (way.kind === 'token') return (request) => Promise.resolve(givenToken(way.token, request, options));
  const scope = `${CLOUDS[options.endpoints.cloud].graph}/.default`;
  const attempt: Attempt = { proof: null, problem: null, cause: null, signal: null };
  let credential: TokenCredential | null = null;
  return async ({ fresh, claims, signal }): Promise<TokenAnswer> => {
    Object.assign(attempt, { proof: null, problem: null, cause: null, signal });
    try {
      // What the library has kept is gone with the credential. A person is not asked again for that.
      if (credential === null || (fresh && way.kind !== 'device-code'))
        credential = await build(way, options, attempt);
      const asked = credential.getToken(scope, {
        enableCae: true,
        ...(claims === null ? {} : { claims }),
        abortSignal: signal,
      });
      const given = await inTime(asked, { signal, timeout: options.network?.timeout ?? timeoutOf(way) });
      if (given === 'aborted') return STOPPED;
      if (given === 'late') return TOO_LATE;
      if (given !== null) return { ok: true, token: given.token, expiresAt: given.expiresOnTimestamp };
      return refused(
        'sign-in-refused',
        `Signing in by ${mode} gave no token`,
        'Name another way with --auth.',
      );
    } catch (error) {
      if (signal.aborted) return STOPPED;
      return { ok: false, problem: attempt.problem ?? signInProblem([attempt.cause, error], { way, mode }) };
    }
  };
}

const STOPPED = refused('aborted', 'The run was stopped', 'Run it again.');
const TOO_LATE = refused('login-unreachable', 'The sign-in service does not answer in time', 'Try again.');

function timeoutOf({ kind }: SignInWay): number {
  return kind === 'device-code' ? 15 * 60_000 : 60_000;
}

/** A token from outside lives as long as it says, and there is no other. */
function givenToken(token: string, { fresh }: TokenRequest, { now }: CredentialOptions): TokenAnswer {
  if (fresh)
    return refused('sign-in-refused', `Graph refuses the token in ${TOKEN_VARIABLE}`, 'Get a new one.');
  return { ok: true, token, expiresAt: expiryOf(token) ?? now() + 3_600_000 };
}

/** What happens while the library asks for a token, which it does not pass on. */
type Attempt = {
  /** GitHub's token; the library asks for it more than once. */
  proof: string | null;
  problem: SignInProblem | null;
  /** Why a request failed. */
  cause: unknown;
  signal: AbortSignal | null;
};

async function build(
  way: Exclude<SignInWay, { kind: 'token' }>,
  options: CredentialOptions,
  attempt: Attempt,
) {
  const identity = await import('@azure/identity');
  const common = commonOptions(options, attempt);
  switch (way.kind) {
    case 'github': {
      const { tenant, clientId } = way;
      const prove = () => proofOf(way, options.endpoints, attempt);
      return new identity.ClientAssertionCredential(tenant, clientId, prove, common);
    }
    case 'workload-identity': {
      const { tenant: tenantId, clientId, tokenFile: tokenFilePath } = way;
      return new identity.WorkloadIdentityCredential({ ...common, tenantId, clientId, tokenFilePath });
    }
    case 'managed-identity': {
      const { clientId } = way;
      return new identity.ManagedIdentityCredential({
        ...common,
        ...(clientId === null ? {} : { clientId }),
      });
    }
    case 'certificate': {
      const { tenant, clientId, path: certificatePath, password: certificatePassword } = way;
      const pem =
        certificatePassword === null ? { certificatePath } : { certificatePath, certificatePassword };
      return new identity.ClientCertificateCredential(tenant, clientId, pem, common);
    }
    case 'secret':
      return new identity.ClientSecretCredential(way.tenant, way.clientId, way.secret, common);
    case 'azure-cli':
      return new identity.AzureCliCredential({
        processTimeoutInMs: timeoutOf(way),
        ...(way.tenant === null ? {} : { tenantId: way.tenant }),
      });
    case 'device-code':
      return new identity.DeviceCodeCredential({
        ...common,
        tenantId: way.tenant,
        clientId: way.clientId,
        userPromptCallback: ({ message }) => {
          options.show(message);
        },
      });
  }
}

/** Redirects are not followed: what is sent proves who we are. */
function commonOptions(
  { endpoints, network = {} }: CredentialOptions,
  attempt: Attempt,
): ClientSecretCredentialOptions {
  const noting: NonNullable<ClientSecretCredentialOptions['additionalPolicies']>[number] = {
    position: 'perRetry',
    policy: {
      name: 'noting',
      sendRequest: async (request, next) => {
        try {
          return await next(request);
        } catch (error) {
          attempt.cause = error;
          throw error;
        }
      },
    },
  };
  return {
    authorityHost: endpoints.login,
    disableInstanceDiscovery: endpoints.isCustomLogin,
    redirectOptions: { maxRetries: 0 },
    additionalPolicies: [noting],
    ...(network.retries === undefined ? {} : { retryOptions: { maxRetries: network.retries } }),
    ...(network.ca === undefined ? {} : { tlsOptions: { ca: network.ca } }),
  };
}

async function proofOf(
  way: Extract<SignInWay, { kind: 'github' }>,
  { tokenExchange: audience }: Endpoints,
  attempt: Attempt,
): Promise<string> {
  if (attempt.proof !== null) return attempt.proof;
  const signal = attempt.signal ?? new AbortController().signal;
  const answer = await githubToken(way, { audience, signal });
  if (answer.ok) {
    attempt.proof = answer.token;
    return answer.token;
  }
  attempt.problem = answer.problem;
  throw new Error(answer.problem.message);
}

type InTime = { readonly signal: AbortSignal; readonly timeout: number };

/** The library does not stop at once, or at all, when it is told to. */
async function inTime<T>(promise: Promise<T>, { signal, timeout }: InTime): Promise<T | 'aborted' | 'late'> {
  let settle: (why: 'aborted' | 'late') => void = () => undefined;
  const stopped = new Promise<'aborted' | 'late'>((resolve) => {
    settle = resolve;
  });
  const onAbort = () => {
    settle('aborted');
  };
  const timer = setTimeout(() => {
    settle('late');
  }, timeout);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
