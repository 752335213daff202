/**
 * npm run bench: our command line beside `conftest test` and `opa exec`, with the same rules over the same files, in one
 * run. `-- --quick` leaves out 10,000 files. Needs Go for the peers (or CONFTEST and OPA naming executables) and Linux.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync, readdirSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { executable, projectRoot } from '../scripts/lib/opa.mjs';
import { ruleFiles } from '../scripts/lib/rules.mjs';
import { generate } from './generate.mjs';
import { compare, measure } from './measure.mjs';

const quick = process.argv.includes('--quick');
// Outside the repository, whose .gitignore our own command would honour.
const work = mkdtempSync(join(tmpdir(), 'agentid-lint-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const cli = join(projectRoot, 'dist', 'cli.js');
const NOW = '2026-11-23T00:00:00Z';

const peers = preparePeers();
const sizes = quick ? [10, 1_000] : [10, 1_000, 10_000];
for (const size of sizes)
  for (const language of ['json', 'yaml']) generate(folderOf(size, language), size, language);

console.log(
  `${cpus().length} x ${cpus()[0].model.trim()}, Node ${process.versions.node}, ${ruleFiles().length} rules, files of about 2 KB`,
);
await sameFindings();
await coldStart();
for (const size of sizes.filter((count) => count > 10))
  for (const language of ['json', 'yaml']) await many(size, language);
for (const language of ['json', 'yaml']) await shares(sizes.at(-1), language);

function folderOf(size, language) {
  return join(work, `${language}-${size}`);
}

function ours(path, format = 'compact') {
  return {
    name: 'agentid-lint',
    command: process.execPath,
    args: [cli, 'lint', path, '--no-config', '--format', format, '--now', NOW],
  };
}

function conftest(path) {
  return {
    name: 'conftest test',
    command: peers.conftest,
    args: ['test', '--no-color', '--policy', peers.policy, '--data', peers.data, path],
  };
}

function opaExec(path) {
  return {
    name: 'opa exec',
    command: peers.opa,
    args: ['exec', '--decision', 'main/deny', '--bundle', peers.bundle, path],
  };
}

/** Policies and data as the peers want them: all of policies/ without tests, and the adapter that derives facts. */
function preparePeers() {
  const bundle = join(work, 'bundle');
  mkdirSync(join(bundle, 'policy'), { recursive: true });
  const copy = (file) => cpSync(join(projectRoot, file), join(bundle, 'policy', file.replaceAll('/', '_')));
  for (const { file } of ruleFiles()) copy(file);
  for (const name of readdirSync(join(projectRoot, 'policies', 'lib')))
    if (!name.includes('test')) copy(`policies/lib/${name}`);
  copy('policies/main.rego');
  copy('bench/peers/adapter.rego');
  const { rules } = JSON.parse(readFileSync(join(projectRoot, 'policies/bundle/catalogue.json'), 'utf8'));
  const options = Object.fromEntries(
    rules.map(({ id, options: schemas }) => [
      id,
      Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default])),
    ]),
  );
  const tables = JSON.parse(readFileSync(join(projectRoot, 'policies/bundle/tables.json'), 'utf8'));
  const known = { shared_federated_identities: {}, shared_names: {}, blueprint_ids: {}, tool_scopes: {} };
  const data = { agentid: { tables, options: { 0: options }, known, run: { now: Date.parse(NOW) / 1000 } } };
  mkdirSync(join(bundle, 'data'));
  writeFileSync(join(bundle, 'data.json'), JSON.stringify(data));
  writeFileSync(join(bundle, 'data', 'agentid.json'), JSON.stringify(data));
  return {
    conftest: executable('conftest'),
    opa: executable('opa'),
    bundle,
    policy: join(bundle, 'policy'),
    data: join(bundle, 'data'),
  };
}

/** A comparison of speed means nothing if the answers differ. */
async function sameFindings() {
  const path = folderOf(10, 'json');
  const report = JSON.parse(
    (await measure(process.execPath, ours(path, 'json').args, { keep: true })).stdout,
  );
  const answers = JSON.parse((await measure(peers.opa, opaExec(path).args, { keep: true })).stdout);
  const theirs = answers.result.reduce((sum, { result }) => sum + (result?.length ?? NaN), 0);
  console.log(
    `findings in 10 files: agentid-lint ${report.findings.length}, opa exec ${theirs}${report.findings.length === theirs ? ' (equal)' : ' (DIFFERENT)'}`,
  );
  if (report.findings.length !== theirs) process.exitCode = 1;
}

async function coldStart() {
  for (const language of ['json', 'yaml']) {
    const path = join(folderOf(10, language), 'team-00', `agent-00000.${language}`);
    const empty = { name: 'empty Node process', command: process.execPath, args: ['--eval', ''] };
    await table(
      `one cold ${language.toUpperCase()} file`,
      [empty, ours(path), conftest(path), opaExec(path)],
      quick ? 9 : 21,
    );
  }
}

async function many(size, language) {
  const path = folderOf(size, language);
  await table(
    `${size.toLocaleString('en')} ${language.toUpperCase()} files`,
    [ours(path), conftest(path), opaExec(path)],
    size > 1_000 ? 1 : 3,
  );
}

async function table(title, commands, rounds) {
  const results = await compare(commands, rounds);
  const reference = results[commands.findIndex(({ name }) => name === 'conftest test')];
  console.log(
    `\n${title} (${rounds === 1 ? 'one run' : `medians of ${rounds}`})\n${'  '.padEnd(24)}${'wall'.padStart(10)}${'CPU'.padStart(10)}${'peak RSS'.padStart(11)}${'of conftest'.padStart(13)}`,
  );
  for (const [index, { name }] of commands.entries()) {
    const { wall, cpu, rss } = results[index];
    const ratio = `${(wall / reference.wall).toFixed(2)} x`;
    console.log(
      `  ${name.padEnd(22)}${ms(wall)}${ms(cpu)}${`${rss.toFixed(0)} MB`.padStart(11)}${ratio.padStart(13)}`,
    );
  }
}

function ms(value) {
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`.padStart(10);
}

/** Where the time of a large run goes. */
async function shares(size, language) {
  const { args } = ours(folderOf(size, language));
  console.log(`\n${size.toLocaleString('en')} ${language.toUpperCase()} files, by stage`);
  const { stderr } = spawnSync(process.execPath, [...args, '--stats'], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  console.log(stderr.replace(/^stages:\n/, '').trimEnd());
}
