import { dirname, extname, resolve } from 'node:path';
import type { Problem } from '../documents/problem.ts';
import { CONFIG_EXTENSIONS, isInside, uriOf, type ConfigFileName } from './config-text.ts';
import { extendedPackage, type ExtendedPackage } from './extended-package.ts';
import { readConfigFile, type ConfigWorld, type ReadFile } from './file.ts';
import { mayExist } from './find.ts';
import { configProblem, quoted, type ProblemWords } from './problem.ts';
import { profileNamed, type Profile } from './profiles.ts';

/** One source of settings; `F` is a file in some state of being checked. */
export type Layer<F> =
  | { readonly kind: 'profile'; readonly name: string; readonly profile: Profile }
  | { readonly kind: 'file'; readonly file: F };

export type Layers = {
  /** From weakest to strongest. */
  readonly layers: readonly Layer<ReadFile>[];
  /** Every file in the order in which they were come upon, each with its problems; `null` for one that cannot be read. */
  readonly found: readonly Found[];
  /** Whether every file was read, and is clear about others and about sources of rules. */
  readonly isWhole: boolean;
};

type Found = { readonly file: ReadFile | null; readonly problems: readonly Problem[] };

export const NO_LAYERS: Layers = { layers: [], found: [], isWhole: true };

type Walk = {
  readonly world: ConfigWorld;
  readonly layers: Layer<ReadFile>[];
  readonly found: Found[];
  isWhole: boolean;
};

const MAX_DEPTH = 8;
const MAX_FILES = 64;

/** A config file under everything that it extends. */
export function readLayers(file: ConfigFileName, world: ConfigWorld): Layers {
  const walk: Walk = { world, layers: [], found: [], isWhole: true };
  addFile(file, [], world, walk);
  return walk;
}

function addFile(name: ConfigFileName, above: readonly string[], world: ConfigWorld, walk: Walk): void {
  const read = readConfigFile(name, world);
  if (!read.ok || !read.file.structure.isWhole) walk.isWhole = false;
  if (!read.ok) {
    walk.found.push({ file: null, problems: read.problems });
    return;
  }
  const { file } = read;
  const problems = [...file.problems];
  walk.found.push({ file, problems });
  const chain = [...above, name.path];
  for (const [place, entry] of file.structure.extends.entries()) {
    const words = addExtended(entry, chain, walk);
    if (words === null) continue;
    const { document, at } = file;
    const { range } = document.locate([...at, 'extends', place]);
    problems.push(configProblem(words, { uri: document.uri, range }));
  }
  walk.layers.push({ kind: 'file', file });
}

/** Adds what an entry of `extends` names, or tells what is wrong with the entry. */
function addExtended(entry: string, chain: readonly string[], walk: Walk): ProblemWords | null {
  const profile = profileNamed(entry);
  if (profile !== null) {
    walk.layers.push({ kind: 'profile', name: entry, profile });
    return null;
  }
  const named = fileNamed(entry, dirname(chain.at(-1) ?? ''), walk.world);
  if (named.kind === 'failed') {
    walk.found.push({ file: null, problems: named.problems });
    walk.isWhole = false;
    return null;
  }
  const words = named.kind === 'refused' ? named.words : refusal(named.file.path, chain, walk);
  if (words === null && named.kind === 'found')
    addFile(named.file, chain, { ...walk.world, boundary: walk.world.within }, walk);
  else walk.isWhole = false;
  return words;
}

/** A path is relative to the folder that it is named in; anything else is the name of a package. */
function fileNamed(entry: string, from: string, { cwd, within }: ConfigWorld): ExtendedPackage {
  return /^\.\.?\//.test(entry)
    ? { kind: 'found', file: { path: resolve(from, entry), at: [] } }
    : extendedPackage(entry, { cwd, from, within });
}

function refusal(path: string, chain: readonly string[], { world, found }: Walk): ProblemWords | null {
  if (chain.includes(path)) {
    const names = [...chain.slice(chain.indexOf(path)), path].map((step) => uriOf(step, world.cwd));
    return {
      code: 'config-extends-cycle',
      message: `Configs extend each other in a circle: ${names.join(' → ')}.`,
    };
  }
  if (chain.length >= MAX_DEPTH) return { code: 'config-extends-too-deep' };
  if (found.length >= MAX_FILES) return { code: 'config-extends-too-many' };
  if (!isInside(world.within, path)) return { code: 'config-extends-outside' };
  if (!CONFIG_EXTENSIONS.includes(extname(path))) return { code: 'config-unknown-format' };
  if (mayExist(path)) return null;
  return {
    code: 'config-extends-not-found',
    message: `There is no file ${quoted(uriOf(path, world.cwd))} to extend.`,
  };
}
