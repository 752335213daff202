/**
 * Runs the bundled Action on the examples through GitHub's own tool for it, https://github.com/github/local-action, and
 * compares what comes out. Fetches the tool from the npm registry.
 *
 *   node scripts/local-action.mjs
 *
 * The tool imports an entrypoint that exports `run()`, as actions have before they are bundled; a bundle runs when it is
 * imported. So it is given one that does nothing but import the bundle.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './lib/opa.mjs';

const TOOL = '@github/local-action@7.0.1';
const home = mkdtempSync(join(tmpdir(), 'agentid-lint-local-'));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

const file = (name, text) => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const workspace = join(home, 'workspace');
cpSync(join(projectRoot, 'examples'), workspace, { recursive: true });
mkdirSync(join(home, 'temp'));
file('package.json', '{ "type": "module" }\n');
const bundle = pathToFileURL(join(projectRoot, 'action', 'index.js')).href;
const entrypoint = file('run.mjs', `export const run = () => import(${JSON.stringify(bundle)});\n`);
const outputs = file('outputs', '');
const summary = file('summary.md', '');
const environment = {
  GITHUB_ACTIONS: 'true',
  GITHUB_WORKSPACE: workspace,
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: file('event.json', '{}\n'),
  GITHUB_REPOSITORY: 'octo/fleet',
  GITHUB_SHA: '1'.repeat(40),
  GITHUB_REF: 'refs/heads/main',
  GITHUB_OUTPUT: outputs,
  GITHUB_STEP_SUMMARY: summary,
  RUNNER_TEMP: join(home, 'temp'),
  INPUT_FORMATS: 'sarif',
  'INPUT_OUTPUT-DIR': 'reports',
};
const dotenv = file(
  '.env',
  Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);
const { status, stdout, stderr } = spawnSync('npx', ['--yes', TOOL, projectRoot, entrypoint, dotenv], {
  cwd: projectRoot,
  env: { ...process.env, npm_config_yes: 'true' },
  encoding: 'utf8',
});

const direct = spawnSync(
  process.execPath,
  [join(projectRoot, 'dist', 'cli.js'), 'lint', '--format', 'json'],
  { cwd: workspace, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
const expected = JSON.parse(direct.stdout);
const report = JSON.parse(readFileSync(join(workspace, 'reports', 'agentid-lint.json'), 'utf8'));
const differences = [
  ['exit code of the step', status, 1],
  [
    'findings',
    report.findings.map(({ fingerprint }) => fingerprint).join(),
    expected.findings.map(({ fingerprint }) => fingerprint).join(),
  ],
  ['output "result"', outputOf('result'), 'fail'],
  ['output "findings"', outputOf('findings'), String(expected.findings.length)],
  ['a summary', readFileSync(summary, 'utf8').startsWith('## agentid-lint: failed\n'), true],
  ['an annotation', /^::error file=agents\/invoice-chaser\.blueprint\.yaml,line=\d+/m.test(stdout), true],
].filter(([, is, should]) => is !== should);
if (differences.length > 0) {
  process.stderr.write(`${stdout}${stderr}\n`);
  for (const [what, is, should] of differences)
    console.error(`${what}: ${JSON.stringify(is)} is not ${JSON.stringify(should)}`);
  process.exit(1);
}
console.log(
  `${TOOL}: the bundled Action found ${expected.findings.length} findings in the examples, and failed for them`,
);

function outputOf(name) {
  return new RegExp(`^${name}<<(.+)\\r?\\n(.*)\\r?\\n\\1$`, 'm').exec(readFileSync(outputs, 'utf8'))?.[2];
}
