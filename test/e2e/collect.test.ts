import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALL_READ_ROLES } from '../graph-server/roles.ts';
import { folderWith, POSIX, run, start, type Run } from './cli.ts';
import { IDS } from '../graph-server/fixtures.ts';
import { envOf, standIn, tokenWith, type StandIn } from './stand-in.ts';

/** Rules that need few facts, so that what is missing stands out. */
const FEW = ['--rule', 'accountability/blueprint-no-sponsor', '--rule', 'accountability/no-owner'];

const collect = ({ env }: Pick<StandIn, 'env'>, cwd: string, ...args: readonly string[]): Promise<Run> =>
  run(['collect', '-o', 'tenant.snapshot', ...FEW, ...args], { cwd, env });

describe('collect', () => {
  test('writes a snapshot, and says on stdout what is in it', async () => {
    const graph = await standIn();
    const cwd = folderWith({});
    const { status, stdout, stderr } = await collect(graph, cwd);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.replaceAll(/[0-9a-f]{64}|[\d.]+ KiB|\d+ (?=request|round)|2026-\S+Z/g, '…')).toBe(
      [
        'wrote tenant.snapshot (…)',
        '  sha256:…',
        `Larkspur Freight (${IDS.tenant}), as of …`,
        '2 blueprints',
        '  complete    3 groups of facts',
        '…requests in …round trips',
        '',
      ].join('\n'),
    );
    expect(readdirSync(cwd)).toEqual(['tenant.snapshot']);
  });

  test('says on stderr how it signs in, and --debug what else a bug report needs', async () => {
    const { env } = await standIn();
    const talkative = { ...env, AGENTID_LINT_QUIET: '', AGENTID_LINT_AUTH: '' };
    const plain = await collect({ env: talkative }, folderWith({}));
    expect(plain.stderr).toMatch(
      /^note: signing in with the token in AGENTID_LINT_ACCESS_TOKEN, because AGENTID_LINT_ACCESS_TOKEN is set\n/,
    );
    const { stderr } = await collect({ env: talkative }, folderWith({}), '--debug');
    expect(stderr).toMatch(/^debug: cloud global, Graph http:\/\/127\.0\.0\.1:\d+, sign-in https:/m);
    expect(stderr).toMatch(/^debug: \d+ requests, \d+ round trips, /m);
  });

  test('G18 ends with 4 when a group is forbidden, and names the permission', async () => {
    const token = ALL_READ_ROLES.filter(
      (role) => !/^(?:AgentIdentityBlueprint|Application|Directory)\.Read/.test(role),
    );
    const { server } = await standIn();
    const env = envOf(server, tokenWith(server, token));
    const { status, stdout, stderr } = await collect({ env }, folderWith({}));
    expect(status).toBe(4);
    expect(stdout).toContain('  forbidden   blueprints\n');
    expect(stdout).toMatch(/needs\s+AgentIdentityBlueprint\.Read\.All/);
    expect(stderr).toBe('incomplete: not everything that the rules need could be read (exit 4)\n');
    expect((await collect({ env }, folderWith({}), '--allow-incomplete')).status).toBe(0);
  });

  test('G28 ends with 4 when there are fewer agents than expected', async () => {
    const graph = await standIn();
    const agents = ['--rule', 'accountability/agent-no-sponsor'];
    const [fewer, enough] = await Promise.all(
      ['4', '3'].map((least) => collect(graph, folderWith({}), ...agents, '--expect-min', least)),
    );
    expect(fewer).toMatchObject({
      status: 4,
      stderr: 'incomplete: 3 agent identities were read, at least 4 expected (exit 4)\n',
    });
    expect(enough).toMatchObject({ status: 0, stderr: '' });
  });
});

test('collect takes every option that says where and how', async () => {
  const { server, token } = await standIn();
  const where = ['--tenant', IDS.tenant, '--cloud', 'global', '--auth', 'token', '--client-id', IDS.appA];
  const hosts = ['--graph-url', server.url, '--login-url', 'https://127.0.0.1:9'];
  const ran = await collect(
    { env: { AGENTID_LINT_ACCESS_TOKEN: token } },
    folderWith({}),
    ...where,
    ...hosts,
    ...['--concurrency', '2', '--redact=names', '--quiet', '--stats', '--no-config'],
  );
  expect(ran).toMatchObject({ status: 0, stderr: expect.stringMatching(/^stages:\n[^]*collect/) as unknown });
});

