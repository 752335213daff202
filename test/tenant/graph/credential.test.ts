import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { endpointsOf } from '../../../src/tenant/graph/clouds.ts';
import { createCredential, type SignInNetwork } from '../../../src/tenant/graph/credential.ts';
import { planSignIn, type AuthMode, type Environment } from '../../../src/tenant/graph/sign-in-plan.ts';
import type { TokenAnswer } from '../../../src/tenant/graph/tokens.ts';
import { CERTIFICATE, httpsServer } from '../../sources/https-server.ts';
import { loginServer, refusal, type TokenForm } from './login-server.ts';
import { NOW, TENANT, tokenWith } from './opening.ts';
import { closedOrigin, json, raw, scriptedServer } from './scripted-server.ts';

const APP = '3d9a3297-55b4-5d57-84bc-aea1ae8bfbab';
const IDS = { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: APP };
const SCOPE = 'https://graph.microsoft.com/.default';

type Given = {
  readonly mode: AuthMode;
  readonly env: Environment;
  readonly login?: string;
  readonly network?: SignInNetwork;
};

/** Ways to ask for a token, and what a person was shown. */
function signIn({ mode, env, login, network = {} }: Given) {
  const plan = planSignIn({ mode, tenant: null, clientId: null, env, isInteractive: true });
  if (!plan.ok) throw new Error(plan.problem.message);
  const found = endpointsOf({ cloud: 'global', loginUrl: login });
  if (!found.ok) throw new Error(found.problem.message);
  const shown: string[] = [];
  const ask = createCredential(plan.plan, {
    endpoints: found.endpoints,
    show: (sentence) => shown.push(sentence),
    now: () => NOW,
    network: { ca: CERTIFICATE, retries: 0, ...network },
  });
  const controller = new AbortController();
  const token = (fresh = false, claims: string | null = null) =>
    ask({ fresh, claims, signal: controller.signal });
  return { token, shown, controller };
}

/** The number that a token of the login server has; or what went wrong, in which no secret is. */
function numberOf(answer: TokenAnswer): string {
  if (answer.ok) {
    const claims = JSON.parse(Buffer.from(answer.token.split('.')[1] ?? '', 'base64url').toString()) as {
      jti?: string;
    };
    return claims.jti ?? 'token';
  }
  expect(JSON.stringify(answer)).not.toContain('canary');
  return `${answer.problem.code}: ${answer.problem.message}`;
}

const formOf = (form: TokenForm | undefined) => Object.fromEntries(form?.form ?? []);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'agentid-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return path;
}

