/**
 * What npm runs after an install in a clone, and before it packs one. `npm install --global <git address>`, which
 * pre-commit uses, installs no development dependencies first (https://github.com/npm/cli/issues/8440): then they are
 * installed here.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './lib/opa.mjs';

if (!existsSync(join(projectRoot, 'node_modules', 'esbuild'))) {
  npm('ci', '--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund');
}
npm('run', '--silent', 'build');

function npm(...args) {
  const program = process.env.npm_execpath;
  if (program === undefined) throw new Error('scripts/prepare.mjs is started by npm');
  const { status, error } = spawnSync(process.execPath, [program, ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
