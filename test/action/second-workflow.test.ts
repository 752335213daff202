import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from '../../src/reporters/json.ts';
import { aFailingReport, aReport } from '../reporters/report-builder.ts';
import { startGitHubApi, type Api } from './github-api.ts';
import { aPullRequest } from './git-repository.ts';
import { CLEAN, WITHOUT_SPONSORS } from './manifests.ts';
import { runAction, type ActionRun } from './run-action.ts';

const HEAD = '2'.repeat(40);
const REPORT = 'agentid-lint.json';
let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'agentid-lint-action-'));
});
afterAll(() => {
  rmSync(home, { recursive: true });
});

type Saved = Readonly<Record<string, string>>;

async function after(
  saved: Saved,
  { head = HEAD, inputs = {}, event = 'workflow_run', payload = 'workflow-run' } = {},
): Promise<{ readonly run: ActionRun; readonly api: Api }> {
  const workspace = join(mkdtempSync(join(home, 'job-')), 'fleet');
  mkdirSync(join(workspace, 'saved'), { recursive: true });
  for (const [name, text] of Object.entries(saved)) writeFileSync(join(workspace, 'saved', name), text);
  const api = await startGitHubApi({ pulls: [{ number: 7, head: { sha: head } }] });
  const run = await runAction({
    workspace,
    event,
    payload,
    shas: { base: HEAD, head: HEAD },
    sha: HEAD,
    ref: 'refs/heads/main',
    inputs: { mode: 'report', comment: 'sticky', results: 'saved', ...inputs },
    env: { GITHUB_API_URL: api.url },
  });
  await api.close();
  return { run, api };
}

function told({ commands }: ActionRun): readonly string[] {
  return commands.map(({ command, data }) => `${command}: ${data}`);
}

const saved = (text: string): Saved => ({ [REPORT]: text });
const failing = json(aFailingReport(), { color: false });

test.concurrent(
  'a saved report is told in the summary, in files and in a comment, and fails nothing',
  async () => {
    const { run, api } = await after(saved(failing), { inputs: { formats: 'json', 'output-dir': 'again' } });
    expect(told(run)).toEqual([]);
    expect(run.summary).toMatch(/^## agentid-lint: failed\n/);
    expect(api.comments.map(({ body }) => body.split('\n')[6])).toEqual([
      '1 finding, with nothing to compare them with',
    ]);
    expect(run.outputs).toMatchObject({ result: 'fail', 'exit-code': '1', findings: '1', new: '' });
    expect(run.code).toBe(0);
  },
);

test.concurrent('a comment is for the commit that was judged alone', async () => {
  const { run, api } = await after(saved(failing), { head: '3'.repeat(40) });
  expect(api.comments).toEqual([]);
  expect(told(run)).toEqual([
    'notice: no open pull request has the commit that was judged: nothing was commented',
  ]);
  expect(run.code).toBe(0);
});

test.concurrent.each<[string, Saved, string]>([
  ['that is not there', {}, `results: there is no ${REPORT} in the folder`],
  ['that is no report', saved('{"format":"json-v1"}'), 'the saved report cannot be used: '],
  ['that is cut off', saved(failing.slice(0, 300)), 'the saved report cannot be used: '],
  [
    'whose base is no report',
    { ...saved(failing), 'agentid-lint.base.json': '[]' },
    'the saved report cannot be used: ',
  ],
])('a saved report %s is an error', async (_, files, message) => {
  const { run, api } = await after(files);
  expect(told(run)).toHaveLength(1);
  expect(told(run)[0]).toContain(`error: ${message}`);
  expect(api.calls).toEqual([]);
  expect([run.outputs['result'], run.code]).toEqual(['error', 1]);
});

test.concurrent('a saved report is told after another workflow only', async () => {
  const { run } = await after(saved(json(aReport(), { color: false })), { event: 'push', payload: 'push' });
  expect(told(run)).toEqual([
    'error: mode: "report" is for workflows that follow another one: on: workflow_run',
  ]);
});

test('pull_request_target judges what is checked out by the base, and says when that is the base itself', async () => {
  const pull = aPullRequest(
    { 'agents/mail.yaml': CLEAN },
    { 'agents/invoice.yaml': WITHOUT_SPONSORS, 'agentid-lint.config.yaml': 'version: 1\nfailOn: none\n' },
  );
  const onTarget = (commit: string) =>
    runAction({
      workspace: pull.checkOut(commit),
      event: 'pull_request_target',
      payload: 'fork',
      shas: pull,
      sha: pull.base,
      ref: 'refs/heads/main',
      env: { GITHUB_SERVER_URL: pull.server },
    });
  const [base, head] = await Promise.all([onTarget(pull.base), onTarget(pull.head)]);
  pull.remove();
  expect(told(base)).toEqual([
    'warning: the base is checked out, not the pull request: nothing of its change was judged',
  ]);
  expect([base.outputs['result'], head.outputs['result']]).toEqual(['pass', 'fail']);
  expect(told(head)[0]).toBe(
    'notice: this change touches agentid-lint.config.yaml; the settings of the base were used',
  );
});
