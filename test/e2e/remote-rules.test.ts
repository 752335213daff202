import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CERTIFICATE_FILE, give, httpsServer, type HttpsServer } from '../sources/https-server.ts';
import { folderWith, run } from './cli.ts';
import { clean } from './manifests.ts';

/** Fetched as any bundle is, and refused only by what reads it: it shows that the bytes came through. */
const NO_BUNDLE = 'not gzip';
const PIN = createHash('sha256').update(NO_BUNDLE).digest('hex');
const TRUST = { NODE_EXTRA_CA_CERTS: fileURLToPath(CERTIFICATE_FILE) };

const HOOK = ['--import', new URL('fixtures/no-way-out.mjs', import.meta.url).href];

type Linting = {
  readonly node?: readonly string[];
  readonly hosts?: readonly string[];
  readonly sha256?: string;
  readonly args?: readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly folder?: string;
};

/** Lints with rules from the server, which the config names. Returns what is said, without the server's port. */
async function lintWith(
  { host }: HttpsServer,
  { hosts = [host], sha256 = PIN, args = [], node = [], env = TRUST, folder }: Linting = {},
) {
  const url = `https://${host}/team.tar.gz?sig=canary`;
  const cwd =
    folder ??
    folderWith({
      'a.yaml': clean(),
      'agentid-lint.config.json': JSON.stringify({
        version: 1,
        rules: { sources: [{ url, sha256 }] },
        remoteRules: { hosts, requireSignature: false },
      }),
    });
  const started = performance.now();
  const { status, stdout, stderr } = await run(['lint', ...args], {
    cwd,
    node,
    env: { AGENTID_LINT_CACHE_DIR: join(cwd, '.cache'), ...env },
  });
  expect([status, stdout]).toEqual([2, '']);
  // Nothing that waits for a server may keep the program from ending.
  expect(performance.now() - started).toBeLessThan(8_000);
  expect(stderr).not.toContain('canary');
  return { cwd, said: stderr.replaceAll(host, 'HOST').split('\n')[0] ?? '' };
}

const NAME = 'https://HOST/team.tar.gz?…';

describe('rules from an https address', () => {
  test('are fetched once, and then come from the cache, also offline', async () => {
    const server = await httpsServer(give(NO_BUNDLE));
    const first = await lintWith(server);
    expect(first.said).toMatch(/^error: bundle-/);
    const again = await lintWith(server, { folder: first.cwd });
    const offline = await lintWith(server, { folder: first.cwd, args: ['--offline'] });
    expect([again.said, offline.said, server.requests.length]).toEqual([first.said, first.said, 1]);
    const uncached = await lintWith(server, { folder: first.cwd, args: ['--no-cache'] });
    expect([uncached.said, server.requests.length]).toEqual([first.said, 2]);
  });

  test('P16 are refused when they are not what was pinned', async () => {
    const { said } = await lintWith(await httpsServer(give('swapped!')));
    const got = createHash('sha256').update('swapped!').digest('hex');
    expect(said).toBe(
      `error: source-digest-mismatch: The file is not the one that was pinned: expected sha256 ${PIN}, got ${got}: ${NAME}`,
    );
  });

  test.each<[string, Linting, string]>([
    [
      '--offline',
      { args: ['--offline'], node: HOOK },
      `source-offline: The bundle is not in the cache, and --offline forbids to fetch it: ${NAME}`,
    ],
    [
      'a config that does not name the host',
      { hosts: [], node: HOOK },
      `source-host-not-named: The config does not name the host HOST: ${NAME}`,
    ],
  ])('are never asked for with %s, nor is their host looked up', async (_, options, message) => {
    const server = await httpsServer(give(NO_BUNDLE));
    const { said } = await lintWith(server, options);
    expect([said, server.requests]).toEqual([`error: ${message}`, []]);
  });

  test.each<[string, { readonly [name: string]: string }]>([
    ['nobody vouches for', {}],
    ['nobody vouches for, whatever the environment says', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('are not taken from a server that %s', async (_, env) => {
    const server = await httpsServer(give(NO_BUNDLE));
    const { said } = await lintWith(server, { env: { ...env, NODE_NO_WARNINGS: '1' } });
    expect([said, server.requests]).toEqual([
      `error: source-untrusted-server: The server is not to be trusted: it signed its certificate itself (DEPTH_ZERO_SELF_SIGNED_CERT): ${NAME}`,
      [],
    ]);
  });
});
