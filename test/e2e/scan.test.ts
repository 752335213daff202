import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IDS, SMALL_TENANT } from '../graph-server/fixtures.ts';
import { createMemoryTenant } from '../graph-server/memory-tenant.ts';
import { ALL_READ_ROLES } from '../graph-server/roles.ts';
import { commandsIn } from '../support/runner-commands.ts';
import { folderWith, NOW, ROOT, run, type Run } from './cli.ts';
import { envOf, standIn, startStandIn, tokenWith, type StandIn } from './stand-in.ts';

const FEW = ['--rule', 'accountability/*'];

type Told = {
  readonly verdict: string;
  readonly now: string;
  readonly findings: readonly { readonly rule: string; readonly resource: { readonly ref: string } }[];
};

const told = ({ stdout }: Run) => JSON.parse(stdout) as Told;

let graph: StandIn;
let snapshot: Uint8Array;

beforeAll(async () => {
  graph = await startStandIn();
  const cwd = join(ROOT, 'node_modules', '.cache', `scan-${process.pid}`);
  mkdirSync(cwd, { recursive: true });
  await run(['collect', '-o', 'tenant.snapshot', ...FEW], { cwd, env: graph.env });
  snapshot = readFileSync(join(cwd, 'tenant.snapshot'));
});

afterAll(() => graph.server.close());

/** Scans the snapshot in a folder of its own, without any way to the tenant. */
const scan = (...args: readonly string[]) =>
  run(['scan', '--snapshot', 'tenant.snapshot', ...FEW, ...args], {
    cwd: folderWith({ 'tenant.snapshot': snapshot }),
  });

