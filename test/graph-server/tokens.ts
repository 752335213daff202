import { createHmac } from 'node:crypto';
import { GraphFailure } from './errors.ts';

/** What the stand-in reads of an access token (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference). */
export type Claims = {
  readonly tid: string;
  readonly aud: string;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly exp: number;
  readonly roles: readonly string[];
  readonly appid: string;
};

const KEY = 'the stand-in signs with this; it protects nothing';

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(content: string): string {
  return createHmac('sha256', KEY).update(content).digest('base64url');
}

/** Makes an access token with these claims. */
export function makeToken(claims: { readonly [claim: string]: unknown }): string {
  const content = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
  return `${content}.${signature(content)}`;
}

/** The answer to a token that is missing, broken, too old or of another tenant. */
function invalidToken(message: string, claims: string | null = null): GraphFailure {
  // https://learn.microsoft.com/entra/identity-platform/claims-challenge
  const challenge =
    claims === null
      ? 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"'
      : `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  return new GraphFailure(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': challenge });
}

/** Reads the claims of an `Authorization` header, or says 401. `now` is in milliseconds. */
export function readToken(header: string | undefined, tenant: string, now: number): Claims {
  const token = /^Bearer (.+)$/.exec(header ?? '')?.[1];
  if (token === undefined) throw invalidToken('Access token is empty.');
  const [head, body, signed] = token.split('.');
  if (head === undefined || body === undefined || signed !== signature(`${head}.${body}`)) {
    throw invalidToken('CompactToken validation failed.');
  }
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims;
  if (claims.exp * 1000 <= now) throw invalidToken('Lifetime validation failed, the token is expired.');
  if (claims.tid !== tenant) throw invalidToken('Invalid tenant.');
  return claims;
}
