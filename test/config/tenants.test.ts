import { describe, expect, test } from 'vitest';
import { CLOUDS as KNOWN_CLOUDS } from '../../src/tenant/graph/clouds.ts';
import { AUTH_MODES } from '../../src/tenant/graph/sign-in-plan.ts';
import { addressObjection, AUTH_METHODS, CLOUDS, tenantObjections } from '../../src/config/tenants.ts';
import { CLOUDS as TENANT_CLOUDS } from '../../src/tenant/graph/clouds.ts';
import { renderConfigText } from '../../src/cli/render-config.ts';
import { describeConfig } from '../../src/config/print.ts';
import base from '../../schemas/config.base.json' with { type: 'json' };
import { loaded, problems, yaml } from './workspace.ts';

const FILE = 'agentid-lint.config.yaml';
const ID = '11aa22bb-0000-4000-8000-000000000001';

const tenant = (text: string) => yaml(`tenants:\n  prod: ${text}\n`);

describe('tenants of a config', () => {
  test('are kept as they are written, each by its name', async () => {
    const config = await loaded(
      yaml(
        `tenants:\n  prod: { tenantId: ${ID}, auth: oidc, clientId: ${ID} }\n  dev_2: { tenantId: larkspur.onmicrosoft.com, cloud: usgov }\n`,
      ),
    );
    expect(config.tenants).toEqual({
      prod: { tenantId: ID, auth: 'oidc', clientId: ID },
      dev_2: { tenantId: 'larkspur.onmicrosoft.com', cloud: 'usgov' },
    });
  });

  test('of a later layer replace those of the same name as a whole', async () => {
    const config = await loaded({
      ...yaml(`extends: [./team.yaml]\ntenants:\n  prod: { tenantId: ${ID} }\n`),
      'team.yaml': `version: 1\ntenants:\n  prod: { tenantId: old.example.com, auth: secret }\n  dev: { tenantId: dev.example.com }\n`,
    });
    expect(config.tenants).toEqual({ prod: { tenantId: ID }, dev: { tenantId: 'dev.example.com' } });
    expect(config.sources['/tenants/prod/auth']).toBeUndefined();
    expect(config.sources['/tenants/dev/tenantId']).toBe('team.yaml:4:10');
  });

  test('are printed with where each value came from', async () => {
    const config = await loaded(tenant(`{ tenantId: ${ID}, graphUrl: "http://127.0.0.1:8080" }`));
    const text = renderConfigText(describeConfig(config, [], null), { color: false });
    expect(text).toMatch(
      new RegExp(
        `\ntenants:\n  prod:\n    tenantId: "${ID}" +# from ${FILE}:3:11\n    graphUrl: "http://127.0.0.1:8080" +# from ${FILE}:3:`,
      ),
    );
    const none = renderConfigText(describeConfig(await loaded(yaml('')), [], null), { color: false });
    expect(none).toMatch(/\ntenants: \{\} +# from default\n/);
  });

  test('know the clouds and ways to sign in that the program knows', () => {
    const { cloud, auth } = base.properties.tenants.additionalProperties.properties;
    expect(cloud.enum).toEqual(CLOUDS);
    expect(auth.enum).toEqual(AUTH_METHODS);
  });
});

describe('mistakes in tenants', () => {
  test.each([
    [
      `{ tenantId: ${ID}, clientid: x }`,
      `3:59 config-unknown-key: There is no key "clientid" here. Did you mean "clientId"?`,
    ],
    [
      `{ tenantId: ${ID}, clientSecret: x }`,
      `3:59 config-unknown-key: There is no key "clientSecret" here. Known here: tenantId, cloud, auth, clientId, graphUrl, loginUrl.`,
    ],
    ['{ auth: oidc }', '3:3 config-missing-key: "prod" needs the key "tenantId". Add "tenantId".'],
    [
      `{ tenantId: ${ID}, auth: odic }`,
      `3:65 config-invalid-value: "auth" must be one of ${AUTH_METHODS.join(', ')}. Did you mean "oidc"?`,
    ],
    [
      '{ tenantId: contoso }',
      '3:21 config-invalid-tenant: "contoso" is neither the GUID of a tenant nor a domain of it. The overview page of the Entra admin center shows the tenant id; contoso.onmicrosoft.com does as well.',
    ],
    [
      `{ tenantId: "${ID}/../common" }`,
      `3:21 config-invalid-tenant: "${ID}/../common" is neither the GUID of a tenant nor a domain of it. The overview page of the Entra admin center shows the tenant id; contoso.onmicrosoft.com does as well.`,
    ],
    [
      `{ tenantId: ${ID}, clientId: my-app }`,
      '3:69 config-invalid-tenant: "my-app" is no application (client) id. It is a GUID; the overview page of the app registration shows it.',
    ],
    [
      `{ tenantId: ${ID}, graphUrl: "http://graph.microsoft.com" }`,
      '3:69 config-invalid-tenant: "http://graph.microsoft.com" is not encrypted, and would send a token in the clear. Write https; http is for this machine only (localhost, 127.0.0.1).',
    ],
    [
      `{ tenantId: ${ID}, loginUrl: "https://login.example.net" }`,
      '3:69 config-invalid-tenant: "https://login.example.net" is no address of Microsoft, and a config may not have tokens or secrets sent elsewhere. Give it on the command line (--login-url), or name one of login.microsoftonline.com, login.microsoftonline.us, login.partner.microsoftonline.cn, login.chinacloudapi.cn.',
    ],
  ])('%s', async (text, expected) => {
    const [first] = await problems(tenant(text));
    expect(first).toBe(`${FILE}:${expected}`);
  });

  test('a name that could be an id', async () => {
    const found = await problems(
      yaml(`tenants:\n  contoso.com: { tenantId: ${ID} }\n  ${ID}: { tenantId: ${ID} }\n`),
    );
    expect(found.map((line) => line.split('. ', 1)[0])).toEqual([
      `${FILE}:3:3 config-invalid-tenant: "contoso.com" cannot be the name of a tenant`,
      `${FILE}:4:3 config-invalid-tenant: "${ID}" cannot be the name of a tenant`,
    ]);
  });

  test.each([
    'https://graph.microsoft.com:8443',
    'https://graph.microsoft.com.evil.example',
    'https://evil.example/graph.microsoft.com',
    'https://graph.microsoft.com@evil.example',
    'https://login.microsoftonline.com',
  ])('G08 Graph is not at %s for a config, which may come from a pull request', async (address) => {
    expect(await problems(tenant(`{ tenantId: ${ID}, graphUrl: "${address}" }`))).toHaveLength(1);
  });

  test('addresses of this machine, and of the clouds, are fine', async () => {
    for (const address of ['https://dod-graph.microsoft.us', 'http://localhost:1', 'http://[::1]:3'])
      expect(await problems(tenant(`{ tenantId: ${ID}, graphUrl: "${address}" }`))).toEqual([]);
  });
});

test.each([
  ['graph.microsoft.com', 'is no web address'],
  ['ftp://graph.microsoft.com', 'is no web address'],
  ['https://graph\t.example', 'is no web address'],
  ['https://me:pw@proxy.example', 'has more in it than scheme, host and port'],
  ['https://proxy.example/?key=1', 'has more in it than scheme, host and port'],
  ['https://proxy.example/v1.0', 'has more in it than scheme, host and port'],
  ['http://10.0.0.1', 'is not encrypted, and would send a token in the clear'],
  ['http://127.0.0.1.evil.example', 'is not encrypted, and would send a token in the clear'],
  ['https://proxy.example:8443', undefined],
  ['http://127.0.0.1:80', undefined],
])('of addresses on the command line %s', (address, expected) => {
  expect(addressObjection(address, 'graph')?.message).toBe(expected);
});

test('nobody signs in over http, not even on this machine', () => {
  expect(addressObjection('http://127.0.0.1:80', 'login')?.message).toBe(
    'is not encrypted, and would send a secret in the clear',
  );
  expect(addressObjection('https://127.0.0.1:80', 'login')).toBeNull();
});

test('the clouds and their addresses are those that are talked to', () => {
  expect(Object.keys(TENANT_CLOUDS)).toEqual(CLOUDS);
  for (const { graph, login } of Object.values(TENANT_CLOUDS))
    expect(tenantObjections({ prod: { tenantId: ID, graphUrl: graph, loginUrl: login } })).toEqual([]);
});

test('a config names the clouds and the ways to sign in that there are', () => {
  expect(AUTH_METHODS).toEqual(AUTH_MODES);
  expect([...CLOUDS].toSorted()).toEqual(Object.keys(KNOWN_CLOUDS).toSorted());
});
