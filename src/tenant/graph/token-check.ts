import { isObject } from '../../util/is-object.ts';
import { CLOUDS, type Endpoints } from './clouds.ts';
import { refused, type Refused } from './sign-in-problem.ts';
import { canWrite } from './write-permissions.ts';

/** What a token says about itself. Read, not verified: that is for Graph. */
export type TokenFacts = {
  /** Whether the token can be read; when not, everything below is unknown. */
  readonly isReadable: boolean;
  readonly tenantId: string | null;
  /** `app` for application permissions, `user` when somebody signed in. */
  readonly kind: 'app' | 'user' | null;
  /** Client id of the application that the token was given to. */
  readonly clientId: string | null;
  /** Names of Graph permissions, sorted; `null` when unknown. */
  readonly permissions: readonly string[] | null;
  /** Those of them that can change agents or the directory. */
  readonly writePermissions: readonly string[];
  /** Seconds since 1970; `null` when unknown. */
  readonly expiresAt: number | null;
  /** Sentences for people. */
  readonly warnings: readonly string[];
};

export type TokenDemands = {
  readonly endpoints: Endpoints;
  /** Id or domain of the tenant that was asked for; only an id can be compared. */
  readonly tenant: string | null;
  readonly allowWriteScopes: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type CheckedToken = { readonly ok: true; readonly facts: TokenFacts } | Refused;

/** Client id of Graph itself, an audience in every cloud. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Claims that stand in every delegated token and permit nothing. */
const SIGN_IN_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);
/** Clocks that differ by so many seconds are no reason to refuse. */
const LEEWAY = 300;

/**
 * Compares a token with what it is to be used for, before it is sent anywhere: the tenant, Graph of this cloud, its time,
 * and that it cannot write. https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function checkToken(token: string, demands: TokenDemands): CheckedToken {
  const claims = claimsOf(token);
  if (claims === null) return { ok: true, facts: UNREADABLE };
  const { tenant, endpoints, allowWriteScopes, now } = demands;
  const facts = factsOf(claims);
  const wanted = tenant?.toLowerCase() ?? '';
  if (GUID.test(wanted) && facts.tenantId !== null && facts.tenantId !== wanted) {
    const message = `The token is of the tenant ${facts.tenantId}, not of ${wanted}`;
    return refused(
      'wrong-tenant',
      message,
      'Sign in to the tenant that is to be read, or name the other one with --tenant.',
    );
  }
  if (!isForGraph(claims['aud'], endpoints))
    return refused(
      'wrong-audience',
      `The token is not for Microsoft Graph of ${CLOUDS[endpoints.cloud].label}`,
      `Ask for a token for ${CLOUDS[endpoints.cloud].graph}, or name the cloud with --cloud.`,
    );
  const time = timeProblem(claims, now / 1000);
  if (time !== null) return time;
  if (facts.writePermissions.length > 0 && !allowWriteScopes) return writable(facts);
  return { ok: true, facts };
}

/** When a token ends, milliseconds since 1970; `null` when it does not say. */
export function expiryOf(token: string): number | null {
  const expiry = claimsOf(token)?.['exp'];
  return typeof expiry === 'number' ? expiry * 1000 : null;
}

const UNREADABLE: TokenFacts = {
  isReadable: false,
  tenantId: null,
  kind: null,
  clientId: null,
  permissions: null,
  writePermissions: [],
  expiresAt: null,
  warnings: ['The token cannot be read: its tenant, its audience and its permissions are not checked'],
};

function claimsOf(token: string): Record<string, unknown> | null {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isObject(claims) ? claims : null;
  } catch {
    return null;
  }
}

function factsOf(claims: Record<string, unknown>): TokenFacts {
  const { tid, exp, appid, azp, roles, scp } = claims;
  const granted = [...namesIn(roles), ...(typeof scp === 'string' ? scp.split(' ') : [])];
  const permissions = [...new Set(granted)].filter((name) => name !== '' && !SIGN_IN_SCOPES.has(name)).sort();
  const writePermissions = permissions.filter(canWrite);
  const warnings =
    writePermissions.length === 0
      ? []
      : [`The token can write, although only reading is done: ${writePermissions.join(', ')}`];
  return {
    isReadable: true,
    tenantId: textOrNull(tid)?.toLowerCase() ?? null,
    kind: typeof scp === 'string' ? 'user' : 'app',
    clientId: textOrNull(appid) ?? textOrNull(azp),
    permissions,
    writePermissions,
    expiresAt: typeof exp === 'number' ? exp : null,
    warnings,
  };
}

function namesIn(roles: unknown): readonly string[] {
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isForGraph(audience: unknown, { cloud, graph }: Endpoints): boolean {
  if (typeof audience !== 'string') return false;
  return [GRAPH_APP_ID, CLOUDS[cloud].graph, graph].includes(audience.replace(/\/$/, '').toLowerCase());
}

function timeProblem({ exp, nbf }: Record<string, unknown>, now: number): Refused | null {
  if (typeof exp === 'number' && exp <= now)
    return refused(
      'token-expired',
      'The token is no longer valid',
      'Get a new one, and see that the clock is right.',
    );
  if (typeof nbf === 'number' && nbf > now + LEEWAY)
    return refused(
      'token-expired',
      'The token is not valid yet',
      'See that the clock of this machine is right.',
    );
  return null;
}

/** The client id of the Azure CLI, whose tokens can always write. */
const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

function writable({ writePermissions, clientId }: TokenFacts): Refused {
  const message = `The token can write to agents or the directory, which reading does not need: ${writePermissions.join(', ')}`;
  const hint =
    clientId === AZURE_CLI
      ? 'Tokens of the Azure CLI can always write; use an app registration with read permissions, or --allow-write-scopes.'
      : 'Take these permissions from the app registration, or use --allow-write-scopes.';
  return refused('write-permissions', message, hint);
}
