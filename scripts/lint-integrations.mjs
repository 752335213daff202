/**
 * Holds what pages offer to copy, and our own hooks and workflows, against their own linters:
 *
 *   workflows           actionlint (a Go tool of tools/actionlint), and actions pinned by commit
 *   GitLab CI           GitLab's schema, by gitlab-ci-local (npm)
 *   Azure Pipelines     a schema of ours, made from Microsoft's documentation
 *   pre-commit          a schema of ours; and pre-commit itself, where it is installed
 *
 * Where check-jsonschema (https://check-jsonschema.readthedocs.io) is installed, its schemas are asked too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORE_SCHEMA, FAILSAFE_SCHEMA, load } from 'js-yaml';
import { readBlocks } from './integrations/blocks.mjs';
import { faultsOfPipeline } from './integrations/gitlab.mjs';
import { AZURE_PIPELINES, faultsOf, PRE_COMMIT_CONFIG, PRE_COMMIT_HOOKS } from './integrations/schemas.mjs';
import { faultsOfOwnWorkflows, faultsOfWorkflows } from './integrations/workflows.mjs';
import { projectRoot } from './lib/opa.mjs';

const HOOKS = '.pre-commit-hooks.yaml';
const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
const blocks = readBlocks();
const scratch = mkdtempSync(join(tmpdir(), 'agentid-lint-integrations-'));
let failed = false;

try {
  const workflows = of(/^\.github\/workflows\//);
  tell(`${workflows.length} workflows of pages: actionlint`, faultsOfWorkflows(workflows, empty(), version));
  tell('own workflows: actionlint', faultsOfOwnWorkflows());
  tell('the workflow of init: actionlint', faultsOfWorkflows([initialWorkflow()], empty(), version));

  const hooks = readFileSync(join(projectRoot, HOOKS), 'utf8');
  tell(`${HOOKS}: schema`, faultsOf(PRE_COMMIT_HOOKS, hooks));
  ask('pre-commit', ['validate-manifest', join(projectRoot, HOOKS)], `${HOOKS}: pre-commit`);
  for (const block of of(/^\.pre-commit-config\.yaml$/)) {
    tell(`${placeOf(block)}: schema`, faultsOf(PRE_COMMIT_CONFIG, block.text));
    ask('pre-commit', ['validate-config', written(block)], `${placeOf(block)}: pre-commit`);
  }

  const pipelines = of(/^\.gitlab-ci\.yml$/);
  for (const block of pipelines) {
    tell(`${placeOf(block)}: GitLab's schema`, faultsOfPipeline(block.text, empty()));
    askSchema('gitlab-ci', block);
  }
  for (const block of of(/^azure-pipelines\.yml$/)) {
    tell(`${placeOf(block)}: schema`, faultsOf(AZURE_PIPELINES, block.text));
    askSchema('azure-pipelines', block);
  }

  const known =
    /^(?:\.github\/workflows\/.*|\.pre-commit-config\.yaml|\.gitlab-ci\.yml|azure-pipelines\.yml)$/;
  const config = /agentid-lint\.config\.yaml$/;
  const strangers = blocks.filter(({ path }) => !known.test(path) && !config.test(path));
  tell(
    `${blocks.length} files of pages: each has a linter`,
    strangers.map((block) => `${placeOf(block)}: nothing lints ${block.path}`),
  );
  tell('versions of the package: the current one', blocks.flatMap(otherVersions));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (failed) process.exitCode = 1;

function of(pattern) {
  const found = blocks.filter(({ path }) => pattern.test(path));
  // A linter that is given nothing finds nothing.
  if (found.length === 0) tell(`files ${String(pattern)}`, ['no page has one']);
  return found;
}

/** What `init` writes, by the command line that was built. */
function initialWorkflow() {
  const path = '.github/workflows/agentid-lint.yml';
  const folder = empty();
  const cli = join(projectRoot, 'dist', 'cli.js');
  spawnSync('git', ['init', '--quiet'], { cwd: folder });
  const { status, stderr } = spawnSync(process.execPath, [cli, 'init', '--yes', '--workflow=github'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`init failed (exit ${status}):\n${stderr}`);
  return { page: 'agentid-lint init', line: 0, path, text: readFileSync(join(folder, path), 'utf8') };
}

function placeOf({ page, line }) {
  return `${page}:${line}`;
}

function otherVersions({ page, line, text }) {
  const others = [...text.matchAll(/agentid-lint@(\d[\w.-]*)/g)].filter(([, found]) => found !== version);
  return others.map(([found]) => `${page}:${line}: ${found}, and the version is ${version}`);
}

function empty() {
  return mkdtempSync(join(scratch, 'in-'));
}

function written({ text, path }) {
  const file = join(empty(), path.split('/').at(-1));
  writeFileSync(file, text);
  return file;
}

/** A program that not every machine has. */
function ask(program, args, what) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) console.log(`${what}: not asked, it is not installed`);
  else tell(what, status === 0 ? [] : [`${stdout}${stderr}`.trim()]);
}

/** Microsoft's schema has every scalar as text. */
function askSchema(schema, block) {
  const value = load(block.text, { schema: schema === 'azure-pipelines' ? FAILSAFE_SCHEMA : CORE_SCHEMA });
  const json = written({ path: `${schema}.json`, text: JSON.stringify(value) });
  const args = ['--regex-variant', 'nonunicode', '--builtin-schema', `vendor.${schema}`, json];
  ask('check-jsonschema', args, `${placeOf(block)}: check-jsonschema`);
}

function tell(what, faults) {
  if (faults.length === 0) return console.log(`${what}: ok`);
  failed = true;
  console.error(`${what}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}
