import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** It holds GitLab's own schema of pipelines, and needs a newer Node than we do. */
const PACKAGES = ['node@24', 'gitlab-ci-local@4.75.1'];

/**
 * What is wrong with a pipeline for gitlab-ci-local, which is fetched by npm.
 * @param {string} yaml
 * @param {string} folder an empty one
 * @returns {readonly string[]}
 */
export function faultsOfPipeline(yaml, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.gitlab-ci.yml'), yaml);
  run('git', ['init', '--quiet'], folder);
  run('git', ['remote', 'add', 'origin', 'https://gitlab.example/group/project.git'], folder);
  const npx = ['--yes', ...PACKAGES.flatMap((name) => ['--package', name]), 'gitlab-ci-local', '--list'];
  const { status, output } = run('npx', npx, folder);
  if (status === 0 && /json schema validated/.test(output)) return [];
  const faults = output.split('\n').filter((line) => /^\s*•.*\[#|^\S+ must /.test(line));
  return faults.length > 0
    ? faults.map((line) => line.trim())
    : [`gitlab-ci-local failed (exit ${status}):\n${output}`];
}

function run(command, args, cwd) {
  const isWindows = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: isWindows,
  });
  if (error) throw error;
  return { status, output: `${stdout}${stderr}` };
}
