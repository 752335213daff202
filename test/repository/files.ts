import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Not of the repository: what is installed, built, or kept by tools. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.git', '.tools']);
const GENERATED = 'schemas/generated/';

/** Every file of the repository, with forward slashes, in order. */
export function repositoryFiles(): readonly string[] {
  return filesBelow('')
    .filter((file) => !file.startsWith(GENERATED))
    .sort();
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file.replaceAll('/', sep)), 'utf8');
}

export function readJson(file: string): unknown {
  return JSON.parse(read(file));
}
