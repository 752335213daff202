/**
 * What OPA and Regal say about the policies: formatting, strict check against the schema of facts, unit tests with
 * coverage, house lint. Pass rule ids or domains to run only their unit tests: `npm run test:rule -- credentials`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checked, withCompiler } from './lib/compiler.mjs';
import { projectRoot, runRegal } from './lib/opa.mjs';
import { ruleFiles } from './lib/rules.mjs';
import { readTables } from './lib/tables.mjs';

/** Per cent of the lines of rules and library that unit tests must evaluate. */
const COVERAGE = 99;

const only = process.argv.slice(2);
const modules = regoModules();
const product = Object.fromEntries(Object.entries(modules).filter(([name]) => !name.endsWith('_test.rego')));
const steps = [
  ['format', checkFormat],
  ['strict check', check],
  ['unit tests', runTests],
  ['regal lint', () => runRegal(['lint', '--config-file', '.regal/config.yaml', 'policies'])],
];
let failed = false;
await withCompiler(async (compiler) => {
  for (const [name, step] of steps) {
    if (only.length > 0 && step !== runTests) continue;
    try {
      const words = await step(compiler);
      console.log(`${name}: ${typeof words === 'string' ? words : 'ok'}`);
    } catch (error) {
      failed = true;
      console.error(`${name}: ${error.message}`);
    }
  }
});
if (failed) process.exit(1);

async function checkFormat(compiler) {
  const formatted = checked(await compiler.format(modules)).modules;
  const others = Object.keys(modules).filter((name) => formatted[name] !== modules[name]);
  if (others.length > 0) throw new Error(`not formatted: ${others.join(', ')}`);
}

async function check(compiler) {
  const read = (path) => JSON.parse(readFileSync(join(projectRoot, path), 'utf8'));
  const capabilities = read('policies/capabilities.json');
  const inputSchema = read('schemas/facts.schema.json');
  // The entrypoints take documents, not facts.
  const rules = Object.fromEntries(Object.entries(product).filter(([name]) => name !== 'policies/main.rego'));
  checked(await compiler.check({ modules: rules, capabilities, inputSchema }));
  checked(await compiler.check({ modules: product, capabilities }));
}

async function runTests(compiler) {
  const pattern = only.map((id) => `agentid\\.${id.replace('/', '\\.').replaceAll('-', '_')}`).join('|');
  const { results, coverage } = checked(
    await compiler.test({
      modules,
      data: { agentid: { tables: readTables() } },
      ...(only.length > 0 ? { run: pattern } : { coverage: true }),
    }),
  );
  const broken = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  for (const { file, row, package: name, name: test, error, failure } of broken) {
    const { text = '', got = '', expected = '' } = failure ?? {};
    console.error(
      `  ${file}:${row} ${name}.${test} ${error ?? ''}\n    ${text}\n    got ${got}\n    expected ${expected}`,
    );
  }
  if (broken.length > 0) throw new Error(`${broken.length} of ${results.length} tests failed`);
  if (results.length === 0) throw new Error('no test ran');
  if (only.length > 0) return `${results.length} passed`;
  const untested = rulesWithoutTests(results);
  if (untested.length > 0) throw new Error(`rules without a unit test: ${untested.join(', ')}`);
  return `${results.length} passed, ${covered(coverage)}`;
}

function covered({ files }) {
  const lines = { covered: 0, notCovered: 0 };
  for (const [name, report] of Object.entries(files)) {
    if (!(name in product) || name === 'policies/main.rego') continue;
    lines.covered += report.covered.length;
    lines.notCovered += report.notCovered.length;
  }
  const all = lines.covered + lines.notCovered;
  if (lines.covered * 100 < COVERAGE * all) {
    throw new Error(`${lines.covered} of ${all} lines are covered, less than ${COVERAGE} %`);
  }
  return `${lines.covered} of ${all} lines covered`;
}

function rulesWithoutTests(results) {
  const tested = new Set(results.map(({ package: name }) => name));
  return ruleFiles().flatMap(({ id, packageName }) => (tested.has(`data.${packageName}_test`) ? [] : [id]));
}

function regoModules() {
  const folder = join(projectRoot, 'policies');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.rego'))
    .map((name) => `policies/${name.replaceAll('\\', '/')}`)
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(projectRoot, name), 'utf8')]));
}
