/**
 * npm run bench:tenant: judging the snapshot of a generated tenant beside merely reading it and beside `opa eval` with the
 * same policies, and what collecting one costs. `-- --quick` uses smaller tenants, `-- --full` also collects 100,000 agents.
 * Needs Go for the peer (or OPA naming an executable) and Linux.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { executable, projectRoot } from '../scripts/lib/opa.mjs';
import { ruleFiles } from '../scripts/lib/rules.mjs';
import { importSource } from '../scripts/lib/source.mjs';
import { compare, measure } from './measure.mjs';

const quick = process.argv.includes('--quick');
const full = process.argv.includes('--full');
const work = mkdtempSync(join(tmpdir(), 'agentid-lint-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const cli = join(projectRoot, 'dist', 'cli.js');
/** What page sizes alone ask for, an agent: four lists of 100, reports of 1,000, and a batch of 20 for its lifecycle. */
const FLOOR = 4 / 100 + 1 / 1000 + 1 / 20;
const NOW = '2026-11-23T00:00:00Z';
const catalogue = JSON.parse(readFileSync(join(projectRoot, 'policies/bundle/catalogue.json'), 'utf8'));
const rules = catalogue.rules.filter(({ surfaces }) => surfaces.includes('tenant'));

console.log(
  `${cpus().length} x ${cpus()[0].model.trim()}, Node ${process.versions.node}, ${rules.length} rules for tenants`,
);
const sizes = quick ? [2_000, 10_000] : [10_000, 100_000];
const { writeLargeSnapshot } = await importSource('bench/tenant/snapshot.ts');
const judged = [];
for (const agents of sizes) {
  await writeLargeSnapshot(snapshotOf(agents), agents);
  judged.push(await judging(agents));
}
const [small, large] = judged;
console.log(
  `\npeak RSS of ${sizes[1].toLocaleString('en')} agents: ${(large.rss / small.rss).toFixed(2)} x that of ${sizes[0].toLocaleString('en')}`,
);
for (const agents of sizes) await beside(agents);
const collected = [];
for (const agents of quick ? [500, 2_000] : [2_000, full ? 100_000 : 20_000])
  collected.push(await collecting(agents));
slope(collected);

function snapshotOf(agents) {
  return join(work, `${agents}.snapshot`);
}

function scan(agents, ...args) {
  return [cli, 'scan', '--snapshot', snapshotOf(agents), '--no-config', '--now', NOW, ...args];
}

/** Judging beside the floor: unpacking the file and parsing each line, and nothing else. */
async function judging(agents) {
  const path = snapshotOf(agents);
  const mebibytes = (statSync(path).size / 1024 ** 2).toFixed(0);
  const floor = [join(projectRoot, 'bench', 'tenant', 'floor.mjs'), path];
  const commands = [
    { name: 'read and parse, one core', command: 'taskset', args: ['-c', '0', process.execPath, ...floor] },
    {
      name: 'agentid-lint, one core',
      command: 'taskset',
      args: ['-c', '0', process.execPath, ...scan(agents, '--format', 'json')],
    },
    {
      name: 'agentid-lint, all cores',
      command: process.execPath,
      args: scan(agents, '--format', 'json'),
    },
  ];
  const results = await compare(commands, 3);
  const { stdout } = await measure(process.execPath, scan(agents, '--format', 'json'), { keep: true });
  const { findings } = JSON.parse(stdout);
  table(
    `judging ${agents.toLocaleString('en')} agents (a snapshot of ${mebibytes} MB, ${findings.length} findings; medians of 3)`,
    commands,
    results,
  );
  return results[2];
}

