import { expect, test } from 'vitest';
import { CLOUDS, endpointsOf } from '../../../src/tenant/graph/clouds.ts';
import { networkWarnings } from '../../../src/tenant/graph/network-warnings.ts';

test('G24 each cloud has its hosts, all of them https and without a slash at the end', () => {
  for (const { graph, login, portal } of Object.values(CLOUDS))
    for (const url of [graph, login, portal]) expect(new URL(url).origin).toBe(url);
  expect(Object.values(CLOUDS).map(({ graph }) => new URL(graph).host)).toEqual([
    'graph.microsoft.com',
    'graph.microsoft.us',
    'dod-graph.microsoft.us',
    'microsoftgraph.chinacloudapi.cn',
  ]);
});

test('a cloud is taken as it is, or with hosts of the user’s own', () => {
  expect(endpointsOf({ cloud: 'china' })).toEqual({
    ok: true,
    endpoints: {
      cloud: 'china',
      graph: 'https://microsoftgraph.chinacloudapi.cn',
      login: 'https://login.chinacloudapi.cn',
      isCustomLogin: false,
      portal: 'https://entra.microsoftonline.cn',
      tokenExchange: 'api://AzureADTokenExchangeChina',
    },
  });
  const own = endpointsOf({
    cloud: 'usgov',
    graphUrl: 'https://Graph.Example:8443/',
    loginUrl: 'https://login.example',
  });
  expect(own).toMatchObject({
    endpoints: {
      cloud: 'usgov',
      graph: 'https://graph.example:8443',
      login: 'https://login.example',
      isCustomLogin: true,
    },
  });
});

test.each([
  'http://localhost:3000',
  'http://127.0.0.1',
  'http://127.8.9.1:80',
  'http://[::1]:5000',
  'http://graph.localhost',
])('plain http is for this machine: %s', (graphUrl) => {
  expect(endpointsOf({ cloud: 'global', graphUrl })).toMatchObject({ ok: true });
});

const REFUSED: readonly (readonly [url: string, says: string])[] = [
  [
    'http://graph.microsoft.com',
    'The Graph URL http://graph.microsoft.com is plain http, which is allowed for this machine alone',
  ],
  [
    'http://127.0.0.1.evil.example',
    'The Graph URL http://127.0.0.1.evil.example is plain http, which is allowed for this machine alone',
  ],
  [
    'http://localhost.evil.example',
    'The Graph URL http://localhost.evil.example is plain http, which is allowed for this machine alone',
  ],
  [
    'http://0.0.0.0:3000',
    'The Graph URL http://0.0.0.0:3000 is plain http, which is allowed for this machine alone',
  ],
  ['graph.microsoft.com', 'The Graph URL is not a URL'],
  ['', 'The Graph URL is not a URL'],
  ['ftp://graph.microsoft.com', 'The Graph URL is neither https nor http'],
  ['https://user:canary@graph.microsoft.com', 'The Graph URL holds a user name or password'],
  ['https://graph.microsoft.com/v1.0', 'The Graph URL has more than scheme, host and port'],
  ['https://graph.microsoft.com?x=1', 'The Graph URL has more than scheme, host and port'],
];
test.each(REFUSED)('G24 a Graph URL of “%s” is refused', (graphUrl, message) => {
  const answer = endpointsOf({ cloud: 'global', graphUrl });
  expect(answer).toMatchObject({ ok: false, problem: { code: 'bad-url', message } });
  expect(JSON.stringify(answer)).not.toContain('canary');
});

test('a login URL is never plain http: the secret would be readable', () => {
  expect(endpointsOf({ cloud: 'global', loginUrl: 'http://127.0.0.1:3000' })).toMatchObject({
    problem: { code: 'bad-url', message: 'The login URL http://127.0.0.1:3000 is plain http' },
  });
});

test('G30 a proxy that Node does not use is named, and certificates that nobody checks', () => {
  const proxy = { HTTPS_PROXY: 'http://user:canary@proxy:3128' };
  expect(networkWarnings({}, 'v22.21.0')).toEqual([]);
  expect(networkWarnings({ HTTPS_PROXY: '' }, 'v20.19.0')).toEqual([]);
  expect(networkWarnings(proxy, 'v20.19.0')).toEqual([
    'HTTPS_PROXY is set, and requests to Graph do not use it: that needs Node 22.21 or 24, and NODE_USE_ENV_PROXY=1',
  ]);
  expect(networkWarnings({ ...proxy, NODE_USE_ENV_PROXY: '1' }, 'v22.12.0')).toHaveLength(1);
  expect(networkWarnings({ https_proxy: 'x' }, 'v24.1.0')).toEqual([
    'https_proxy is set, and requests to Graph do not use it: set NODE_USE_ENV_PROXY=1 as well',
  ]);
  expect(networkWarnings({ ...proxy, NODE_USE_ENV_PROXY: '1' }, 'v24.1.0')).toEqual([]);
  expect(networkWarnings({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'v22.21.0')).toEqual([
    'NODE_TLS_REJECT_UNAUTHORIZED is 0: nobody checks that it is Graph that answers',
  ]);
});
