import { describe, expect, test } from 'vitest';
import {
  AUTH_MODES,
  planSignIn,
  type Environment,
  type SignInSettings,
} from '../../../src/tenant/graph/sign-in-plan.ts';
import { TENANT } from './opening.ts';

const APP = '3d9a3297-55b4-5d57-84bc-aea1ae8bfbab';
const IDS = { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: APP };
const GITHUB = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github.example/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary',
};
const FILE = { AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/token' };
const MANAGED = { IDENTITY_ENDPOINT: 'http://127.0.0.1:41741/msi/token' };
const CERTIFICATE = { AZURE_CLIENT_CERTIFICATE_PATH: '/etc/app.pem' };
const SECRET = { AZURE_CLIENT_SECRET: 'canary' };
const TOKEN = { AGENTID_LINT_ACCESS_TOKEN: 'canary' };

function planned(env: Environment, rest: Partial<SignInSettings> = {}) {
  const answer = planSignIn({
    mode: 'auto',
    tenant: null,
    clientId: null,
    env,
    isInteractive: false,
    ...rest,
  });
  const says = answer.ok ? answer.plan.says : `${answer.problem.code}: ${answer.problem.message}`;
  expect(says + (answer.ok ? '' : answer.problem.hint)).not.toContain('canary');
  return says;
}

describe('auto takes the first that the environment has everything for, and says why', () => {
  const ALL = { ...IDS, ...TOKEN, ...GITHUB, ...FILE, ...MANAGED, ...CERTIFICATE, ...SECRET };
  const STEPS: readonly (readonly [without: Environment, says: string])[] = [
    [TOKEN, 'the token in AGENTID_LINT_ACCESS_TOKEN, because AGENTID_LINT_ACCESS_TOKEN is set'],
    [
      GITHUB,
      `GitHub's identity token for the application ${APP}, because GitHub Actions gives identity tokens`,
    ],
    [FILE, `the federated token file for the application ${APP}, because AZURE_FEDERATED_TOKEN_FILE is set`],
    [MANAGED, 'the managed identity of this host, because the host offers a managed identity'],
    [CERTIFICATE, `a certificate of the application ${APP}, because AZURE_CLIENT_CERTIFICATE_PATH is set`],
    [SECRET, `a client secret of the application ${APP}, because AZURE_CLIENT_SECRET is set`],
  ];

  test('from all that there is down to nothing', () => {
    let env: Environment = ALL;
    for (const [without, says] of STEPS) {
      expect(planned(env)).toBe(says);
      env = Object.fromEntries(Object.entries(env).filter(([name]) => !Object.hasOwn(without, name)));
    }
    expect(planned(env)).toBe('no-credential: A client id is given, and nothing that proves it');
    expect(planned(env, { isInteractive: true })).toBe(
      `a device code for the application ${APP}, because a client id is given, and somebody is at the terminal`,
    );
  });

  test('flags come before the environment', () => {
    const answer = planSignIn({
      mode: 'auto',
      tenant: 't.example',
      clientId: 'app',
      env: ALL,
      isInteractive: false,
    });
    expect(answer).toMatchObject({ plan: { tenant: 't.example' } });
    expect(planned({ ...IDS, ...SECRET }, { clientId: 'mine' })).toContain('the application mine');
  });

  test('half of what a way needs does not choose it', () => {
    expect(planned({ ...SECRET, AZURE_TENANT_ID: TENANT })).toContain('the Azure CLI');
    expect(planned({ ...IDS, ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github.example', ...SECRET })).toContain(
      'client secret',
    );
    expect(planned({ ...IDS, ...SECRET, AZURE_CLIENT_CERTIFICATE_PATH: '' })).toContain('client secret');
  });

  test('with nothing at all it is the Azure CLI', () => {
    expect(planned({})).toBe('the Azure CLI, because no client id is given, and nothing else is set up');
    expect(planned({}, { isInteractive: true })).toContain('the Azure CLI');
  });
});

describe('a way that is named says what it lacks', () => {
  const lacks = (mode: SignInSettings['mode'], env: Environment = {}, isInteractive = false) =>
    planned(env, { mode, isInteractive });
  const BOTH = 'the tenant (--tenant or AZURE_TENANT_ID) and the client id (--client-id or AZURE_CLIENT_ID)';

  test.each([
    ['oidc', {}, `setting-missing: Signing in by oidc lacks ${BOTH}`],
    ['oidc', IDS, 'setting-missing: Signing in by oidc lacks an identity token'],
    [
      'certificate',
      {},
      `setting-missing: Signing in by certificate lacks ${BOTH.replace(' and', ' and')} and AZURE_CLIENT_CERTIFICATE_PATH`,
    ],
    ['secret', IDS, 'setting-missing: Signing in by secret lacks AZURE_CLIENT_SECRET'],
    ['secret', SECRET, `setting-missing: Signing in by secret lacks ${BOTH}`],
    ['token', {}, 'setting-missing: Signing in by token lacks AGENTID_LINT_ACCESS_TOKEN'],
    ['device-code', {}, `setting-missing: Signing in by device-code lacks ${BOTH}`],
    ['device-code', IDS, 'setting-missing: A device code needs somebody at the terminal'],
  ] as const)('%s with %j', (mode, env, says) => {
    expect(lacks(mode, env)).toBe(says);
  });

  test.each([
    ['oidc', { ...IDS, ...FILE }, `the federated token file for the application ${APP}`],
    ['managed-identity', {}, 'the managed identity of this host'],
    ['certificate', { ...IDS, ...CERTIFICATE, ...SECRET }, `a certificate of the application ${APP}`],
    ['secret', { ...IDS, ...CERTIFICATE, ...SECRET }, `a client secret of the application ${APP}`],
    ['azure-cli', { ...IDS, ...SECRET }, 'the Azure CLI'],
    ['token', { ...IDS, ...SECRET, ...TOKEN }, 'the token in AGENTID_LINT_ACCESS_TOKEN'],
  ] as const)('and %s is taken although there are others', (mode, env, says) => {
    expect(lacks(mode, env)).toBe(says);
  });
});

test('every way has a name for --auth', () => {
  expect(AUTH_MODES[0]).toBe('auto');
  expect(new Set(AUTH_MODES).size).toBe(8);
});
