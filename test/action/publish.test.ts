import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aPullRequest, type PullRequest } from './git-repository.ts';
import { startGitHubApi, type Api, type ApiComment } from './github-api.ts';
import { CLEAN, WITHOUT_SPONSORS } from './manifests.ts';
import { runAction, type ActionRun, type ActionStep } from './run-action.ts';

let pull: PullRequest;
beforeAll(() => {
  pull = aPullRequest(
    {
      'agents/kept.yaml': WITHOUT_SPONSORS.replaceAll('invoice', 'kept'),
      'agents/mended.yaml': WITHOUT_SPONSORS.replaceAll('invoice', 'mended'),
      'agents/broken.yaml': WITHOUT_SPONSORS.replaceAll('invoice', 'broken'),
    },
    {
      'agents/invoice.yaml': WITHOUT_SPONSORS,
      'agents/mended.yaml': CLEAN.replaceAll('mail-digest', 'mended'),
      'agents/broken.yaml': 'kind: [agentIdentityBlueprint\n',
    },
  );
}, 60_000);
afterAll(() => {
  pull.remove();
});

async function withApi(
  options: Parameters<typeof startGitHubApi>[0],
  step: Partial<ActionStep>,
): Promise<{ readonly run: ActionRun; readonly api: Api }> {
  const api = await startGitHubApi(options);
  try {
    const run = await runAction({
      workspace: pull.checkOut(pull.merge),
      event: 'pull_request',
      payload: 'pull-request',
      shas: pull,
      sha: pull.merge,
      ...step,
      env: {
        GITHUB_SERVER_URL: pull.server,
        GITHUB_API_URL: api.url,
        ACTIONS_RESULTS_URL: api.url,
        ACTIONS_RUNTIME_TOKEN: RUNTIME_TOKEN,
        ...step.env,
      },
    });
    return { run, api };
  } finally {
    await api.close();
  }
}

/** A token as the runner gives for artifacts: it says which run they are for, and nobody here asks who signed it. */
const RUNTIME_TOKEN = ['{"alg":"none"}', '{"scp":"Actions.Results:run-1:job-1"}', '']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

const INCOMPLETE = 'warning: incomplete: 1 file could not be read; this is not the whole answer';

function calls({ calls }: Api): readonly string[] {
  return calls.map(({ method, path }) => `${method} ${path}`);
}

/** What the log says about the run, without findings. */
function notes({ commands }: ActionRun): readonly string[] {
  return commands.flatMap(({ command, properties, data }) =>
    properties['title'] === 'agentid-lint' ? [`${command}: ${data}`] : [],
  );
}

const RULE =
  '[`accountability/blueprint-no-sponsor`](https://github.com/agentid-lint/agentid-lint/blob/main/docs/rules/accountability/blueprint-no-sponsor.md)';

/** The finding of one of the blueprints in a comment. */
function lineOf(name: string): string {
  return `- **high** ${RULE} at \`agents/${name}.yaml:9:11\`: \`blueprint "lf-${name}-prd" has no sponsor\``;
}

