/**
 * npm run bench:compiler: the Rego compiler as WebAssembly beside the `opa` executable that does the same, and what own
 * rules cost a lint run. Needs `npm run build:compiler`, Go for the peer (or OPA naming an executable) and Linux.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { executable, projectRoot } from '../scripts/lib/opa.mjs';
import { readTables } from '../scripts/lib/tables.mjs';
import { generate } from './generate.mjs';
import { compare } from './measure.mjs';

const work = mkdtempSync(join(tmpdir(), 'agentid-lint-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const opa = executable('opa');
const cli = join(projectRoot, 'dist', 'cli.js');
const NOW = '2026-11-23T00:00:00Z';

const { size, opa: version } = JSON.parse(
  readFileSync(join(projectRoot, 'packages', 'opa-compiler', 'compiler.json'), 'utf8'),
);
const packed = statSync(join(projectRoot, 'packages', 'opa-compiler', 'dist', 'opa.wasm.br')).size;
console.log(`${cpus().length} x ${cpus()[0].model.trim()}, Node ${process.versions.node}, OPA ${version}`);
console.log(`the module: ${megabytes(size)} raw, ${megabytes(packed)} packed\n`);

const OWN_RULE = `# METADATA
# title: Notes are a draft
# description: Notes that begin with draft were meant to be written later, and a reader takes them for final.
# custom:
#   severity: low
#   applies_to: [blueprint]
#   message: 'notes are a draft: "{notes}"'
#   remediation: Finish the notes or remove them.
package agentid.acme.notes

import data.agentid.lib.finding

findings contains finding.at(["notes"], {"notes": notes}) if {
	notes := input.properties.notes
	startswith(notes, "draft")
}
`;

const tables = join(work, 'tables.json');
writeFileSync(tables, JSON.stringify(readTables()));
const small = join(work, 'a.rego');
writeFileSync(small, 'package a\n\np contains x if some x in input.xs\n');
const rego = readdirSync(join(projectRoot, 'policies'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.rego'))
  .map((name) => `policies/${name}`);
const rules = rego.filter((name) => !name.endsWith('_test.rego'));
const bundle = join(work, 'bundle.tar.gz');
const build = ['build', '--target', 'wasm', '--optimize', '0', '--output', bundle];

await row('build of one rule', 5, [
  wasm('one rule'),
  native([...build, '--entrypoint', 'a/p', small]),
  { name: 'an empty Node process', command: process.execPath, args: ['-e', ''] },
]);
await row('build of the built-in rules', 3, [
  wasm('all rules'),
  native([...build, '--capabilities', 'policies/capabilities.json', ...rules]),
]);
await row('the same four times in one process', 3, [wasm('all rules', 4)]);
await row('all tests of the built-in rules, with coverage', 1, [
  wasm('all tests'),
  native(['test', '--coverage', ...rego, `agentid.tables:${tables}`]),
]);
await ownRules();

/** A lint run with own rules: the first compiles them, the second finds them in the cache. */
async function ownRules() {
  const folder = join(work, 'rules', 'acme');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'notes.rego'), OWN_RULE);
  const files = join(work, 'manifests');
  generate(files, 1_000, 'yaml');
  const lint = (name, ...flags) => ({
    name,
    command: process.execPath,
    args: [cli, 'lint', files, '--no-config', '--format', 'compact', '--now', NOW, ...flags],
  });
  process.env.AGENTID_LINT_CACHE_DIR = join(work, 'cache');
  await row('1,000 YAML files', 3, [
    lint('built-in rules'),
    lint('and an own one, compiled', '--rules', join(work, 'rules'), '--no-cache'),
    lint('and an own one, cached', '--rules', join(work, 'rules')),
  ]);
}

function wasm(job, times = 1) {
  const script = join(projectRoot, 'bench', 'compiler-job.mjs');
  return { name: 'ours', command: process.execPath, args: [script, job, String(times)] };
}

function native(args) {
  return { name: 'opa', command: opa, args, cwd: projectRoot };
}

async function row(title, rounds, commands) {
  console.log(`${title.padEnd(46)}      wall        CPU  peak RSS`);
  const results = await compare(commands, rounds);
  for (const [index, { wall, cpu, rss }] of results.entries()) {
    const cells = [`${wall.toFixed(0)} ms`, `${cpu.toFixed(0)} ms`, `${rss.toFixed(0)} MB`];
    console.log(`  ${commands[index].name.padEnd(44)}${cells.map((cell) => cell.padStart(10)).join('')}`);
  }
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
