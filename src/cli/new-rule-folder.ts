import { dirname, relative, resolve, sep } from 'node:path';
import type { SourceLoader } from '../config/own-rules.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { configPath, namedRuleSources } from './load-config.ts';
import { DEFAULT_FOLDER } from './rule-folders.ts';

export type NewRuleFolder = {
  /** Absolute. It need not exist. */
  readonly path: string;
  /** As it is given, else relative to the working directory. */
  readonly name: string;
  /** How a run finds its rules: the config names the folder, or would with this entry of `rules.sources`. */
  readonly config: 'named' | { readonly file: string | null; readonly entry: string };
};

/**
 * The folder that a new rule goes into: the one that is given, else the first that the config names, else `./rules`.
 * @throws {UsageError} when the config cannot be read
 */
export async function newRuleFolder(
  given: string | undefined,
  flags: Flags,
  context: CliContext,
): Promise<NewRuleFolder> {
  if (given?.trim() === '') throw usageError('--dir: the value is empty', 'Name a folder.');
  const { cwd } = context;
  const folders = (await namedRuleSources(flags, context, startingFolders)).flatMap((source) =>
    source.kind === 'folder' ? [source.path] : [],
  );
  const path = given === undefined ? (folders[0] ?? resolve(cwd, DEFAULT_FOLDER)) : resolve(cwd, given);
  const name = given ?? withDot(relative(cwd, path));
  if (folders.includes(path)) return { name, path, config: 'named' };
  const file = configPath(flags, context);
  const entry = withDot(relative(file === null ? cwd : dirname(file), path));
  return { name, path, config: { file: file === null ? null : withSlashes(relative(cwd, file)), entry } };
}

/** A name without a dot in front could be that of a package. */
function withDot(path: string): string {
  const name = withSlashes(path);
  return name === '' ? '.' : name.startsWith('..') ? name : `./${name}`;
}

function withSlashes(path: string): string {
  return path.replaceAll(sep, '/');
}

/** A config may name a folder before its first rule is written. */
function startingFolders(read: SourceLoader['read']): SourceLoader['read'] {
  return (written, place) => {
    const found = read(written, place);
    const name = typeof written === 'string' ? written : 'folder' in written ? written.folder : null;
    if (found.ok || name === null || found.problem.code !== 'source-not-found') return found;
    return { ok: true, source: { kind: 'folder', name, path: resolve(place.base, name) } };
  };
}
