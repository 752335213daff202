import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aPullRequest, type PullRequest } from './git-repository.ts';
import { CLEAN, WITHOUT_SPONSORS } from './manifests.ts';
import { runAction, TOKEN, type ActionRun, type ActionStep } from './run-action.ts';

const CONFIG = 'agentid-lint.config.yaml';
const SWITCHED_OFF = 'version: 1\nfailOn: none\nrules:\n  accountability/blueprint-no-sponsor: off\n';

let planting: PullRequest;
let disarming: PullRequest;
beforeAll(() => {
  planting = aPullRequest(
    { 'agents/mail.yaml': CLEAN, 'agents/old.yaml': WITHOUT_SPONSORS.replaceAll('invoice', 'old') },
    { 'agents/invoice.yaml': WITHOUT_SPONSORS },
  );
  disarming = aPullRequest(
    { 'agents/mail.yaml': CLEAN, [CONFIG]: 'version: 1\nfailOn: medium\n' },
    { 'agents/invoice.yaml': WITHOUT_SPONSORS, [CONFIG]: SWITCHED_OFF },
  );
}, 60_000);
afterAll(() => {
  planting.remove();
  disarming.remove();
});

function onPullRequest(pull: PullRequest, step: Partial<ActionStep> = {}): Promise<ActionRun> {
  return runAction({
    workspace: pull.checkOut(pull.merge),
    event: 'pull_request',
    payload: 'pull-request',
    shas: pull,
    sha: pull.merge,
    ...step,
    env: { GITHUB_SERVER_URL: pull.server, ...step.env },
  });
}

/** The commands of a log, a line each. */
function told({ commands }: ActionRun): readonly string[] {
  return commands.map(({ command, properties, data }) => {
    const place =
      properties['file'] === undefined ? '' : ` ${properties['file']}:${properties['line'] ?? ''}`;
    return `${command}${place} ${properties['title'] ?? ''}: ${data.split('\n')[0] ?? ''}`;
  });
}

const NO_SPONSOR = 'high: accountability/blueprint-no-sponsor';
const PLANTED = `error agents/invoice.yaml:9 ${NO_SPONSOR}: blueprint "lf-invoice-prd" has no sponsor`;
const OLD = `error agents/old.yaml:9 ${NO_SPONSOR}: blueprint "lf-old-prd" has no sponsor`;

describe('a pull request that plants a fault', () => {
  test.concurrent('is annotated at its line, and fails', async () => {
    const run = await onPullRequest(planting);
    expect(told(run)).toEqual([PLANTED, OLD]);
    expect(run.code).toBe(1);
    expect(run.stderr).toBe('');
    const { 'json-file': json, 'report-dir': folder, ...outputs } = run.outputs;
    expect(outputs).toEqual({
      result: 'fail',
      'exit-code': '1',
      findings: '2',
      critical: '0',
      high: '2',
      medium: '0',
      low: '0',
      new: '',
      fixed: '',
      waived: '0',
      incomplete: '0',
      'sarif-file': '',
      'html-file': '',
    });
    expect(json).toBe(join(folder ?? '', 'agentid-lint.json'));
    expect(JSON.parse(readFileSync(json ?? '', 'utf8'))).toMatchObject({
      format: 'json-v1',
      verdict: 'fail',
    });
    expect(run.summary).toContain('blueprint-no-sponsor');
  });

  test.concurrent('reports what the change touches alone when it is asked to', async () => {
    const run = await onPullRequest(planting, { inputs: { 'changed-only': 'true' } });
    expect(told(run)).toEqual([PLANTED]);
    expect(run.outputs).toMatchObject({ result: 'fail', findings: '1' });
  });

  test.concurrent('fails for what is new alone when it is asked to', async () => {
    const run = await onPullRequest(planting, { inputs: { 'fail-on-new': 'true' } });
    expect(run.outputs).toMatchObject({
      result: 'fail',
      'exit-code': '1',
      findings: '2',
      new: '1',
      fixed: '0',
    });
    expect(run.code).toBe(1);
  });

  test.concurrent('says nothing beside the code and on the page when it is told so', async () => {
    const run = await onPullRequest(planting, { inputs: { annotations: 'false', summary: 'none' } });
    expect([run.commands, run.summary, run.code]).toEqual([[], '', 1]);
  });

  test.concurrent('is judged with its own commit checked out too', async () => {
    const run = await onPullRequest(planting, { workspace: planting.checkOut(planting.head) });
    expect(told(run)).toEqual([PLANTED, OLD]);
  });

  test.concurrent('is judged where a part of the files is checked out', async () => {
    const run = await onPullRequest(planting, { workspace: planting.checkOut(planting.merge, 'agents') });
    expect(told(run)).toEqual([PLANTED, OLD]);
  });

  test.concurrent('is judged in a merge queue', async () => {
    const run = await onPullRequest(planting, {
      event: 'merge_group',
      payload: 'merge-group',
      inputs: { 'fail-on-new': 'true' },
      shas: { base: planting.base, head: planting.merge },
    });
    expect(run.outputs).toMatchObject({ result: 'fail', new: '1' });
  });
});

