/**
 * Writes a report in every format in one run, of a copy of `examples/` and of the invented tenant, for those who look at
 * them: `report.<format>.<extension>`, those of the tenant in the folder `tenant`. Needs `dist/`.
 *
 *   node scripts/write-every-report.mjs <folder>
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REPORTERS } from '../dist/index.js';
import { projectRoot } from './lib/opa.mjs';

/** What both have: findings. */
const EXPECTED = 1;

const [named] = process.argv.slice(2);
if (named === undefined) {
  console.error('usage: node scripts/write-every-report.mjs <folder>');
  process.exit(2);
}
const folder = resolve(named);

const copy = mkdtempSync(join(tmpdir(), 'agentid-lint-examples-'));
try {
  cpSync(join(projectRoot, 'examples'), copy, { recursive: true });
  run('the examples', [join(projectRoot, 'dist', 'cli.js'), 'lint'], folder, copy);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
run(
  'the invented tenant',
  [join(projectRoot, 'scripts', 'demo-tenant.mjs')],
  join(folder, 'tenant'),
  projectRoot,
);

/** Runs the command once, with every format to a file of its own. */
function run(what, command, target, cwd) {
  mkdirSync(target, { recursive: true });
  const files = Object.entries(REPORTERS).map(([format, { extension }]) => ({
    format,
    path: join(target, `report.${format}.${extension}`),
  }));
  for (const { path } of files) rmSync(path, { force: true });
  const outputs = files.map(({ format, path }) => `--output=${format}=${path}`);
  const { status, stderr, error } = spawnSync(process.execPath, [...command, '--quiet', ...outputs], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) throw error;
  if (status !== EXPECTED) throw new Error(`${what}: exit ${status} in place of ${EXPECTED}\n${stderr}`);
  const missing = files.filter(({ path }) => !existsSync(path));
  if (missing.length > 0)
    throw new Error(`${what}: no report as ${missing.map(({ format }) => format).join(', ')}`);
  console.log(`${what}: ${files.length} formats in ${target}`);
}
