import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../lib/opa.mjs';

/**
 * A file that a page offers to copy: a fenced block of YAML whose first line is `# <path of the file>`.
 * @typedef {{ readonly page: string, readonly line: number, readonly path: string, readonly text: string }} Block
 */

/** Pages that hold files to copy. */
const PAGES = ['README.md', ...pagesIn('docs')];

/** @returns {readonly Block[]} */
export function readBlocks() {
  return PAGES.flatMap((page) => blocksOf(page, readFileSync(join(projectRoot, page), 'utf8')));
}

/**
 * @param {string} page
 * @param {string} markdown
 * @returns {readonly Block[]}
 */
export function blocksOf(page, markdown) {
  return [...markdown.matchAll(/^```ya?ml\n# (\S+\.ya?ml)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, path = '', text = ''] = match;
    const line = markdown.slice(0, match.index).split('\n').length + 1;
    return { page, line, path, text };
  });
}

function pagesIn(folder) {
  return readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}
