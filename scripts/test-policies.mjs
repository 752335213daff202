/**
 * What OPA and Regal say about the policies: formatting, strict check, unit tests, house lint. Pass rule ids or domains
 * to run only their unit tests: `npm run test:rule -- credentials`.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, runOpa, runRegal } from './lib/opa.mjs';
import { ruleFiles } from './lib/rules.mjs';
import { readTables } from './lib/tables.mjs';

const only = process.argv.slice(2);
const rego = regoFiles();
const steps = [
  [
    'opa fmt',
    () => failIfAny(runOpa(['fmt', '--list', ...rego]).stdout, 'not formatted; run opa fmt --write'),
  ],
  [
    'opa check --strict',
    () =>
      runOpa([
        'check',
        '--strict',
        '--capabilities',
        'policies/capabilities.json',
        ...rego.filter(isProduct),
      ]),
  ],
  ['opa test', () => runTests()],
  ['regal lint', () => runRegal(['lint', '--config-file', '.regal/config.yaml', 'policies'])],
];
let failed = false;
for (const [name, step] of steps) {
  if (only.length > 0 && name !== 'opa test') continue;
  try {
    const words = step();
    console.log(`${name}: ${typeof words === 'string' ? words : 'ok'}`);
  } catch (error) {
    failed = true;
    console.error(`${name}: ${error.message}`);
  }
}
if (failed) process.exit(1);

function runTests() {
  const filter =
    only.length > 0
      ? ['--run', only.map((id) => `agentid\\.${id.replace('/', '\\.').replaceAll('-', '_')}`).join('|')]
      : [];
  const results = withTables((tables) => {
    const { stdout, stderr } = runOpa(
      ['test', '--format', 'json', ...filter, ...rego, `agentid.tables:${tables}`],
      { allowFailure: true },
    );
    if (stdout.trim() === '') throw new Error(stderr.trim());
    return JSON.parse(stdout);
  });
  const broken = results.filter((result) => result.fail || result.error);
  for (const { package: name, name: test, location } of broken)
    console.error(`  ${location.file}:${location.row} ${name}.${test}`);
  if (broken.length > 0) throw new Error(`${broken.length} of ${results.length} tests failed`);
  if (results.length === 0) throw new Error('no test ran');
  if (only.length === 0) failIfAny(rulesWithoutTests(results).join('\n'), 'rules without a unit test');
  return `${results.length} passed`;
}

function withTables(use) {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-tables-'));
  try {
    const file = join(folder, 'tables.json');
    writeFileSync(file, JSON.stringify(readTables()));
    return use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rulesWithoutTests(results) {
  const tested = new Set(results.map(({ package: name }) => name));
  return ruleFiles().flatMap(({ id, packageName }) => (tested.has(`data.${packageName}_test`) ? [] : [id]));
}

function regoFiles() {
  const folder = join(projectRoot, 'policies');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.rego'))
    .map((name) => `policies/${name.replaceAll('\\', '/')}`)
    .sort();
}

function isProduct(name) {
  return !name.endsWith('_test.rego');
}

function failIfAny(lines, words) {
  if (lines.trim() !== '') throw new Error(`${words}:\n${lines.trim()}`);
}