describe('scan of a snapshot', () => {
  test('opens no socket, and says the same as a scan of the tenant', async () => {
    const hook = pathToFileURL(join(ROOT, 'test/e2e/fixtures/no-way-out.mjs')).href;
    const temporary = folderWith({});
    const [saved, live] = await Promise.all([
      run(['scan', '--snapshot', 'tenant.snapshot', '-f', 'json', ...FEW], {
        cwd: folderWith({ 'tenant.snapshot': snapshot }),
        node: ['--import', hook],
      }),
      run(['scan', '-f', 'json', ...FEW], { cwd: folderWith({}), env: { ...graph.env, TMPDIR: temporary } }),
    ]);
    expect({ status: saved.status, stderr: saved.stderr }).toEqual({ status: 1, stderr: '' });
    expect({ status: live.status, stderr: live.stderr }).toEqual({ status: 1, stderr: '' });
    expect(told(saved).findings).toEqual(told(live).findings);
    expect(told(saved).findings.length).toBeGreaterThan(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('is annotated in a GitHub workflow', async () => {
    const cwd = folderWith({ 'tenant.snapshot': snapshot });
    const args = ['scan', '--snapshot', 'tenant.snapshot', ...FEW];
    const env = { GITHUB_ACTIONS: 'true' };
    const [without, annotated] = await Promise.all([
      run([...args, '--no-annotations'], { cwd, env }),
      run(args, { cwd, env }),
    ]);
    expect(commandsIn(without.stdout)).toEqual([]);
    expect(annotated.stdout.startsWith(without.stdout)).toBe(true);
    const commands = commandsIn(annotated.stdout);
    expect(commands.map(({ properties }) => properties['file'])).toEqual(commands.map(() => undefined));
    expect(commands.length).toBeGreaterThan(0);
  });

  test('says where it stands in its repository, and what its settings came from', async () => {
    const folder = folderWith({
      '.git/HEAD': '',
      'agentid-lint.config.yaml': 'version: 1\nextends: [./strict.yaml]\n',
      'strict.yaml': 'version: 1\nfailOn: low\n',
      'tenants/prod/tenant.snapshot': snapshot,
    });
    const args = ['scan', '--snapshot', 'tenant.snapshot', '-f', 'json', ...FEW];
    const { stdout } = await run(args, { cwd: join(folder, 'tenants/prod') });
    expect(JSON.parse(stdout)).toMatchObject({
      base: 'tenants/prod',
      config: { files: ['../../agentid-lint.config.yaml', '../../strict.yaml'] },
    });
  });

  test('is judged as of the moment that it was begun, unless --now says otherwise', async () => {
    const [then, later] = await Promise.all([
      scan('-f', 'json'),
      scan('-f', 'json', '--now', '2030-01-01T00:00:00Z'),
    ]);
    // Whole seconds by Graph's clock, which the run knows to a second.
    expect(Math.abs(Date.parse(told(then).now) - Date.parse(NOW))).toBeLessThan(5000);
    expect(told(later).now).toBe('2030-01-01T00:00:00Z');
  });

  test('is told in every format, on stdout and in files', async () => {
    const cwd = folderWith({ 'tenant.snapshot': snapshot });
    const { stdout } = await run(
      ['scan', '--snapshot', 'tenant.snapshot', '-f', 'compact', '--output', 'json=scan.json', ...FEW],
      { cwd },
    );
    const report = JSON.parse(readFileSync(join(cwd, 'scan.json'), 'utf8')) as Told;
    for (const { rule } of report.findings) expect(stdout).toContain(` ${rule} `);
    expect((await scan()).stdout).toMatch(/^[a-z]+\[accountability\/[a-z-]+\] /m);
  });

  test('fails on what --fail-on says', async () => {
    const codes = await Promise.all(
      ['none', 'critical', 'high', 'info'].map(async (level) => (await scan('--fail-on', level)).status),
    );
    expect(codes).toEqual([0, 0, 1, 1]);
  });
});

describe('scan ends with', () => {
  test('2 for what is no snapshot, or none of the tenant', async () => {
    const cwd = folderWith({ 'tenant.snapshot': snapshot, 'a.yaml': 'kind: agentIdentityBlueprint\n' });
    const mistakes = await Promise.all(
      [
        ['--snapshot', 'none.snapshot'],
        ['--snapshot', 'a.yaml'],
        ['--snapshot', 'tenant.snapshot', '--tenant', IDS.vendorTenant],
        ['--snapshot', 'tenant.snapshot', '--keep', 'x'],
        ['--snapshot', 'tenant.snapshot', '--output', 'json=tenant.snapshot'],
        ['--snapshot', 'tenant.snapshot', '--now', 'today'],
        ['--resume'],
      ].map((args) => run(['scan', ...args], { cwd, env: graph.env })),
    );
    expect(mistakes.map(({ status, stdout, stderr }) => [status, stdout, stderr.split('\n')[0]])).toEqual([
      [2, '', 'error: There is no file none.snapshot'],
      [2, '', 'error: The file is not a snapshot'],
      [2, '', `error: --tenant: the snapshot "tenant.snapshot" is of the tenant ${IDS.tenant}`],
      [2, '', 'error: --keep is for collecting a tenant, and --snapshot names one that was collected'],
      [2, '', 'error: --output would replace the input "tenant.snapshot"'],
      [2, '', 'error: --now: "today" is not an RFC 3339 time with a zone'],
      [2, '', 'error: --resume needs a snapshot that is kept'],
    ]);
  });

  test('0 when the snapshot is of the tenant that is named', async () => {
    expect((await scan('--tenant', IDS.tenant, '--fail-on', 'none')).status).toBe(0);
  });

  test('G28 3 when the tenant has no agents, unless that is fine', async () => {
    const { organization } = SMALL_TENANT;
    const empty = await standIn({ tenant: createMemoryTenant({ organization }) });
    const [refused, allowed] = await Promise.all([
      run(['scan'], { cwd: folderWith({}), env: { ...empty.env, AGENTID_LINT_QUIET: '' } }),
      run(['scan', '--allow-empty', '--allow-incomplete', '--fail-on', 'none'], {
        cwd: folderWith({}),
        env: empty.env,
      }),
    ]);
    expect([refused.status, allowed.status]).toEqual([3, 0]);
    expect(refused.stderr).toContain('note: 0 agents found');
  });

  test('G18 4 when a permission is missing, and never calls that clean', async () => {
    const roles = ALL_READ_ROLES.filter((role) => !role.startsWith('User.') && role !== 'Directory.Read.All');
    const env = envOf(graph.server, tokenWith(graph.server, roles));
    const inactive = ['scan', '--rule', 'accountability/sponsor-inactive', '--fail-on', 'none'];
    const [incomplete, accepted] = await Promise.all([
      run(inactive, { cwd: folderWith({}), env }),
      run([...inactive, '--allow-incomplete'], { cwd: folderWith({}), env }),
    ]);
    expect([incomplete.status, accepted.status]).toEqual([4, 0]);
  });

  test('5 when nobody answers', async () => {
    const { server, env } = await standIn();
    await server.close();
    const { status, stdout, stderr } = await run(['doctor'], { cwd: folderWith({}), env });
    expect({ status, stderr }).toEqual({ status: 5, stderr: '' });
    expect(stdout).toMatch(/\nMicrosoft Graph cannot be asked: .* \(exit 5\)\n/);
  });
});

test('--keep keeps the snapshot that was judged', async () => {
  const cwd = folderWith({});
  const live = await run(['scan', '--keep', 'kept.snapshot', '-f', 'json', ...FEW], { cwd, env: graph.env });
  expect(readdirSync(cwd)).toEqual(['kept.snapshot']);
  const again = await run(['scan', '--snapshot', 'kept.snapshot', '-f', 'json', ...FEW], { cwd });
  expect(again.stdout).toBe(live.stdout);
});
