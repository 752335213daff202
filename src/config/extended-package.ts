import { dirname, extname, join, resolve } from 'node:path';
import { realpathSync } from 'node:fs';
import { suggest } from '../util/suggest.ts';
import { CONFIG_EXTENSIONS, isInside, type ConfigFileName } from './config-text.ts';
import { findIn, mayExist } from './find.ts';
import type { Problem } from '../documents/problem.ts';
import { quoted, type ProblemWords } from './problem.ts';
import { PROFILES } from './profiles.ts';

/** A config in an installed npm package, what is wrong with its name, or what is wrong in the package. */
export type ExtendedPackage =
  | { readonly kind: 'found'; readonly file: ConfigFileName }
  | { readonly kind: 'refused'; readonly words: ProblemWords }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] };

type World = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** Absolute folder of the file that extends the package. */
  readonly from: string;
  /** Absolute folder that the package must be in, also behind links. */
  readonly within: string;
};

/** A name as npm takes it, https://docs.npmjs.com/cli/configuring-npm/package-json#name, and what follows it. */
const NAME = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:\/(.+))?$/;

/**
 * The config that an installed npm package holds: the file that is named after it (`@contoso/config/strict.yaml`), or the one
 * that would be used in its folder. It is looked for in `node_modules` from the extending file up to `within`, and only
 * read: no code of it runs.
 */
export function extendedPackage(entry: string, { cwd, from, within }: World): ExtendedPackage {
  const [, name, inside] = NAME.exec(entry) ?? [];
  if (name === undefined || name === 'node_modules' || inside?.split('/').includes('..') === true)
    return refused(unknownEntry(entry));
  const folder = folderOf(name, from, within);
  if (folder === null) return refused(notInstalled(entry, name));
  if (!isInside(realpathSync(within), realPathOf(folder) ?? '/'))
    return refused({ code: 'config-extends-outside' });
  if (inside !== undefined) return fileIn(folder, inside, entry);
  const found = findIn(folder, cwd, within);
  if (found.kind !== 'none') return found;
  return refused({
    code: 'config-package-without-config',
    message: `The npm package ${quoted(name)} has no config.`,
  });
}

function fileIn(folder: string, inside: string, entry: string): ExtendedPackage {
  const path = resolve(folder, inside);
  if (!CONFIG_EXTENSIONS.includes(extname(path))) return refused({ code: 'config-unknown-format' });
  if (mayExist(path)) return { kind: 'found', file: { path, at: [] } };
  return refused({
    code: 'config-extends-not-found',
    message: `There is no file ${quoted(entry)} to extend.`,
    hint: 'The package is installed, and has no such file.',
  });
}

/** The nearest installed package of the name. */
function folderOf(name: string, from: string, within: string): string | null {
  for (let folder = from; isInside(within, folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...name.split('/'));
    if (mayExist(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
  return null;
}

/** `null` for a link that leads nowhere. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function refused(words: ProblemWords): ExtendedPackage {
  return { kind: 'refused', words };
}

const NAMES = Object.keys(PROFILES);

function unknownEntry(entry: string): ProblemWords {
  const near = suggest(entry, NAMES);
  const hint = `Profiles are ${NAMES.join(', ')}. Paths of files start with ./ or ../.`;
  return { code: 'config-unknown-profile', hint: near === null ? hint : `Did you mean ${quoted(near)}?` };
}

/**
 * A word alone may be a slip of a profile; what looks like a file lacks its dot. Only what is certainly the name of a package
 * or a file is repeated.
 */
function notInstalled(entry: string, name: string): ProblemWords {
  const near = entry.includes('/') ? null : suggest(entry, NAMES);
  if (near !== null)
    return {
      code: 'config-unknown-profile',
      message: 'There is no such profile, and no npm package of that name is installed.',
      hint: `Did you mean ${quoted(near)}?`,
    };
  const code = 'config-package-not-found';
  const others = `Profiles are ${NAMES.join(', ')}.`;
  if (name.startsWith('@')) {
    const message = `The npm package ${quoted(name)} is not installed.`;
    return { code, message, hint: `Install it with "npm install --save-dev ${name}". ${others}` };
  }
  const isFile = CONFIG_EXTENSIONS.includes(extname(entry));
  const hint = isFile
    ? `If a file is meant, write ./ in front: ${quoted(`./${entry}`)}.`
    : `Install it with "npm install --save-dev" and its name. ${others}`;
  return { code, hint };
}