describe('a client secret', () => {
  const env = { ...IDS, AZURE_CLIENT_SECRET: 'canary-secret' };

  test('is sent to the login host alone; the token is kept until a fresh one is wanted', async () => {
    const { origin, asked, requests } = await loginServer();
    const { token } = signIn({ mode: 'secret', env, login: origin });
    expect([await token(), await token(), await token(true), await token()].map(numberOf)).toEqual([
      'token 1',
      'token 1',
      'token 2',
      'token 2',
    ]);
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual(
      Array(2).fill(`/${TENANT}/oauth2/v2.0/token`),
    );
    expect(formOf(asked[0])).toMatchObject({
      client_id: APP,
      client_secret: 'canary-secret',
      grant_type: 'client_credentials',
      scope: SCOPE,
    });
    expect(requests.every(({ line }) => line.includes(TENANT))).toBe(true);
  });

  test('G07 claims that Graph demands are passed on', async () => {
    const { origin, asked } = await loginServer();
    const { token } = signIn({ mode: 'secret', env, login: origin });
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    await token();
    expect(numberOf(await token(true, claims))).toBe('token 2');
    expect(JSON.parse(formOf(asked[1])['claims'] ?? '{}')).toMatchObject({
      access_token: { nbf: { value: '1' } },
    });
  });

  test.each([
    [7000215, 'the client secret is wrong'],
    [7000222, 'the client secret has expired'],
    [700016, 'the application is not in the tenant'],
    [53003, 'a Conditional Access policy blocks it'],
  ])('AADSTS%i is one plain sentence, without anything that Entra wrote', async (code, words) => {
    const { origin } = await loginServer(() => refusal(code));
    const { token } = signIn({ mode: 'secret', env, login: origin });
    expect(numberOf(await token())).toBe(
      `sign-in-refused: Microsoft Entra refuses to sign in: ${words} (AADSTS${code})`,
    );
  });

  test('a code that nobody here knows is told with where to look it up', async () => {
    const { origin } = await loginServer(() => refusal(9999999));
    const answer = await signIn({ mode: 'secret', env, login: origin }).token();
    expect(answer).toMatchObject({
      problem: {
        message: 'Microsoft Entra refuses to sign in: see the hint (AADSTS9999999)',
        hint: 'Look at https://login.microsoftonline.com/error?code=9999999.',
      },
    });
  });

  test('is not sent after a redirect', async () => {
    const foreign = await loginServer();
    const server = await httpsServer((_, response) => {
      response.writeHead(307, { location: `${foreign.origin}/${TENANT}/oauth2/v2.0/token` }).end();
    });
    const { token } = signIn({ mode: 'secret', env, login: `https://${server.host}` });
    expect(numberOf(await token())).toMatch(/^(?:sign-in-refused|login-unreachable): /);
    expect([foreign.asked, foreign.requests]).toEqual([[], []]);
  });

  test('a login host that is not there is named so', async () => {
    const login = (await closedOrigin()).replace('http:', 'https:');
    expect(numberOf(await signIn({ mode: 'secret', env, login }).token())).toBe(
      'login-unreachable: The sign-in service cannot be reached: the connection was refused (ECONNREFUSED)',
    );
  });

  test('a login host that nobody vouches for gets nothing', async () => {
    const { origin, asked } = await loginServer();
    const ca = readFileSync(new URL('fixtures/application.pem', import.meta.url), 'utf8');
    const { token } = signIn({ mode: 'secret', env, login: origin, network: { ca } });
    expect(numberOf(await token())).toBe(
      'login-unreachable: The sign-in service cannot be reached: the certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    );
    expect(asked).toEqual([]);
  });

  test('G05 a login host that never answers is given up in time', async () => {
    const server = await httpsServer(() => undefined);
    const login = `https://${server.host}`;
    const { token } = signIn({ mode: 'secret', env, login, network: { timeout: 50 } });
    expect(numberOf(await token())).toBe('login-unreachable: The sign-in service does not answer in time');
  });

  test('S05 signing in ends at once when the run is stopped', async () => {
    const { token, controller } = signIn({ mode: 'secret', env, login: `https://${(await hanging()).host}` });
    const answer = token();
    controller.abort();
    expect(numberOf(await answer)).toBe('aborted: The run was stopped');
  });
});

const hanging = () => httpsServer(() => undefined);

test('a certificate signs a proof, and stays where it is', async () => {
  const path = fileURLToPath(new URL('fixtures/application.pem', import.meta.url));
  const { origin, asked } = await loginServer();
  const env = { ...IDS, AZURE_CLIENT_CERTIFICATE_PATH: path };
  expect(numberOf(await signIn({ mode: 'certificate', env, login: origin }).token())).toBe('token 1');
  const form = formOf(asked[0]);
  expect(form).toMatchObject({ client_id: APP, scope: SCOPE });
  expect(form['client_assertion']?.split('.')).toHaveLength(3);
  expect(form['client_secret']).toBeUndefined();
});

test('a certificate with a key that Entra does not take is named so', async () => {
  const path = join(folder(), 'app.pem');
  writeFileSync(
    path,
    readFileSync(new URL('../../sources/fixtures/localhost.key.pem', import.meta.url), 'utf8') + CERTIFICATE,
  );
  const { origin } = await loginServer();
  const env = { ...IDS, AZURE_CLIENT_CERTIFICATE_PATH: path };
  expect(numberOf(await signIn({ mode: 'certificate', env, login: origin }).token())).toBe(
    'sign-in-refused: The key of the certificate is not an RSA key',
  );
});

test.each([
  ['is not there', null],
  ['is no certificate', 'canary'],
])('a certificate that %s is named so', async (_, content) => {
  const path = join(folder(), 'app.pem');
  if (content !== null) writeFileSync(path, content);
  const { origin } = await loginServer();
  const env = { ...IDS, AZURE_CLIENT_CERTIFICATE_PATH: path };
  expect(numberOf(await signIn({ mode: 'certificate', env, login: origin }).token())).toBe(
    'sign-in-refused: The certificate cannot be read',
  );
});

describe('GitHub’s identity token', () => {
  const envOf = (origin: string) => ({
    ...IDS,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-request-token',
  });

  test('is asked for with the audience of the cloud, and exchanged', async () => {
    const github = await scriptedServer(json({ value: 'proof.of.workflow' }));
    const { origin, asked } = await loginServer();
    const { token } = signIn({ mode: 'oidc', env: envOf(github.origin), login: origin });
    expect(numberOf(await token())).toBe('token 1');
    expect(github.seen.map(({ line, headers }) => [line, headers.authorization])).toEqual([
      ['GET /token?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange', 'Bearer canary-request-token'],
    ]);
    expect(formOf(asked[0])).toMatchObject({ client_id: APP, client_assertion: 'proof.of.workflow' });
  });

  const HTML = { 'content-type': 'text/html' };
  test.each([
    [raw(403, HTML, 'canary'), 'sign-in-refused: GitHub gives no identity token (status 403)'],
    [raw(200, HTML, 'canary'), 'sign-in-refused: GitHub answers with something else than an identity token'],
    [json({ value: '' }), 'sign-in-refused: GitHub answers with something else than an identity token'],
    [json({ count: 1 }), 'sign-in-refused: GitHub answers with something else than an identity token'],
    [
      raw(302, { location: 'https://evil.example/' }),
      'sign-in-refused: GitHub gives no identity token (status 302)',
    ],
  ])('that cannot be had is the problem (%#)', async (turn, says) => {
    const github = await scriptedServer(turn);
    const { origin, asked } = await loginServer();
    const { token } = signIn({ mode: 'oidc', env: envOf(github.origin), login: origin });
    expect(numberOf(await token())).toBe(says);
    expect(asked).toEqual([]);
  });

  test('is never asked for over plain http of another host', async () => {
    const { origin } = await loginServer();
    const env = { ...envOf(''), ACTIONS_ID_TOKEN_REQUEST_URL: 'http://github.example/token' };
    expect(numberOf(await signIn({ mode: 'oidc', env, login: origin }).token())).toBe(
      'bad-url: ACTIONS_ID_TOKEN_REQUEST_URL is no https URL',
    );
  });

  test.each([
    [700213, 'no federated credential has the subject of the identity token'],
    [700212, 'no federated credential has the audience of the identity token'],
    [70021, 'no federated credential fits the identity token'],
  ])('that Entra does not know (AADSTS%i) is told with what to compare', async (code, words) => {
    const github = await scriptedServer(json({ value: 'proof.of.workflow' }));
    const { origin } = await loginServer(() => refusal(code));
    const { token } = signIn({ mode: 'oidc', env: envOf(github.origin), login: origin });
    expect(numberOf(await token())).toBe(
      `sign-in-refused: Microsoft Entra refuses to sign in: ${words} (AADSTS${code})`,
    );
  });
});

test('a federated token file is read and exchanged', async () => {
  const path = join(folder(), 'token');
  writeFileSync(path, 'proof.of.pod');
  const { origin, asked } = await loginServer();
  const env = { ...IDS, AZURE_FEDERATED_TOKEN_FILE: path };
  expect(numberOf(await signIn({ mode: 'oidc', env, login: origin }).token())).toBe('token 1');
  expect(formOf(asked[0])).toMatchObject({ client_assertion: 'proof.of.pod' });
  const gone = { ...IDS, AZURE_FEDERATED_TOKEN_FILE: `${path}.gone` };
  expect(numberOf(await signIn({ mode: 'oidc', env: gone, login: origin }).token())).toBe(
    'sign-in-refused: The federated token file cannot be read',
  );
});

describe('a managed identity', () => {
  test('is asked at the endpoint that the host names', async () => {
    const access_token = tokenWith({ jti: 'managed' });
    const expires_on = String(Math.floor(Date.now() / 1000) + 86_400);
    const host = await scriptedServer(
      json({ access_token, expires_on, resource: 'x', token_type: 'Bearer' }),
    );
    stub({ IDENTITY_ENDPOINT: `${host.origin}/msi/token`, IDENTITY_HEADER: 'canary-header' });
    const env = { IDENTITY_ENDPOINT: `${host.origin}/msi/token` };
    expect(numberOf(await signIn({ mode: 'managed-identity', env }).token())).toBe('managed');
    expect(host.seen[0]?.line).toContain('resource=https%3A%2F%2Fgraph.microsoft.com');
    expect(host.seen[0]?.headers['x-identity-header']).toBe('canary-header');
  });

  test('that is not there is named so', async () => {
    const host = await scriptedServer(raw(400, { 'content-type': 'application/json' }, '{"error":"canary"}'));
    stub({ IDENTITY_ENDPOINT: `${host.origin}/msi/token`, IDENTITY_HEADER: 'canary-header' });
    // A client id of its own: the library keeps tokens of managed identities for the whole process.
    const env = { AZURE_CLIENT_ID: APP };
    expect(numberOf(await signIn({ mode: 'managed-identity', env }).token())).toBe(
      'sign-in-refused: This host has no managed identity, or it gives no token',
    );
  });
});

function stub(env: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

describe('the Azure CLI', () => {
  /** Puts a program called `az` first. */
  function az(script: string): void {
    const path = folder();
    writeFileSync(join(path, 'az'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, 'az'), 0o755);
    stub({ PATH: `${path}:/usr/bin:/bin` });
  }

  test('is asked for a token of the tenant', async () => {
    const accessToken = tokenWith({ jti: 'cli' });
    az(`echo '${JSON.stringify({ accessToken, expires_on: 1_900_000_000, tokenType: 'Bearer' })}'`);
    expect(numberOf(await signIn({ mode: 'azure-cli', env: { AZURE_TENANT_ID: TENANT } }).token())).toBe(
      'cli',
    );
  });

  test('that nobody has signed in to is named so', async () => {
    az(`echo "ERROR: Please run 'az login' to setup account. canary" >&2; exit 1`);
    expect(numberOf(await signIn({ mode: 'azure-cli', env: {} }).token())).toBe(
      'sign-in-refused: The Azure CLI gives no token',
    );
  });

  test('that is not installed is named so', async () => {
    stub({ PATH: folder() });
    expect(numberOf(await signIn({ mode: 'azure-cli', env: {} }).token())).toBe(
      'sign-in-refused: The Azure CLI is not there',
    );
  });
});

test('a device code is shown to whoever is there, and nowhere else', async () => {
  const { origin } = await loginServer();
  const { token, shown } = signIn({ mode: 'device-code', env: IDS, login: origin });
  expect(numberOf(await token())).toBe('token 1');
  expect(shown).toEqual(['To sign in, open https://microsoft.com/devicelogin and enter the code ABCD-EFGH.']);
});

test('a token from outside is used as it is, and there is no fresh one', async () => {
  const given = tokenWith({ exp: NOW / 1000 + 60 });
  const { token } = signIn({ mode: 'token', env: { AGENTID_LINT_ACCESS_TOKEN: given } });
  expect(await token()).toEqual({ ok: true, token: given, expiresAt: NOW + 60_000 });
  expect(numberOf(await token(true))).toBe(
    'sign-in-refused: Graph refuses the token in AGENTID_LINT_ACCESS_TOKEN',
  );
  const opaque = signIn({ mode: 'token', env: { AGENTID_LINT_ACCESS_TOKEN: 'opaque' } });
  expect(await opaque.token()).toEqual({ ok: true, token: 'opaque', expiresAt: NOW + 3_600_000 });
});
