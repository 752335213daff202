import { describe, expect, test } from 'vitest';
import { IDS } from '../graph-server/fixtures.ts';
import { ALL_READ_ROLES } from '../graph-server/roles.ts';
import { folderWith, run, type Files } from './cli.ts';
import { envOf, standIn, tokenWith } from './stand-in.ts';

type Env = { readonly [name: string]: string };

const FEW = ['--rule', 'accountability/blueprint-no-sponsor'];

async function doctor(env: Env, args: readonly string[] = FEW, files: Files = {}) {
  const { status, stdout, stderr } = await run(['doctor', ...args], { cwd: folderWith(files), env });
  expect(stderr).toBe('');
  return { status, stdout };
}

type Answer = {
  readonly exitCode: number;
  readonly config: { readonly file: string | null; readonly tenants: readonly string[] };
  readonly diagnosis: {
    readonly signIn: { readonly mode: string } | null;
    readonly problem: { readonly code: string } | null;
    readonly token: { readonly tenantId: string } | null;
    readonly permissions: { readonly missing: readonly string[] } | null;
    readonly groups: readonly {
      readonly group: string;
      readonly of: string;
      readonly status: string;
      readonly evidence: { readonly status: number } | null;
    }[];
  };
};

async function asked(env: Env, args: readonly string[] = FEW, files: Files = {}): Promise<Answer> {
  const { status, stdout } = await doctor(env, [...args, '--format', 'json'], files);
  const answer = JSON.parse(stdout) as Answer;
  expect(answer.exitCode).toBe(status);
  return answer;
}

describe('doctor', () => {
  test('says that everything can be read, and asks little for that', async () => {
    const { server, env } = await standIn();
    const { status, stdout } = await doctor(env);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^program {4}agentid-lint \S+, Node v\S+, \w+ \w+\npolicies {3}built-in: \d+ rules/,
    );
    expect(stdout).toContain('sign-in    the token in AGENTID_LINT_ACCESS_TOKEN\n');
    expect(stdout).toMatch(
      /\nreadable {4}blueprints\nreadable {4}sponsors of blueprints\n\n2 groups can be read\n$/,
    );
    expect(server.log.entries.length).toBeLessThan(6);
    expect(server.log.entries.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('tries every group that the rules need', async () => {
    const { env } = await standIn();
    const { diagnosis } = await asked(env, []);
    expect(diagnosis.groups.length).toBeGreaterThan(25);
    expect(diagnosis.groups.filter(({ status }) => !['readable', 'untried'].includes(status))).toEqual([]);
    expect(diagnosis.permissions?.missing).toEqual([]);
    expect(diagnosis.token).toMatchObject({ tenantId: IDS.tenant });
  });

  test('ends with 4 when a group is forbidden, and says which and why', async () => {
    const { server } = await standIn();
    const env = envOf(
      server,
      tokenWith(
        server,
        ALL_READ_ROLES.filter(
          (role) => !/^(?:AgentIdentityBlueprint|Application|Directory)\.Read/.test(role),
        ),
      ),
    );
    const { exitCode, diagnosis } = await asked(env);
    expect(exitCode).toBe(4);
    expect(diagnosis.permissions?.missing).toEqual(['AgentIdentityBlueprint.Read.All']);
    expect(diagnosis.groups.map(({ group, status, evidence }) => [group, status, evidence?.status])).toEqual([
      ['blueprints', 'forbidden', 403],
      ['sponsors', 'untried', undefined],
    ]);
    const { stdout } = await doctor(env);
    expect(stdout).toMatch(
      /\nforbidden {3}blueprints(?:: |\n +)[^]*needs\s+AgentIdentityBlueprint\.Read\.All\n/,
    );
    expect(stdout).toContain('(exit 4)\n');
  });

  test('ends with 5 when a token is refused, and says what it says about itself otherwise', async () => {
    const { server } = await standIn();
    const env = envOf(server, tokenWith(server, ['AgentIdentityBlueprint.ReadWrite.All']));
    const { exitCode, diagnosis } = await asked(env);
    expect([exitCode, diagnosis.problem?.code]).toEqual([5, 'write-permissions']);
    expect(server.log.entries).toEqual([]);
  });

  test('asks nobody with --offline', async () => {
    const { server, env } = await standIn();
    const { exitCode, diagnosis } = await asked(env, ['--offline']);
    expect([exitCode, diagnosis.signIn?.mode, diagnosis.token]).toEqual([0, 'token', null]);
    expect(server.log.entries).toEqual([]);
  });

  test('says which tenant of the config it is, and refuses a config with a mistake', async () => {
    const { server, env } = await standIn();
    const config = `version: 1\ntenants:\n  lab: { tenantId: ${IDS.tenant}, graphUrl: "${server.url}" }\n`;
    const files = { 'agentid-lint.config.yaml': config };
    const { stdout } = await doctor(env, FEW, files);
    expect(stdout).toContain(
      `config     agentid-lint.config.yaml, with lab\ntenant     lab, ${IDS.tenant} (cloud global)\n`,
    );
    const broken = { 'agentid-lint.config.yaml': `${config}  x: {}\n` };
    const { status } = await run(['doctor'], { cwd: folderWith(broken), env });
    expect(status).toBe(2);
  });

  test('G30 shows what the network is set to, without passwords', async () => {
    const { env } = await standIn();
    const { stdout } = await doctor(
      { ...env, HTTPS_PROXY: 'http://me:hunter2@proxy.example:8080', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      ['--offline'],
    );
    expect(stdout).toContain('HTTPS_PROXY=http://…@proxy.example:8080\n');
    expect(stdout).toContain('nobody checks that it is Graph that answers');
    expect(stdout).not.toContain('hunter2');
  });
});