describe('the comment', () => {
  const COMMENT = [
    '<!-- agentid-lint:default -->',
    '',
    '### agentid-lint: failed',
    '',
    '`findings at or above "high" (exit 1)`',
    '',
    '> **Incomplete:** `1 file could not be read; this is not the whole answer`',
    '',
    '1 new, 1 fixed, 1 unchanged, 1 that cannot be compared',
    '',
    '#### New (1)',
    '',
    lineOf('invoice'),
    '',
    '<details><summary>Fixed (1)</summary>',
    '',
    lineOf('mended'),
    '',
    '</details>',
    '',
    '<details><summary>Cannot be compared: the file was not read, or the rule not asked (1)</summary>',
    '',
    lineOf('broken'),
    '',
    '</details>',
    '',
    '<details><summary>Unchanged (1)</summary>',
    '',
    lineOf('kept'),
    '',
    '</details>',
    '',
  ].join('\n');

  test.concurrent('tells what is new, fixed and unchanged; what was not read is never fixed', async () => {
    const { run, api } = await withApi({}, { inputs: { comment: 'sticky' } });
    expect(api.comments.map(({ body }) => body)).toEqual([COMMENT]);
    expect(run.outputs).toMatchObject({ new: '1', fixed: '1', findings: '2', incomplete: '1' });
    expect(run.stdout).toContain('\ncommented on pull request 7\n');
  });

  test.concurrent('is the same with changed-only: what was left out is not fixed', async () => {
    const { api } = await withApi({}, { inputs: { comment: 'sticky', 'changed-only': 'true' } });
    expect(api.comments[0]?.body).toContain('\n1 new, 1 fixed, 1 unchanged, 1 that cannot be compared\n');
  });

  test.concurrent(
    'is updated in place, on whatever page it stands; those of others are left alone',
    async () => {
      const others: ApiComment[] = [
        { id: 1, user: { login: 'stranger' }, body: '<!-- agentid-lint:default -->\nmine now' },
        { id: 2, user: { login: 'github-actions[bot]' }, body: 'quoted: <!-- agentid-lint:default -->\n' },
        { id: 3, user: { login: 'github-actions[bot]' }, body: '<!-- agentid-lint:other -->\n' },
      ];
      const own = {
        id: 4,
        user: { login: 'github-actions[bot]' },
        body: '<!-- agentid-lint:default -->\nold',
      };
      const { run, api } = await withApi({ comments: [...others, own] }, { inputs: { comment: 'sticky' } });
      expect(api.comments).toEqual([...others, { ...own, body: COMMENT }]);
      expect(calls(api)).toEqual([
        'POST /graphql',
        'GET /repos/octo/fleet/issues/7/comments',
        'GET /repos/octo/fleet/issues/7/comments',
        'PATCH /repos/octo/fleet/issues/comments/4',
      ]);
      expect(run.stdout).toContain('\nupdated the comment on pull request 7\n');
    },
  );

  test.concurrent('that may not be written is a notice, and changes no verdict', async () => {
    const { run } = await withApi({ readOnly: true }, { inputs: { comment: 'sticky' } });
    expect(notes(run)).toContain(
      'notice: the comment was not written: GitHub has answered 403. It needs "pull-requests: write".',
    );
    expect([run.outputs['result'], run.code]).toEqual(['fail', 1]);
  });
});

describe('upload-sarif', () => {
  const inputs = { 'upload-sarif': 'true', 'sarif-category': 'agents' };

  test.concurrent('hands the results to code scanning, although the gate fails', async () => {
    const { run, api } = await withApi({}, { inputs });
    expect(run.code).toBe(1);
    expect(calls(api)).toEqual([
      'POST /repos/octo/fleet/code-scanning/sarifs',
      'GET /repos/octo/fleet/code-scanning/sarifs/upload-1',
    ]);
    const {
      sarif,
      checkout_uri: uri,
      started_at: at,
      ...rest
    } = api.calls[0]?.body as Record<string, string>;
    expect(rest).toEqual({ commit_sha: pull.merge, ref: 'refs/pull/7/merge', tool_name: 'agentid-lint' });
    expect([uri?.startsWith('file:///'), uri?.endsWith('/fleet'), sarif === undefined]).toEqual([
      true,
      true,
      false,
    ]);
    expect(Number.isNaN(Date.parse(at ?? ''))).toBe(false);
    expect(JSON.parse(api.uploads[0] ?? '')).toMatchObject({
      version: '2.1.0',
      runs: [{ automationDetails: { id: 'agents/' }, results: [{}, {}] }],
    });
    expect(run.stdout).toContain('\nthe SARIF report was uploaded and processed as upload-1\n');
  });

  test.concurrent('is about the own commit of a pull request when that is checked out', async () => {
    const { api } = await withApi({}, { inputs, workspace: pull.checkOut(pull.head) });
    expect(api.calls[0]?.body).toMatchObject({ commit_sha: pull.head, ref: 'refs/pull/7/head' });
  });

  test.concurrent('that may not be done is a notice, and changes no verdict', async () => {
    const { run } = await withApi({ readOnly: true }, { inputs });
    expect(notes(run)).toContain(
      'notice: the SARIF report was not uploaded: GitHub has answered 403. It needs "security-events: write" and code scanning.',
    );
    expect(run.outputs['result']).toBe('fail');
  });

  test.concurrent('that code scanning cannot process is a warning', async () => {
    const { run } = await withApi({ processing: 'failed' }, { inputs });
    expect(notes(run)).toContain(
      'warning: code scanning could not process the SARIF report upload-1; it keeps the reason at code-scanning/sarifs/upload-1',
    );
  });

  test.concurrent('that cannot be reached is a warning', async () => {
    const { run } = await withApi({}, { inputs, env: { GITHUB_API_URL: 'http://127.0.0.1:9' } });
    expect(notes(run)).toContain('warning: the SARIF report was not uploaded: GitHub could not be reached');
  });
});

