import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { settingsFor } from '../config/effective.ts';
import { mayExist, repositoryBase, repositoryRoot } from '../config/find.ts';
import type { Problem } from '../documents/problem.ts';
import type { NamedFile, SuppressionFiles } from '../suppression-files.ts';
import type { LintRequest } from '../lint/request.ts';
import { ANYTHING } from '../model/settings-target.ts';
import type { SuppressionSources } from '../suppressions/types.ts';
import type { WaiversWorld } from '../suppressions/waivers.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { mistakeOf, type EffectiveConfig } from './load-config.ts';
import { nowOf } from './now.ts';
import { settingsPlace } from './settings-place.ts';
import { verdictFlags } from './verdict-flags.ts';

/** The folder that holds both files when nothing else is said. */
const FOLDER = '.agentid-lint';

/** Both files of a command; `isThere` when one is to be read. Paths are where the working tree has them. */
export type SuppressionPlaces = {
  readonly waivers: PlacedFile;
  readonly baseline: PlacedFile;
  /** The working directory seen from the folder that the files of waivers are relative to. */
  readonly base: string;
};

type PlacedFile = NamedFile & {
  /** Whether somebody has named it, so that it must be there. */
  readonly isNamed: boolean;
  readonly isThere: boolean;
};

export type LoadedSuppressions = {
  readonly sources: SuppressionSources;
  /** The files that were read, relative to the working directory. */
  readonly files: readonly string[];
};

/**
 * What keeps findings of a command from counting: waivers and a baseline, where they usually are or where the config or the
 * command line says, and what stands beside findings.
 * @throws {UsageError} with everything that is wrong with these files, or with the flags about them
 */
export async function loadSuppressions(
  flags: Flags,
  effective: EffectiveConfig,
  context: CliContext,
  { usesBaseline = !isBaselineOff(flags) }: { readonly usesBaseline?: boolean } = {},
): Promise<LoadedSuppressions> {
  const places = suppressionPlaces(flags, effective.config, context);
  const files = filesOf(places, flags, usesBaseline);
  const { waivers: policy } = effective.config;
  const none = { waivers: null, baseline: null, inline: !flags.isOn('--no-inline'), policy };
  const read = [files.waivers, files.baseline].flatMap((file) => file?.uri ?? []);
  if (read.length === 0) return { sources: none, files: [] };
  const { readSuppressionFiles } = await import('../suppression-files.ts');
  const loaded = readSuppressionFiles(
    readable(files, context),
    waiversWorld(flags, effective, context, places),
    repositoryBase(context.cwd),
  );
  if (!loaded.ok) throw problemsOf(loaded.problems);
  const { waivers, baseline } = loaded;
  return { sources: { ...none, waivers, baseline }, files: read };
}

/** The part of a request that says which findings count, and which of these fail the run. */
export type Judgement = Required<
  Pick<LintRequest, 'suppressions' | 'maxFindings' | 'failOnNew' | 'configFiles'>
>;

/**
 * What the command line and the config say of that.
 * @throws {UsageError} when something of it cannot be used
 */
export async function judgement(
  flags: Flags,
  effective: EffectiveConfig,
  context: CliContext,
): Promise<Judgement> {
  const { sources, files } = await loadSuppressions(flags, effective, context);
  const configFiles = [...new Set([...effective.files, ...files])];
  return { ...verdictFlags(flags, sources), suppressions: sources, configFiles };
}

/** Where the files of a command are, or would be. */
export function suppressionPlaces(flags: Flags, config: Config, context: CliContext): SuppressionPlaces {
  const place = settingsPlace(context);
  const root = rootOf(config, context);
  const placed = (path: string, isNamed: boolean): PlacedFile => ({
    uri: uriOf(path, context.cwd),
    path,
    isNamed,
    isThere: isNamed || mayExist(place.source(path)),
  });
  const named = flags.text('--baseline')?.value;
  const baseline = named === undefined ? config.baseline : resolve(context.cwd, named);
  return {
    waivers: placed(config.waivers.file ?? join(root, FOLDER, 'waivers.yaml'), config.waivers.file !== null),
    baseline: placed(baseline ?? join(root, FOLDER, 'baseline.ndjson'), baseline !== null),
    base: uriOf(context.cwd, root),
  };
}

/** What entries of a waivers file are held against. */
export function waiversWorld(
  flags: Flags,
  { config, ruleSet }: EffectiveConfig,
  context: CliContext,
  { base }: Pick<SuppressionPlaces, 'base'>,
): WaiversWorld {
  const settings = settingsFor(config, ruleSet.rules, ANYTHING);
  return {
    rules: ruleSet.rules.map(({ id, aliases }) => ({
      id,
      aliases,
      waivable: settings.rules[id]?.waivable ?? true,
    })),
    policy: config.waivers,
    now: nowOf(flags.text('--now'), context),
    base,
  };
}

/** Problems of such a file as the error of a command. */
export function problemsOf(problems: readonly Problem[]): UsageError {
  return new UsageError(problems.map(mistakeOf));
}

function isBaselineOff(flags: Flags): boolean {
  if (flags.isGiven('--baseline') && flags.isGiven('--no-baseline'))
    throw usageError('--baseline and --no-baseline contradict each other', 'Keep one of the two.');
  return flags.either('--baseline', '--no-baseline') === false;
}

function filesOf(
  { waivers, baseline }: SuppressionPlaces,
  flags: Flags,
  usesBaseline: boolean,
): SuppressionFiles {
  return {
    waivers: waivers.isThere && !flags.isOn('--no-waivers') ? waivers : null,
    baseline: baseline.isThere && usesBaseline ? baseline : null,
  };
}

/** The same files where they are read: see `CliContext.trusted`. */
function readable({ waivers, baseline }: SuppressionFiles, context: CliContext): SuppressionFiles {
  const { source } = settingsPlace(context);
  const there = (file: NamedFile | null) => file && { ...file, path: source(file.path) };
  return { waivers: there(waivers), baseline: there(baseline) };
}

/** The folder of the config; without one the nearest folder up to the root of the repository that has our folder. */
function rootOf({ file, root }: Config, context: CliContext): string {
  if (file !== null) return root;
  const { source } = settingsPlace(context);
  const top = repositoryRoot(context.cwd) ?? context.cwd;
  for (let folder = context.cwd; ; folder = dirname(folder)) {
    if (mayExist(source(join(folder, FOLDER)))) return folder;
    if (folder === top || folder === dirname(folder)) return root;
  }
}

function uriOf(path: string, from: string): string {
  return relative(from, path).replaceAll(sep, '/');
}