test('the permissions that are printed are enough to read everything', { timeout: 60_000 }, async () => {
  const { server } = await standIn();
  const { stdout } = await run(['permissions', '--format', 'json']);
  const { permissions } = JSON.parse(stdout) as { permissions: readonly { readonly name: string }[] };
  const env = envOf(
    server,
    tokenWith(
      server,
      permissions.map(({ name }) => name),
    ),
  );
  const [doctor, whole] = await Promise.all([
    run(['doctor'], { cwd: folderWith({}), env }),
    run(['collect', '-o', 'tenant.snapshot'], { cwd: folderWith({}), env }),
  ]);
  expect(doctor.stdout).toContain('every permission that the rules need');
  expect(doctor.status, doctor.stdout).toBe(0);
  expect(whole.stdout).not.toContain('forbidden');
});

describe('collect ends with 5', () => {
  const ended = async (env: StandIn['env'], ...args: readonly string[]) => {
    const cwd = folderWith({});
    const { status, stdout, stderr } = await collect({ env }, cwd, ...args);
    expect({ status, stdout, left: readdirSync(cwd) }).toEqual({ status: 5, stdout: '', left: [] });
    return stderr;
  };

  test('G24 when the token is of another tenant', async () => {
    const { env } = await standIn();
    expect(await ended(env, '--tenant', '11111111-2222-4333-8444-555555555555')).toBe(
      `error: The token is of the tenant ${IDS.tenant}, not of 11111111-2222-4333-8444-555555555555\n  Sign in to the tenant that is to be read, or name the other one with --tenant.\n`,
    );
  });

  test('G24 when the token is for another cloud', async () => {
    const { env } = await standIn();
    expect(await ended({ ...env, AGENTID_LINT_CLOUD: 'usgov' })).toContain(
      'The token is not for Microsoft Graph of',
    );
  });

  test('G25 when the token can write, unless that is accepted', async () => {
    const { server } = await standIn();
    const env = envOf(server, tokenWith(server, [...ALL_READ_ROLES, 'Application.ReadWrite.All']));
    expect(await ended(env)).toMatch(
      /^error: The token can write to agents or the directory, .*: Application\.ReadWrite\.All\n/,
    );
    expect(server.log.entries).toEqual([]);
    expect((await collect({ env }, folderWith({}), '--allow-write-scopes')).status).toBe(0);
  });

  test('when the token has expired', async () => {
    const { server } = await standIn();
    const env = envOf(server, server.token(undefined, { exp: 1 }));
    expect(await ended(env)).toMatch(/^error: The token is no longer valid\n/);
  });

  test('when there is no token, or no way to sign in', async () => {
    const { env } = await standIn();
    expect(await ended({ ...env, AGENTID_LINT_ACCESS_TOKEN: '' })).toMatch(
      /^error: Signing in by token lacks AGENTID_LINT_ACCESS_TOKEN\n/,
    );
    const noProof = { AGENTID_LINT_QUIET: '1', AZURE_TENANT_ID: IDS.tenant, AZURE_CLIENT_ID: IDS.appA };
    expect(await ended(noProof)).toMatch(/^error: A client id is given, and nothing that proves it\n/);
  });
});

