import { isIgnored, parseGitignore, type IgnoreRules } from './gitignore.ts';
import { readFileSafely } from './read.ts';

export const GITIGNORE = '.gitignore';
const MAX_GITIGNORE_BYTES = 512 * 1024;

/** The `.gitignore` files that apply in a folder, the nearest first. */
export type IgnoreChain = {
  readonly rules: IgnoreRules;
  /** The folder of the file from the top of the workspace: empty, or ending in a slash. */
  readonly folder: string;
  /** What the report calls the file. */
  readonly uri: string;
  readonly outer: IgnoreChain | null;
};

type RulesFolder = { readonly path: string; readonly folder: string; readonly uri: string };

/** The `.gitignore` that ignores a path from the top of the workspace, or `null`. The nearest file that says something decides. */
export function ignoredBy(chain: IgnoreChain | null, path: string, kind: 'file' | 'folder'): string | null {
  for (let link = chain; link !== null; link = link.outer) {
    const verdict = isIgnored(link.rules, path.slice(link.folder.length), kind);
    if (verdict !== null) return verdict ? link.uri : null;
  }
  return null;
}

/** Adds a folder's `.gitignore`. One that is no regular file or cannot be read ignores nothing. */
export function withRulesOf(
  { path, folder, uri }: RulesFolder,
  outer: IgnoreChain | null,
): IgnoreChain | null {
  const read = readFileSafely({ uri, path: `${path}/${GITIGNORE}` }, MAX_GITIGNORE_BYTES);
  return read.ok ? { rules: parseGitignore(read.text), folder, uri, outer } : outer;
}

/** What holds where a walk starts: the rules of the folders above it, and the `.gitignore` that ignores it. */
export type IgnoresAbove = { readonly chain: IgnoreChain | null; readonly by: string | null };

/** `names` lead from `top` to the start of the walk; `uriOf` names an absolute path. */
export function ignoresAbove(
  top: string,
  names: readonly string[],
  uriOf: (path: string) => string,
): IgnoresAbove {
  let chain: IgnoreChain | null = null;
  let by: string | null = null;
  let folder = '';
  for (const name of names) {
    const path = folder === '' ? top : `${top}/${folder.slice(0, -1)}`;
    chain = withRulesOf({ path, folder, uri: uriOf(`${path}/${GITIGNORE}`) }, chain);
    by ??= ignoredBy(chain, `${folder}${name}`, 'folder');
    folder += `${name}/`;
  }
  return { chain, by };
}
