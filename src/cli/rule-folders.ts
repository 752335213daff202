import { resolve } from 'node:path';
import type { NamedFolder } from '../rules/check.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { namedRuleSources } from './load-config.ts';

/** Where own rules are kept when nobody says otherwise. */
export const DEFAULT_FOLDER = './rules';

/** Options that the default depends on. */
export const FOLDER_OPTIONS = ['--config', '--no-config', '--rules'] as const;

/**
 * The folders of own rules that a command is about: the one it is given, else those that the config and `--rules`
 * name, else `./rules`.
 * @throws {UsageError} when there is none, or when the config cannot be read
 */
export async function ruleFolders(
  folder: string | undefined,
  flags: Flags,
  context: CliContext,
): Promise<readonly NamedFolder[]> {
  if (folder !== undefined) {
    if (folder.trim() === '')
      throw usageError('the folder is empty', 'Name a folder; "." is the working directory.');
    return [named(folder, context)];
  }
  const sources = await namedRuleSources(flags, context);
  const folders = sources.flatMap(({ kind, name, ...source }) =>
    kind === 'folder' && 'path' in source ? [{ name, path: source.path }] : [],
  );
  if (folders.length > 0) return folders;
  if (context.exists(resolve(context.cwd, DEFAULT_FOLDER))) return [named(DEFAULT_FOLDER, context)];
  throw usageError(
    `no folder of rules is named, and there is no ${DEFAULT_FOLDER}`,
    'Name one, put it into "rules.sources" of the config, or start with "agentid-lint rules new <domain>/<rule-name>".',
  );
}

/**
 * The one folder of own rules that a command is about.
 * @throws {UsageError} when there are several, none, or when the config cannot be read
 */
export async function oneRuleFolder(
  folder: string | undefined,
  flags: Flags,
  context: CliContext,
): Promise<NamedFolder> {
  const [first, ...others] = await ruleFolders(folder, flags, context);
  if (first !== undefined && others.length === 0) return first;
  const names = [first, ...others].map((each) => each?.name).join(', ');
  throw usageError(`there are several folders of rules: ${names}`, 'Name one of them.');
}

function named(folder: string, { cwd }: CliContext): NamedFolder {
  return { name: folder, path: resolve(cwd, folder) };
}