describe('collect ends with 2, and nobody is asked for anything', () => {
  test.each([
    ['no rule that judges a tenant', ['--skip-rule', '**'], /^error: no rule that is on judges a tenant\n/],
    ['a number that is none', ['--expect-min', 'many'], /^error: --expect-min: "many" is not a whole number/],
    [
      'too many requests at once',
      ['--concurrency', '65'],
      /^error: --concurrency: "65" is not a whole number from 1 to 64\n/,
    ],
    [
      'something else to hide',
      ['--redact=names,keys'],
      /^error: --redact: unknown value "keys"\n {2}Known: names, ids\.\n/,
    ],
    [
      'an address in the clear',
      ['--graph-url', 'http://graph.example'],
      /^error: --graph-url: "http:\/\/graph\.example" is not encrypted/,
    ],
    [
      'an earlier snapshot that is not there',
      ['--since', 'old.snapshot'],
      /^error: There is no file old\.snapshot\n/,
    ],
  ])('%s', async (_, args, expected) => {
    const graph = await standIn();
    const { status, stdout, stderr } = await collect(graph, folderWith({}), ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(graph.server.log.entries.filter(({ label }) => label !== '/organization')).toEqual([]);
  });

  test('what an interrupted run has left, unless it is to be resumed', async () => {
    const graph = await standIn();
    const cwd = folderWith({});
    mkdirSync(join(cwd, 'tenant.snapshot.partial'));
    expect(await collect(graph, cwd)).toMatchObject({
      status: 2,
      stderr:
        'error: An interrupted run has left tenant.snapshot.partial\n  Go on with it: --resume. Or delete the folder to begin again.\n',
    });
  });
});

test('S02 a disk that takes nothing ends with 10', async () => {
  const graph = await standIn();
  const { status, stderr } = await run(['collect', '-o', 'no/tenant.snapshot', ...FEW], {
    cwd: folderWith({}),
    env: graph.env,
  });
  expect(status).toBe(10);
  expect(stderr).toMatch(/^error: .*no\/tenant\.snapshot.* \(ENOENT\)/);
});

describe('what is collected', () => {
  test('is less without the beta of Graph, which is no gap', async () => {
    const graph = await standIn();
    const risky = ['--rule', 'protection/risky-agent', '--no-beta'];
    const { status, stdout } = await collect(graph, folderWith({}), ...risky);
    expect(status).toBe(0);
    expect(stdout).toContain('  not asked   1 group of the beta of Graph (--no-beta)\n');
    expect(graph.server.log.entries.filter(({ version }) => version === 'beta')).toEqual([]);
  });

  test('is what has changed since an earlier snapshot, where Graph can tell', async () => {
    const graph = await standIn();
    const cwd = folderWith({});
    await collect(graph, cwd);
    const later = await run(['collect', '-o', 'later.snapshot', '--since', 'tenant.snapshot', ...FEW], {
      cwd,
      env: graph.env,
    });
    expect(later.status).toBe(0);
    expect(later.stdout).toContain('only what has changed was read where Graph can tell\n');
  });

  test('has no names when they are redacted', async () => {
    const graph = await standIn();
    const cwd = folderWith({});
    const { stdout } = await collect(graph, cwd, '--redact');
    expect(stdout).toMatch(/, as of 2026-\S+Z, without\s+names\s+and\s+ids\n/);
    expect(stdout).not.toMatch(new RegExp(`Larkspur|${IDS.tenant}`));
  });
});

describe.runIf(POSIX)('a signal', () => {
  /** A run that hangs in the middle of the read, and what stops it. */
  async function stopped(signal: 'SIGINT' | 'SIGTERM', cwd: string, args: readonly string[]) {
    const graph = await standIn({
      faults: [{ match: { label: /owners$/ }, fault: { kind: 'hang' }, times: Infinity }],
    });
    const child = start(args, { cwd, env: graph.env });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    await asked(graph, /owners/);
    const since = performance.now();
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.on('close', (code, by) => {
        resolve(code ?? by);
      });
    });
    child.kill(signal);
    const status = await ended;
    return { status, stderr, took: performance.now() - since, graph };
  }

  async function asked({ server }: StandIn, label: RegExp): Promise<void> {
    while (!server.log.entries.some((request) => label.test(request.label ?? '')))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'S05 S08 %s ends a collection within a second with %d, and --resume goes on',
    async (signal, code) => {
      const cwd = folderWith({});
      const { status, stderr, took } = await stopped(signal, cwd, [
        'collect',
        '-o',
        'tenant.snapshot',
        ...FEW,
      ]);
      expect({ status, stderr }).toEqual({
        status: code,
        stderr:
          'stopped: what was read is kept in tenant.snapshot.partial\n  The same command with --resume goes on from there.\n',
      });
      expect(took).toBeLessThan(1000);
      expect(readdirSync(cwd)).toEqual(['tenant.snapshot.partial']);

      const graph = await standIn();
      expect((await collect(graph, cwd, '--resume')).status).toBe(0);
      expect(readdirSync(cwd)).toEqual(['tenant.snapshot']);
      const uninterrupted = folderWith({});
      await collect(graph, uninterrupted);
      const [resumed, whole] = await Promise.all(
        [cwd, uninterrupted].map((folder) =>
          run(['scan', '--snapshot', 'tenant.snapshot', '-f', 'json', ...FEW], { cwd: folder }),
        ),
      );
      const findings = (ran: Run | undefined) =>
        (JSON.parse(ran?.stdout ?? '') as { findings: unknown }).findings;
      expect(findings(resumed)).toEqual(findings(whole));
    },
  );

  test('S07 a scan that keeps nothing leaves nothing behind', async () => {
    const cwd = folderWith({});
    const { status, stderr } = await stopped('SIGINT', cwd, ['scan', ...FEW]);
    expect(status).toBe(130);
    expect(stderr).toMatch(/^stopped: nothing is kept; /);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('tenants of the config', () => {
  const config = (url: string) =>
    `version: 1\ntenants:\n  lab: { tenantId: ${IDS.tenant}, graphUrl: "${url}", auth: token }\n  prod: { tenantId: contoso.com }\n`;

  test('are named by --tenant', async () => {
    const { server, token } = await standIn();
    const cwd = folderWith({});
    writeFileSync(join(cwd, 'agentid-lint.config.yaml'), config(server.url));
    const env = { AGENTID_LINT_ACCESS_TOKEN: token, AGENTID_LINT_QUIET: '1' };
    const lab = await collect({ env }, cwd, '--tenant', 'lab');
    expect(lab).toMatchObject({ status: 0, stderr: '' });
    expect(await collect({ env }, cwd)).toMatchObject({
      status: 2,
      stderr:
        'error: the config names 2 tenants, and it is not said which one is meant\n  Name one: --tenant lab or --tenant prod\n',
    });
  });
});
