import { describe, expect, test } from 'vitest';
import { readFlags } from '../../src/cli/flags.ts';
import { tenantTarget } from '../../src/cli/tenant-target.ts';
import { defaultConfig } from '../../src/config/defaults.ts';
import type { Tenants } from '../../src/config/tenants.ts';
import type { OptionName } from '../../src/cli/options.ts';
import { UsageError } from '../../src/cli/errors.ts';

const PROD = '11aa22bb-0000-4000-8000-000000000001';
const APP = '11aa22bb-0000-4000-8000-00000000000a';

type Given = { readonly [name in OptionName]?: string };
type Env = { readonly [name: string]: string };

function target(given: Given, tenants: Tenants = {}, env: Env = {}) {
  const options = Object.entries(given).map(([name, value]) => ({ name: name as OptionName, value }));
  return tenantTarget(readFlags(options, env), { ...defaultConfig('/'), tenants }, { env });
}

function mistake(...args: Parameters<typeof target>): string {
  try {
    target(...args);
  } catch (error) {
    if (error instanceof UsageError)
      return error.mistakes.map(({ message, hint }) => `${message} | ${hint ?? ''}`).join();
  }
  return 'none';
}

const NOWHERE = {
  name: null,
  tenantId: null,
  cloud: 'global',
  auth: 'auto',
  clientId: null,
  graphUrl: null,
  loginUrl: null,
  allowWriteScopes: false,
};
const SEVERAL: Tenants = {
  prod: { tenantId: PROD, cloud: 'usgov', auth: 'oidc', clientId: APP },
  dev: { tenantId: 'dev.larkspur.example' },
};

describe('the tenant that is meant is', () => {
  test('left to the credential when nobody says', () => {
    expect(target({})).toEqual(NOWHERE);
  });

  test('the only one of the config', () => {
    expect(target({}, { dev: { tenantId: 'dev.larkspur.example' } }, { AZURE_TENANT_ID: PROD })).toEqual({
      ...NOWHERE,
      name: 'dev',
      tenantId: 'dev.larkspur.example',
    });
  });

  test('the one that --tenant names, by its name, its id or a domain', () => {
    const prod = { ...NOWHERE, name: 'prod', tenantId: PROD, cloud: 'usgov', auth: 'oidc', clientId: APP };
    expect(target({ '--tenant': 'prod' }, SEVERAL)).toEqual(prod);
    expect(target({ '--tenant': PROD.toUpperCase() }, SEVERAL)).toEqual(prod);
    expect(target({}, SEVERAL, { AGENTID_LINT_TENANT: 'prod' })).toEqual(prod);
    expect(target({ '--tenant': 'other.example' }, SEVERAL)).toEqual({
      ...NOWHERE,
      tenantId: 'other.example',
    });
  });

  test('that of AZURE_TENANT_ID, with what the config says about it', () => {
    expect(target({}, SEVERAL, { AZURE_TENANT_ID: PROD })).toMatchObject({ name: 'prod', cloud: 'usgov' });
    expect(target({}, {}, { AZURE_TENANT_ID: PROD })).toEqual({ ...NOWHERE, tenantId: PROD });
  });

  test('reached as the command line says, over the config', () => {
    expect(
      target(
        {
          '--tenant': 'prod',
          '--cloud': 'global',
          '--auth': 'token',
          '--client-id': PROD,
          '--graph-url': 'http://127.0.0.1:8080',
          '--login-url': 'https://login.proxy.example',
          '--allow-write-scopes': '',
        },
        SEVERAL,
        { AGENTID_LINT_CLOUD: 'china' },
      ),
    ).toEqual({
      name: 'prod',
      tenantId: PROD,
      cloud: 'global',
      auth: 'token',
      clientId: PROD,
      graphUrl: 'http://127.0.0.1:8080',
      loginUrl: 'https://login.proxy.example',
      allowWriteScopes: true,
    });
  });
});

describe('it is a mistake', () => {
  test.each<[string, Given, Env, string]>([
    [
      'to leave several open',
      {},
      {},
      'the config names 2 tenants, and it is not said which one is meant | Name one: --tenant prod or --tenant dev',
    ],
    [
      'to misspell one',
      { '--tenant': 'prd' },
      {},
      '--tenant: "prd" is neither a tenant of the config nor an id or domain of one | Did you mean "prod"?',
    ],
    [
      'to name what cannot be one',
      {},
      { AGENTID_LINT_TENANT: 'https://x' },
      'AGENTID_LINT_TENANT: "https://x" is neither a tenant of the config nor an id or domain of one | The config has prod, dev.',
    ],
    [
      'to send a token in the clear',
      { '--tenant': 'prod', '--graph-url': 'http://graph.example' },
      {},
      '--graph-url: "http://graph.example" is not encrypted, and would send a token in the clear | Write https; http is for this machine only (localhost, 127.0.0.1).',
    ],
    [
      'to sign in as a name',
      { '--tenant': 'prod', '--client-id': 'agentid-lint' },
      {},
      '--client-id: "agentid-lint" is no application (client) id | It is a GUID; the overview page of the app registration shows it.',
    ],
    [
      'to name a cloud that is none',
      { '--tenant': 'prod', '--cloud': 'us-gov' },
      {},
      '--cloud: unknown value "us-gov" | Did you mean "usgov"? Known: global, usgov, usgovdod, china.',
    ],
  ])('%s', (_, given, env, expected) => {
    expect(mistake(given, SEVERAL, env)).toBe(expected);
  });
});