describe('a pull request from a fork', () => {
  const everything = { 'upload-sarif': 'true', comment: 'sticky' };

  test.concurrent('gets annotations and the summary, and no write is even tried', async () => {
    const { run, api } = await withApi(
      { readOnly: true },
      { payload: 'fork', actor: 'stranger', inputs: everything },
    );
    expect(calls(api)).toEqual([]);
    expect(notes(run)).toEqual([
      INCOMPLETE,
      'notice: the SARIF report was not uploaded: the token of this pull request can only read',
      'notice: no comment was written: the token of this pull request can only read',
    ]);
    expect(run.commands.map(({ properties }) => properties['file'])).toContain('agents/invoice.yaml');
    expect(run.summary).not.toBe('');
    expect(run.outputs).toMatchObject({ result: 'fail', new: '1', fixed: '1' });
    expect(run.code).toBe(1);
  });

  test.concurrent('and one of Dependabot are alike', async () => {
    const { api } = await withApi({ readOnly: true }, { actor: 'dependabot[bot]', inputs: everything });
    expect(calls(api)).toEqual([]);
  });

  test.concurrent.each([
    ['all of it', {}],
    ['what the change touches', { 'changed-only': 'true' }],
  ])(
    'of which the first told %s is commented on by a second workflow, which runs nothing of it',
    async (_, more) => {
      const first = await withApi(
        { readOnly: true },
        { payload: 'fork', actor: 'stranger', inputs: { ...everything, ...more } },
      );
      const workspace = pull.checkOut(pull.base);
      cpSync(first.run.outputs['report-dir'] ?? '', join(workspace, 'saved'), { recursive: true });
      const { run, api } = await withApi(
        {
          pulls: [
            { number: 6, head: { sha: 'f'.repeat(40) } },
            { number: 7, head: { sha: pull.head } },
          ],
        },
        {
          event: 'workflow_run',
          payload: 'workflow-run',
          workspace,
          sha: pull.base,
          ref: 'refs/heads/main',
          inputs: { mode: 'report', comment: 'sticky', results: 'saved' },
        },
      );
      expect(notes(run)).toEqual([]);
      expect(api.comments.map(({ body }) => body.split('\n')[8])).toEqual([
        '1 new, 1 fixed, 1 unchanged, 1 that cannot be compared',
      ]);
      expect(run.outputs).toMatchObject({ result: 'fail', 'exit-code': '1', new: '1' });
      expect(run.code).toBe(0);
    },
  );
});

/** Artifacts are for GitHub's own servers only, by the names that those have. */
const PUSH = {
  event: 'push',
  payload: 'push',
  ref: 'refs/heads/main',
  env: { GITHUB_SERVER_URL: 'https://github.localhost' },
};

test.concurrent('the reports are kept as an artifact when it is named', async () => {
  const { run, api } = await withApi(
    {},
    { ...PUSH, inputs: { artifact: 'agent-reports', formats: 'compact' } },
  );
  // Names of files stand in a zip as they are.
  const zip = api.artifacts.get('agent-reports')?.toString('latin1') ?? '';
  expect(['agentid-lint.json', 'agentid-lint.compact.txt'].filter((name) => zip.includes(name))).toHaveLength(
    2,
  );
  expect(run.stdout).toContain('\nthe reports were kept as the artifact "agent-reports" (77)\n');
  expect(run.outputs['result']).toBe('fail');
});

test.concurrent('reports that cannot be kept are a warning, and change no verdict', async () => {
  const { run } = await withApi(
    {},
    { ...PUSH, inputs: { artifact: 'a' }, env: { ...PUSH.env, ACTIONS_RUNTIME_TOKEN: '' } },
  );
  expect(notes(run)).toEqual([
    INCOMPLETE,
    'warning: the reports were not kept as an artifact: Unable to get the ACTIONS_RUNTIME_TOKEN env variable',
  ]);
  expect(run.outputs['result']).toBe('fail');
});
