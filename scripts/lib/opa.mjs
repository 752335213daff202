import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs the pinned OPA (a Go tool of `tools/go.mod`), or the executable that the environment variable OPA names.
 * @param {string[]} args
 * @param {{ input?: string, allowFailure?: boolean }} [options]
 * @returns {{ status: number, stdout: string, stderr: string }}
 */
export function runOpa(args, options = {}) {
  return run(executable('opa'), args, options);
}

/**
 * Runs the pinned Regal, or the executable that the environment variable REGAL names.
 * @param {string[]} args
 * @param {{ input?: string, allowFailure?: boolean }} [options]
 */
export function runRegal(args, options = {}) {
  return run(executable('regal'), args, options);
}

const PACKAGES = {
  opa: 'github.com/open-policy-agent/opa',
  regal: 'github.com/open-policy-agent/regal',
  conftest: 'github.com/open-policy-agent/conftest',
  actionlint: 'github.com/rhysd/actionlint/cmd/actionlint',
};

/** Tools with pins of their own, in a folder of `tools/` with their name. */
const ALONE = ['conftest', 'actionlint'];

/**
 * The executable of a pinned Go tool; built on first use into `.tools/`, once for each state of the pins.
 * @param {keyof typeof PACKAGES} tool
 */
export function executable(tool) {
  const named = process.env[tool.toUpperCase()];
  if (named) return named;
  const module = join(projectRoot, 'tools', ALONE.includes(tool) ? tool : '');
  const pins = createHash('sha256')
    .update(readFileSync(join(module, 'go.sum')))
    .digest('hex')
    .slice(0, 12);
  const file = join(projectRoot, '.tools', `${tool}-${pins}${process.platform === 'win32' ? '.exe' : ''}`);
  if (!existsSync(file)) {
    console.error(`building ${tool} (once, takes a minute or two) …`);
    run('go', ['-C', module, 'build', '-trimpath', '-o', file, PACKAGES[tool]], {});
  }
  return file;
}

/** @returns {{ status: number, stdout: string, stderr: string }} */
function run(command, args, { input, allowFailure = false }) {
  const result = spawnSync(command, args, {
    cwd: projectRoot,
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (result.error) {
    throw new Error(
      `cannot run ${command}: ${result.error.message}. Install Go (https://go.dev), or name the tool with the environment variables OPA, REGAL, CONFTEST or ACTIONLINT.`,
    );
  }
  const status = result.status ?? 1;
  if (status !== 0 && !allowFailure) {
    throw new Error(`${command} ${args[0]} failed (exit ${status}):\n${result.stderr}${result.stdout}`);
  }
  return { status, stdout: result.stdout, stderr: result.stderr };
}
