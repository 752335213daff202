import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { settingsFor } from '../config/effective.ts';
import { repositoryBase } from '../config/find.ts';
import { patternProblems, type Flag } from '../config/flags.ts';
import { manifestEntryFor, manifestIndexFor } from '../config/matching.ts';
import type { LintRequest } from '../lint/request.ts';
import type { RuleSet } from '../rules.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { loadEffectiveConfig, mistakeOf } from './load-config.ts';
import { nowOf } from './now.ts';
import { VERSION } from './version.ts';

/** The argument that stands for stdin. */
export const STDIN = '-';
const DEFAULT_MAX_FILE_SIZE = 10 * 1024 * 1024;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

export type PreparedRequest = {
  readonly request: LintRequest;
  readonly warnings: readonly string[];
  readonly config: Config;
  readonly ruleSet: RuleSet;
};

/**
 * The request that a command line and its config stand for.
 * @throws {UsageError} when either is wrong
 */
export async function lintRequest(
  paths: readonly string[],
  flags: Flags,
  context: CliContext,
): Promise<PreparedRequest> {
  refuseEmptyPaths(paths);
  const { config, ruleSet, files, warnings } = await loadEffectiveConfig(flags, context);
  const maxFileSize = bytesOf(flags.text('--max-file-size'));
  const settings = {
    cwd: context.cwd,
    paths: paths.filter((path) => path !== STDIN),
    files: {
      root: config.root,
      exclude: [...config.exclude, ...excludedBy(flags.list('--exclude'))],
      respectGitignore: !flags.isOn('--no-ignore'),
      maxFileSize,
    },
    hintsFor: (uri) => manifestEntryFor(config, uri) ?? { relationships: 'declared' },
    isManifest: (uri) => manifestIndexFor(config, uri) !== null,
    settingsFor: (target) => settingsFor(config, ruleSet.rules, target),
    exemptPrincipals: config.exemptPrincipals,
    production: config.production,
    failOn: config.failOn,
    allowEmpty: flags.isOn('--allow-empty'),
    allowIncomplete: flags.isOn('--allow-incomplete'),
    bundles: ruleSet.bundles,
    base: repositoryBase(context.cwd),
    configFiles: files,
    version: VERSION,
    now: nowOf(flags.text('--now'), context),
  } satisfies LintRequest;
  const stdin = await stdinOf(paths, flags, context, maxFileSize);
  return { request: stdin === null ? settings : { ...settings, stdin }, warnings, config, ruleSet };
}

/** `lint "$FOLDER"` with the variable unset would mean the working directory. */
function refuseEmptyPaths(paths: readonly string[]): void {
  if (paths.every((path) => path.trim() !== '')) return;
  throw usageError('a path is empty', 'Name a file, a folder or a pattern; "." is the working directory.');
}

function excludedBy(flag: Flag<readonly string[]> | undefined): readonly string[] {
  if (flag === undefined) return [];
  const problems = patternProblems(flag);
  if (problems.length > 0) throw new UsageError(problems.map(mistakeOf));
  return flag.value;
}

async function stdinOf(
  paths: readonly string[],
  flags: Flags,
  context: CliContext,
  limit: number,
): Promise<Exclude<LintRequest['stdin'], undefined> | null> {
  if (!paths.includes(STDIN)) {
    if (!flags.isGiven('--stdin-filename')) return null;
    throw usageError('--stdin-filename is given, but no path is "-"', 'Pass "-" to read from stdin.');
  }
  const uri = uriOf(flags.text('--stdin-filename')?.value ?? 'stdin.yaml', context.cwd);
  return { uri, bytes: await context.readStdin(limit) };
}

/** Editors name the file by its absolute path; the report and the config's patterns are relative. */
function uriOf(name: string, cwd: string): string {
  const path = isAbsolute(name) ? name : resolve(cwd, name);
  return relative(cwd, path).replaceAll(sep, '/');
}

/** Bytes, or a number with a unit: `500k`, `20M`. */
function bytesOf(flag: Flag<string> | undefined): number {
  if (flag === undefined) return DEFAULT_MAX_FILE_SIZE;
  const match = /^([1-9]\d{0,11})([kmg]?)(?:i?b)?$/i.exec(flag.value);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ''];
  if (match !== null && unit !== undefined) return Number(match[1]) * unit;
  throw usageError(
    `${flag.source}: ${JSON.stringify(flag.value)} is not a size`,
    'Write bytes, or a number with a unit: 500k, 20M.',
  );
}
