import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpsServer } from '../../sources/https-server.ts';
import { TENANT, tokenWith } from './opening.ts';

/** What a token was asked with. */
export type TokenForm = { readonly path: string; readonly form: URLSearchParams };

export type Refusal = { readonly status: number; readonly body: unknown };

/** An identity service on the loopback address, over TLS, that gives a new token each time. */
export async function loginServer(refuse: (asked: number) => Refusal | null = () => null) {
  const asked: TokenForm[] = [];
  let origin = '';
  const server = await httpsServer((request, response) => {
    const path = request.url ?? '';
    void bodyOf(request).then((body) => {
      if (path.includes('/.well-known/')) reply(response, 200, configuration(origin));
      else if (path.endsWith('/devicecode')) reply(response, 200, DEVICE_CODE);
      else {
        asked.push({ path, form: new URLSearchParams(body) });
        const refusal = refuse(asked.length);
        if (refusal === null) reply(response, 200, token(asked.length));
        else reply(response, refusal.status, refusal.body);
      }
    });
  });
  origin = `https://${server.host}`;
  return { origin, asked, requests: server.requests };
}

const DEVICE_CODE = {
  user_code: 'ABCD-EFGH',
  device_code: 'canary-device-code',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 0,
  message: 'To sign in, open https://microsoft.com/devicelogin and enter the code ABCD-EFGH.',
};

function token(number: number) {
  const access_token = tokenWith({ jti: `token ${number}` });
  return { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token };
}

/** Entra's refusal with a code, as it words it: everything that could be secret is in it. */
export function refusal(code: number, error = 'invalid_client'): Refusal {
  const error_description = `AADSTS${code}: canary words about the secret 'canary'. Trace ID: 1 Timestamp: 2026-11-23`;
  return {
    status: 401,
    body: { error, error_description, error_codes: [code], trace_id: '1', correlation_id: '2' },
  };
}

function configuration(origin: string) {
  const base = `${origin}/${TENANT}`;
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
