import type { Reply } from './call.ts';
import { ok } from './call.ts';
import type { Clock } from './clock.ts';
import type { Entity } from './entities.ts';
import { makeToken } from './tokens.ts';

export type LoginRequest = {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
  readonly origin: string;
};

export type Login = {
  readonly tenant: string;
  readonly clock: Clock;
  /** Permissions that tokens get. */
  readonly roles: readonly string[];
  /** Secrets that are taken; `null` takes any. */
  readonly secrets: readonly string[] | null;
};

const LIFE_S = 3600;

function failed(error: string, description: string): Reply {
  return { status: 400, headers: {}, body: { error, error_description: description, error_codes: [] } };
}

function grant(login: Login, form: URLSearchParams): Reply {
  const now = Math.floor(login.clock.now() / 1000);
  const client = form.get('client_id') ?? '';
  const secret = form.get('client_secret');
  const known = login.secrets === null || (secret !== null && login.secrets.includes(secret));
  switch (form.get('grant_type') ?? '') {
    case 'client_credentials':
      if (form.get('client_assertion') === null && !known) {
        return failed('invalid_client', 'AADSTS7000215: Invalid client secret provided.');
      }
      break;
    case 'urn:ietf:params:oauth:grant-type:device_code':
    case 'refresh_token':
      break;
    default:
      return failed('unsupported_grant_type', 'AADSTS70003: The grant type is not supported.');
  }
  const claims = {
    aud: 'https://graph.microsoft.com',
    tid: login.tenant,
    appid: client,
    roles: login.roles,
    iat: now,
    nbf: now,
    exp: now + LIFE_S,
  };
  return ok({
    token_type: 'Bearer',
    expires_in: LIFE_S,
    ext_expires_in: LIFE_S,
    access_token: makeToken(claims),
  });
}

function openidConfiguration({ origin }: LoginRequest, tenant: string): Entity {
  return {
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/devicecode`,
    issuer: `${origin}/${tenant}/v2.0`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    end_session_endpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  };
}

/**
 * The part of the sign-in service that clients meet on the way to a token
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow); `null` for paths that are not
 * of it.
 */
export function answerLogin(login: Login, request: LoginRequest): Reply | null {
  const url = new URL(request.url, request.origin);
  const [, first = '', ...rest] = url.pathname.split('/');
  const tail = rest.join('/');
  if (url.pathname.endsWith('/discovery/instance')) {
    const host = url.host;
    return ok({
      tenant_discovery_endpoint: `${request.origin}/${login.tenant}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  }
  if (tail.endsWith('.well-known/openid-configuration')) return ok(openidConfiguration(request, first));
  if (tail === 'oauth2/v2.0/devicecode' && request.method === 'POST') {
    return ok({
      device_code: 'a device code',
      user_code: 'LARKSPUR',
      verification_uri: `${request.origin}/device`,
      expires_in: 900,
      interval: 1,
      message: 'To sign in, open the page and enter the code LARKSPUR.',
    });
  }
  if (tail === 'oauth2/v2.0/token' && request.method === 'POST') {
    return grant(login, new URLSearchParams(request.body));
  }
  return null;
}