test.concurrent(
  'a pull request that adds nothing passes with fail-on-new, whatever the base has',
  async () => {
    const pull = aPullRequest({ 'agents/old.yaml': WITHOUT_SPONSORS }, { 'agents/mail.yaml': CLEAN });
    const run = await onPullRequest(pull, { inputs: { 'fail-on-new': 'true' } });
    pull.remove();
    expect(run.outputs).toMatchObject({ result: 'pass', 'exit-code': '0', findings: '1', new: '0' });
    expect(run.stdout).toContain(
      '\npassed: no new findings at or above "high", 1 that the base has too (exit 0)\n',
    );
    expect(run.code).toBe(0);
  },
);

describe('a pull request that switches its own checks off', () => {
  test.concurrent('is judged by the settings of the base, and told so', async () => {
    const run = await onPullRequest(disarming);
    expect(told(run)).toEqual([
      `notice agentid-lint: this change touches ${CONFIG}; the settings of the base were used`,
      PLANTED,
    ]);
    expect(run.outputs).toMatchObject({ result: 'fail', findings: '1' });
    expect(run.summary).toContain(`this change touches ${CONFIG}; the settings of the base were used`);
    expect(run.code).toBe(1);
  });

  test.concurrent('is judged by its own settings once it is pushed', async () => {
    const run = await onPullRequest(disarming, { event: 'push', payload: 'push', ref: 'refs/heads/main' });
    expect(told(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ result: 'pass', findings: '0' });
    expect(run.code).toBe(0);
  });

  test.concurrent('is judged by no settings of its own when the base cannot be had', async () => {
    const run = await onPullRequest(disarming, { env: { GITHUB_SERVER_URL: 'file:///nowhere' } });
    expect(run.outputs).toMatchObject({ result: 'error', 'exit-code': '2', findings: '' });
    expect(run.commands).toHaveLength(1);
    expect(run.commands[0]?.data).toContain('the commit that this change starts from cannot be had: ');
    expect(run.code).toBe(1);
  });

  test.concurrent('is told of settings that it adds where the base has none', async () => {
    const pull = aPullRequest(
      { 'agents/mail.yaml': CLEAN },
      {
        'agents/invoice.yaml': WITHOUT_SPONSORS,
        [CONFIG]: SWITCHED_OFF,
        '.agentid-lint/waivers.yaml': '[]\n',
      },
    );
    const run = await onPullRequest(pull);
    pull.remove();
    expect(told(run)).toEqual([
      'notice agentid-lint: this change touches .agentid-lint/waivers.yaml and 1 more file of settings; the settings of the base were used',
      PLANTED,
    ]);
  });

  test.concurrent('is judged by the folder of the base when it works in a new one', async () => {
    const pull = aPullRequest(
      { 'agents/mail.yaml': CLEAN },
      { 'team/agents/invoice.yaml': WITHOUT_SPONSORS, [`team/${CONFIG}`]: SWITCHED_OFF },
    );
    const run = await onPullRequest(pull, { inputs: { 'working-directory': 'team' } });
    pull.remove();
    expect(told(run)).toEqual([
      `notice agentid-lint: this change touches team/${CONFIG}; the settings of the base were used`,
      PLANTED.replace('agents/', 'team/agents/'),
    ]);
  });

  test.concurrent('forges no report of its own', async () => {
    const pull = aPullRequest(
      { 'agents/mail.yaml': CLEAN, [CONFIG]: 'version: 1\nfailOn: none\nunknown: 1\n' },
      { 'reports/agentid-lint.json': '{"format":"json-v1"}\n' },
    );
    const run = await onPullRequest(pull, { inputs: { 'output-dir': 'reports' } });
    pull.remove();
    expect(run.outputs).toMatchObject({ result: 'error', 'exit-code': '2', 'json-file': '' });
    expect(run.code).toBe(1);
  });
});

test.concurrent('the token is in nothing that a run leaves', async () => {
  const run = await onPullRequest(planting, { inputs: { 'extra-args': '["--debug", "--stats"]' } });
  expect(JSON.stringify(run)).not.toContain(TOKEN);
  expect(JSON.stringify(run)).not.toContain(Buffer.from(`x-access-token:${TOKEN}`).toString('base64'));
});