/** The same policies over the same agents. One input, as `opa eval` takes it. */
async function beside(agents) {
  const folder = join(work, `opa-${agents}`);
  mkdirSync(join(folder, 'policy'), { recursive: true });
  const copy = (file) => cpSync(join(projectRoot, file), join(folder, 'policy', file.replaceAll('/', '_')));
  for (const { file } of ruleFiles()) copy(file);
  for (const name of readdirSync(join(projectRoot, 'policies', 'lib')))
    if (!name.includes('test')) copy(`policies/lib/${name}`);
  copy('policies/main.rego');
  const options = Object.fromEntries(
    catalogue.rules.map(({ id, options: schemas }) => [
      id,
      Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.default])),
    ]),
  );
  const tables = readFileSync(join(projectRoot, 'policies/bundle/tables.json'), 'utf8');
  const { writeOpaInput } = await importSource('bench/tenant/peer.ts');
  await writeOpaInput(snapshotOf(agents), folder, { tables, options });
  const query =
    'sum([count(judgement.findings) | some judgement in data.agentid.main.agent_identity_in_tenant])';
  const opa = {
    name: 'opa eval',
    command: executable('opa'),
    args: [
      ...['eval', '--format', 'raw', '--data', join(folder, 'policy'), '--data', join(folder, 'data.json')],
      ...['--input', join(folder, 'input.json'), query],
    ],
  };
  const ours = { name: 'agentid-lint', command: process.execPath, args: scan(agents, '--format', 'json') };
  const theirs = await measure(opa.command, opa.args, { keep: true });
  const own = await measure(ours.command, ours.args, { keep: true });
  const { findings } = JSON.parse(own.stdout);
  const ofAgents = findings.filter(({ resource }) => resource.kind === 'agentIdentity').length;
  const count = Number(theirs.stdout.trim());
  table(`the same policies over ${agents.toLocaleString('en')} agents (one run)`, [ours, opa], [own, theirs]);
  console.log(
    `  findings of agent identities: agentid-lint ${ofAgents}, opa eval ${count}${ofAgents === count ? ' (equal)' : ' (DIFFERENT)'}`,
  );
  if (ofAgents !== count) process.exitCode = 1;
  rmSync(folder, { recursive: true });
}

/** A full read with everything that the rules need, over HTTP from a stand-in for Graph in another process. */
async function collecting(agents) {
  const server = spawn(process.execPath, [join(projectRoot, 'bench/tenant/serve.mjs'), String(agents)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const { url, token } = JSON.parse((await lines.next()).value);
  const path = join(work, 'collected.snapshot');
  const args = [cli, 'collect', '-o', path, '--no-config', '--auth', 'token', '--graph-url', url, '--quiet'];
  process.env.AGENTID_LINT_ACCESS_TOKEN = token;
  const { wall, rss, status } = await measure(process.execPath, args);
  delete process.env.AGENTID_LINT_ACCESS_TOKEN;
  server.stdin.write('end\n');
  const { units } = JSON.parse((await lines.next()).value);
  const header = JSON.parse(
    spawnSync('tar', ['-xOf', path, 'header.json'], { encoding: 'utf8', maxBuffer: 1024 ** 3 }).stdout,
  );
  rmSync(path);
  const { roundTrips, requests, batches } = header.requests;
  console.log(
    `\ncollecting ${agents.toLocaleString('en')} agents: exit code ${status}, ${(wall / 1000).toFixed(1)} s, peak RSS ${rss.toFixed(0)} MB\n` +
      `  ${roundTrips} round trips (${(roundTrips / agents).toFixed(3)} an agent): ${batches} batches with ${requests - (roundTrips - batches)} parts, ${roundTrips - batches} alone; ${units} resource units`,
  );
  return { agents, roundTrips };
}

function slope([few, many]) {
  const each = (many.roundTrips - few.roundTrips) / (many.agents - few.agents);
  const constant = Math.round(few.roundTrips - each * few.agents);
  console.log(
    `\nround trips: ${each.toFixed(3)} an agent and ${constant} (aim: 0.15; page sizes set ${FLOOR.toFixed(3)}; a call for each relation of each agent takes more than 4)`,
  );
}

function table(title, commands, results) {
  const [reference] = results;
  console.log(
    `\n${title}\n${''.padEnd(30)}${'wall'.padStart(10)}${'CPU'.padStart(10)}${'peak RSS'.padStart(11)}${'of first'.padStart(11)}`,
  );
  for (const [index, { name }] of commands.entries()) {
    const { wall, cpu, rss } = results[index];
    const ratio = `${(wall / reference.wall).toFixed(2)} x`;
    console.log(
      `  ${name.padEnd(28)}${ms(wall)}${ms(cpu)}${`${rss.toFixed(0)} MB`.padStart(11)}${ratio.padStart(11)}`,
    );
  }
}

function ms(value) {
  return `${value.toFixed(0)} ms`.padStart(10);
}
