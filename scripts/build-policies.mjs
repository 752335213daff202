/**
 * Builds the policy bundle: `policies/main.rego` (entrypoints over all rules) and everything in
 * `policies/bundle/`. The result is a pure function of `policies/` and the pinned OPA.
 *
 *   npm run build:policies              write the files
 *   npm run build:policies -- --check   fail when a committed file is out of date
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCatalogue } from './lib/catalogue.mjs';
import { mainRego, entrypointName } from './lib/main-rego.mjs';
import { projectRoot, runOpa } from './lib/opa.mjs';
import { wasmInBundle } from './lib/policy-bundle.mjs';
import { ruleFiles } from './lib/rules.mjs';
import { readTables } from './lib/tables.mjs';

const check = process.argv.includes('--check');
const bundleFolder = join(projectRoot, 'policies', 'bundle');

const { catalogue, examples } = buildCatalogue();
const outputs = new Map([['policies/main.rego', mainRego(catalogue, ruleFiles())]]);
if (!check) writeOutputs(outputs);
else failOnDrift(outputs);

const wasm = buildWasm(catalogue);
const tables = JSON.stringify(readTables());
const pieces = {
  'policy.wasm': wasm,
  'tables.json': Buffer.from(`${tables}\n`),
  'catalogue.json': Buffer.from(`${JSON.stringify(catalogue)}\n`),
  'examples.json': Buffer.from(`${JSON.stringify(examples)}\n`),
};
const digest = createHash('sha256');
for (const name of Object.keys(pieces).sort()) digest.update(name).update(pieces[name]);
const manifest = {
  digest: `sha256:${digest.digest('hex')}`,
  opa: opaVersion(),
  rules: catalogue.rules.length,
};

outputs.clear();
for (const [name, bytes] of Object.entries(pieces)) outputs.set(`policies/bundle/${name}`, bytes);
outputs.set('policies/bundle/manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
if (check) failOnDrift(outputs);
else {
  mkdirSync(bundleFolder, { recursive: true });
  for (const stale of readdirSync(bundleFolder)) rmSync(join(bundleFolder, stale));
  writeOutputs(outputs);
}
console.log(
  `${check ? 'up to date' : 'built'}: ${catalogue.rules.length} rules, ${wasm.length} bytes of wasm, OPA ${manifest.opa}`,
);

function buildWasm({ rules }) {
  const kinds = [...new Set(rules.flatMap((rule) => rule.appliesTo))].sort();
  const folder = mkdtempSync(join(tmpdir(), 'agentid-policies-'));
  const bundle = join(folder, 'bundle.tar.gz');
  try {
    runOpa([
      'build',
      // Optimised builds change verdicts where data is only known at run time.
      ...['--target', 'wasm', '--optimize', '0', '--capabilities', 'policies/capabilities.json'],
      ...kinds.flatMap((kind) => ['--entrypoint', `agentid/main/${entrypointName(kind)}`]),
      ...['--output', bundle, 'policies/main.rego'],
      ...regoFiles('policies/lib'),
      ...ruleFiles().map(({ file }) => file),
    ]);
    return Buffer.from(wasmInBundle(readFileSync(bundle)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function regoFiles(folder) {
  return readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function opaVersion() {
  const version = /^Version: (\S+)/m.exec(runOpa(['version']).stdout);
  if (!version) throw new Error('opa version: no version in its output');
  return version[1];
}

function writeOutputs(files) {
  for (const [name, content] of files) writeFileSync(join(projectRoot, name), content);
}

function failOnDrift(files) {
  const stale = [...files].filter(([name, content]) => {
    const path = join(projectRoot, name);
    return !existsSync(path) || !readFileSync(path).equals(Buffer.from(content));
  });
  if (stale.length === 0) return;
  console.error(
    `out of date: ${stale.map(([name]) => name).join(', ')}. Run npm run build:policies and commit the result.`,
  );
  process.exit(1);
}
