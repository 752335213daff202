import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { executable, projectRoot } from '../lib/opa.mjs';

/** How pages name our Action: the commit of a release stands in its place. */
const OURS = /agentid-lint\/agentid-lint@<commit> # v(\S+)$/;
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/**
 * What is wrong with workflows of pages, one finding a line: for actionlint, which sees our Action as a local one, so that it
 * knows its inputs and outputs; and for actions that are not pinned.
 * @param {readonly import('./blocks.mjs').Block[]} blocks
 * @param {string} folder an empty one
 * @param {string} version of the package
 */
export function faultsOfWorkflows(blocks, folder, version) {
  for (const name of ['action.yml', 'action', 'package.json']) {
    if (existsSync(join(projectRoot, name)))
      cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  }
  // What tells actionlint where a repository begins.
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true });
  const places = new Map();
  const files = blocks.map(({ page, line, path, text }, index) => {
    const file = `.github/workflows/${index}-${path.split('/').at(-1)}`;
    writeFileSync(join(folder, file), text.replaceAll(/agentid-lint\/agentid-lint@<commit>/g, './'));
    places.set(file, { page, line });
    return file;
  });
  const found = actionlint(files, folder).map(({ filepath, line, column, message, kind }) => {
    const place = places.get(filepath.replaceAll('\\', '/'));
    return `${place.page}:${place.line + line} (column ${column}): ${message} [${kind}]`;
  });
  return [...found, ...blocks.flatMap((block) => unpinned(block, version))];
}

/** What actionlint says about the workflows of this repository. */
export function faultsOfOwnWorkflows() {
  const folder = '.github/workflows';
  const files = readdirSync(join(projectRoot, folder)).map((name) => `${folder}/${name}`);
  return actionlint(files, projectRoot).map(
    ({ filepath, line, column, message, kind }) => `${filepath}:${line}:${column}: ${message} [${kind}]`,
  );
}

/** Without shellcheck and pyflakes, which not every machine has. */
function actionlint(files, cwd) {
  const args = ['-format', '{{json .}}', '-shellcheck=', '-pyflakes=', ...files];
  const { stdout, stderr, status, error } = spawnSync(executable('actionlint'), args, {
    cwd,
    encoding: 'utf8',
  });
  if (error) throw error;
  // 1 means that it found something.
  if (status !== 0 && status !== 1)
    throw new Error(`actionlint failed (exit ${status}):\n${stderr}${stdout}`);
  return JSON.parse(stdout);
}

function unpinned({ page, line, text }, version) {
  return text.split('\n').flatMap((row, index) => {
    const uses = /^\s*(?:- )?uses: (.*)$/.exec(row)?.[1];
    if (uses === undefined || PINNED.test(uses) || OURS.exec(uses)?.[1] === version) return [];
    return `${page}:${line + index + 1}: "${uses}" is not pinned by a full commit with the version behind it`;
  });
}
