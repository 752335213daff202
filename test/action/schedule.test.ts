import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEAM_TAG } from '../support/own-rules.ts';
import { writeTenant } from '../support/scan-tenant.ts';
import { runAction, TOKEN, type ActionRun, type ActionStep } from './run-action.ts';

const SHA = '1'.repeat(40);
let home: string;
let workspace: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'agentid-lint-action-'));
  workspace = join(home, 'fleet');
  mkdirSync(workspace);
  await writeTenant(join(workspace, 'tenant.snapshot'), { streams: { blueprints: [] } });
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

function onSchedule(step: Partial<ActionStep>): Promise<ActionRun> {
  return runAction({
    workspace,
    event: 'schedule',
    payload: 'schedule',
    shas: { base: SHA, head: SHA },
    sha: SHA,
    ref: 'refs/heads/main',
    ...step,
  });
}

function errors({ commands }: ActionRun): readonly string[] {
  return commands.map(({ command, data }) => `${command}: ${data}`);
}

describe('a scan on a schedule', () => {
  test.concurrent('judges a tenant, writes the formats, and ends by the verdict', async () => {
    const run = await onSchedule({
      inputs: {
        mode: 'scan',
        formats: 'html, sarif, csv',
        'output-dir': 'reports',
        'extra-args': '["--snapshot", "tenant.snapshot", "--allow-empty"]',
      },
    });
    const folder = join(workspace, 'reports');
    expect(run.outputs).toEqual({
      result: 'pass',
      'exit-code': '0',
      findings: '0',
      critical: '0',
      high: '0',
      medium: '0',
      low: '0',
      new: '',
      fixed: '',
      waived: '0',
      incomplete: '0',
      'sarif-file': join(folder, 'agentid-lint.sarif'),
      'json-file': join(folder, 'agentid-lint.json'),
      'html-file': join(folder, 'agentid-lint.html'),
      'report-dir': folder,
    });
    expect(run.code).toBe(0);
  });

  test.concurrent('that finds nothing to judge is no pass', async () => {
    const run = await onSchedule({
      inputs: { mode: 'scan', 'extra-args': '["--snapshot=tenant.snapshot"]' },
    });
    expect(run.outputs).toMatchObject({ result: 'error', 'exit-code': '3' });
    expect(run.code).toBe(1);
  });

  test.concurrent('that nobody has let sign in says what is missing', async () => {
    const run = await onSchedule({
      inputs: { mode: 'scan', 'tenant-id': 'contoso.onmicrosoft.com' },
    });
    expect(run.outputs).toMatchObject({ result: 'error', findings: '' });
    expect(run.code).toBe(1);
    expect(errors(run)).toHaveLength(1);
    expect(JSON.stringify(run)).not.toContain(TOKEN);
  });
});

describe('a scan is refused', () => {
  const scan = { mode: 'scan', 'extra-args': '["--snapshot", "tenant.snapshot"]' };
  const shas = { base: SHA, head: '2'.repeat(40) };

  test.concurrent.each<[string, Partial<ActionStep>, string]>([
    [
      'C05 for pull_request_target',
      { event: 'pull_request_target', payload: 'pull-request' },
      'for pull_request_target',
    ],
    [
      'for a pull request from a fork',
      { event: 'pull_request', payload: 'fork' },
      'for pull requests from forks and of Dependabot',
    ],
    ['after a run of a fork', { event: 'workflow_run', payload: 'workflow-run' }, 'after a run of a fork'],
  ])('%s', async (_, step, why) => {
    const run = await onSchedule({ ...step, shas, inputs: scan });
    expect(errors(run)).toEqual([
      `error: mode: "scan" is refused ${why}\nScan on a schedule, on a push or by hand.`,
    ]);
    expect([run.outputs['exit-code'], run.code]).toEqual(['2', 1]);
  });
});

describe('paths', () => {
  test.concurrent.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'a working directory elsewhere',
      { 'working-directory': '../' },
      'working-directory: "../" is outside of the workspace',
    ],
    [
      'a working directory that is not there',
      { 'working-directory': 'no' },
      'working-directory: there is no folder "no"',
    ],
    [
      'a working directory behind a link',
      { 'working-directory': 'link' },
      'working-directory: "link" is outside of the workspace',
    ],
    [
      'a config elsewhere',
      { config: '/etc/agentid-lint.yaml' },
      'config: "/etc/agentid-lint.yaml" is outside of the workspace',
    ],
    [
      'a config behind a link',
      { config: 'link/c.yaml' },
      'config: "link/c.yaml" is outside of the workspace',
    ],
    [
      'paths elsewhere',
      { paths: '.\n../other/*.yaml' },
      'paths: "../other/*.yaml" is outside of the workspace',
    ],
    ['own rules elsewhere', { rules: '../rules' }, 'rules: "../rules" is outside of the workspace'],
    [
      'reports elsewhere',
      { 'output-dir': '../reports' },
      'output-dir: "../reports" is outside of the workspace',
    ],
    [
      'reports behind a link',
      { 'output-dir': 'link/reports' },
      'output-dir: "link/reports" is outside of the workspace',
    ],
    ['stdin', { paths: '-' }, 'paths: "-" is stdin, which a step does not have'],
    ['another format on the screen', { 'extra-args': '["-fjson"]' }, 'extra-args: "-f" is not for here'],
    ['a program to run', { 'extra-args': '["--opa=./opa"]' }, 'extra-args: "--opa" is not for here'],
    [
      'another report in the place of ours',
      { 'extra-args': '["--output=sarif=r/agentid-lint.json"]' },
      'extra-args: "--output" is not for here',
    ],
  ])('%s is one clear error', async (_, inputs, message) => {
    const run = await onSchedule({ workspace: withLink(), inputs });
    expect(errors(run)).toHaveLength(1);
    expect(errors(run)[0]?.split('\n')[0]).toBe(`error: ${message}`);
    expect(run.outputs).toMatchObject({ result: 'error', 'exit-code': '2', 'report-dir': '' });
    expect(run.code).toBe(1);
  });
});

test('own rules are compiled with nothing installed', async () => {
  const folder = mkdtempSync(join(home, 'own-'));
  const own = join(folder, 'fleet');
  mkdirSync(own);
  writeFileSync(join(own, 'a.yaml'), 'kind: agentIdentityBlueprint\ndisplayName: a\n');
  mkdirSync(join(own, 'rules', 'ownership'), { recursive: true });
  writeFileSync(join(own, 'rules', 'ownership', 'team_tag.rego'), TEAM_TAG);
  const run = await onSchedule({
    workspace: own,
    inputs: { rules: './rules', 'fail-on': 'low', 'extra-args': '["--no-builtin-rules"]' },
  });
  expect(errors(run)).toEqual([
    'notice: blueprint "a" has no team tag, such as team:*\nFix: Add a tag that names the team.',
  ]);
  expect(run.outputs).toMatchObject({ result: 'fail', low: '1' });
});

/** A workspace with a link in it that leads out. */
function withLink(): string {
  const place = mkdtempSync(join(home, 'link-'));
  const folder = join(place, 'fleet');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.yaml'), 'kind: agentIdentityBlueprint\ndisplayName: a\n');
  mkdirSync(join(place, 'outside'));
  // Windows lets everybody make junctions, and not everybody other links.
  symlinkSync(join(place, 'outside'), join(folder, 'link'), 'junction');
  return folder;
}
