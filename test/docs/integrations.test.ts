import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { blocksOf, readBlocks } from '../../scripts/integrations/blocks.mjs';
import {
  AZURE_PIPELINES,
  faultsOf,
  PRE_COMMIT_CONFIG,
  PRE_COMMIT_HOOKS,
} from '../../scripts/integrations/schemas.mjs';
import { projectRoot } from '../../scripts/lib/opa.mjs';

type Named = { readonly [name: string]: { readonly description: string } };

const read = (path: string) => readFileSync(`${projectRoot}/${path}`, 'utf8');
const action = load(read('action.yml')) as { readonly inputs: Named; readonly outputs: Named };
const page = read('docs/github-action.md');
const blocks = readBlocks();

describe('the page about the Action', () => {
  test.each(['inputs', 'outputs'] as const)('tells all %s in the words of action.yml', (kind) => {
    const [, table = ''] = page.split(`<!-- ${kind} -->`);
    const [rows = ''] = table.trim().split('\n\n');
    const told = rows
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, 3),
      );
    expect(told).toEqual(
      Object.entries(action[kind]).map(([name, { description }]) => [`\`${name}\``, description]),
    );
  });

  test('has a workflow for pull requests, forks, a comment, a schedule, a history and a monorepo', () => {
    const workflows = blocks.filter(({ path }) => path.startsWith('.github/workflows/'));
    expect(workflows.map(({ path }) => path.slice('.github/workflows/'.length))).toEqual([
      'agentid-lint.yml',
      'agentid-lint.yml',
      'agentid-lint-comment.yml',
      'agentid-scan.yml',
      'agentid-history.yml',
      'agentid-lint.yml',
    ]);
  });

  test('C05 C06 C07 shows no workflow with more rights than it needs, or that a stranger could run as ours', () => {
    const workflows = blocks.filter(({ path }) => path.startsWith('.github/workflows/'));
    for (const { text } of workflows) {
      const { on, permissions, jobs } = load(text) as Workflow;
      expect(Object.keys(typeof on === 'string' ? { [on]: null } : on)).not.toContain('pull_request_target');
      expect(permissions).toEqual({});
      for (const { steps } of Object.values(jobs))
        for (const step of steps) expect(step.run ?? '').not.toContain('${{');
      expect(text.match(/persist-credentials: false/g)?.length ?? 0).toBe(
        text.match(/actions\/checkout@/g)?.length ?? 0,
      );
    }
  });
});

type Workflow = {
  readonly on: string | object;
  readonly permissions: object;
  readonly jobs: { readonly [name: string]: { readonly steps: readonly { readonly run?: string }[] } };
};

test('a block is found with its page and line, and a block without a path is none', () => {
  const markdown = '# x\n\n```yaml\n# a/b.yml\nk: 1\n```\n\n```yaml\nk: 2\n```\n';
  expect(blocksOf('p.md', markdown)).toEqual([{ page: 'p.md', line: 4, path: 'a/b.yml', text: 'k: 1\n' }]);
});

describe('our own schemas', () => {
  const textOf = (path: string) => blocks.filter((block) => block.path === path).map(({ text }) => text);

  test('take what the pages and the repository have', () => {
    expect(faultsOf(PRE_COMMIT_HOOKS, read('.pre-commit-hooks.yaml'))).toEqual([]);
    expect(textOf('.pre-commit-config.yaml').flatMap((text) => faultsOf(PRE_COMMIT_CONFIG, text))).toEqual(
      [],
    );
    expect(textOf('azure-pipelines.yml').flatMap((text) => faultsOf(AZURE_PIPELINES, text))).toEqual([]);
  });

  test.each([
    ['hooks', PRE_COMMIT_HOOKS, '- { id: x, name: x, entry: x }'],
    ['hooks', PRE_COMMIT_HOOKS, '- { id: x, name: x, entry: x, language: node, pass_filename: false }'],
    ['hooks', PRE_COMMIT_HOOKS, "- { id: x, name: x, entry: x, language: node, files: '(' }"],
    ['hooks', PRE_COMMIT_HOOKS, 'id: x'],
    ['config', PRE_COMMIT_CONFIG, 'repos: [{ repo: "https://x.example/y", hooks: [{ id: x }] }]'],
    ['config', PRE_COMMIT_CONFIG, 'repos: [{ repo: local, hooks: [{ id: x }] }]'],
    ['pipeline', AZURE_PIPELINES, 'steps: [{ scrpt: ls }]'],
    ['pipeline', AZURE_PIPELINES, 'steps: [{ task: NodeTool@0, inputs: { version: 24.x } }]'],
    ['pipeline', AZURE_PIPELINES, 'steps: [{ task: NodeTol@0, inputs: {} }]'],
    ['pipeline', AZURE_PIPELINES, 'pool: ubuntu-latest\nsteps: [{ script: ls }]'],
    ['pipeline', AZURE_PIPELINES, 'steps: ['],
  ])('refuse %s: %# ', (_what, schema, yaml) => {
    expect(faultsOf(schema, yaml)).not.toEqual([]);
  });
});
