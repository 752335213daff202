import { dirname } from 'node:path';
import type { SchemaError } from '../../schemas/generated/types.d.mts';
import type { Problem } from '../documents/problem.ts';
import type { OwnBundle } from '../sources/load.ts';
import type { Config, ConfigurableRule } from './config.ts';
import { isInside, uriOf } from './config-text.ts';
import { validateBuiltIn, type ConfigFile, type ReadFile } from './file.ts';
import { findConfig, repositoryRoot, type FindOptions } from './find.ts';
import { NO_LAYERS, readLayers, type Layer, type Layers } from './layers.ts';
import { mergeLayers } from './merge.ts';
import { tenantNames, unknownTenants } from './override-problems.ts';
import { loadOwnRules, type OwnRules, type SourceFlags, type SourceLoader } from './own-rules.ts';
import { checkRules, type Checked, type KnownRules } from './rule-problems.ts';
import { inOrderOfFile } from './schema-problems.ts';
import { settingsFiles } from './settings-files.ts';
import { warningsOf } from './warnings.ts';
import type { WrittenConfig } from './written.ts';

export type LoadOptions = FindOptions & {
  /** The built-in rules. */
  readonly rules: readonly ConfigurableRule[];
  /** The validator of `schemas/config.schema.json` for these rules; the one of the built-in rules when absent. */
  readonly validate?: (config: unknown) => readonly SchemaError[];
  /** What the command line says about which rules there are. */
  readonly flags?: SourceFlags;
  /** Called when there is a source of own rules. */
  readonly openLoader: () => Promise<SourceLoader>;
};

type Failed = { readonly ok: false; readonly problems: readonly Problem[] };

export type LoadResult =
  | {
      readonly ok: true;
      readonly config: Config;
      /** Of own rules, in the order of `config.ruleSources`. */
      readonly bundles: readonly OwnBundle[];
      /** Files and folders that the settings came from: see `settingsFiles`. */
      readonly files: readonly string[];
      readonly warnings: readonly Problem[];
    }
  | Failed;

export type RulesResult =
  ({ readonly ok: true } & Pick<OwnRules, 'ruleSources' | 'builtIn' | 'bundles' | 'warnings'>) | Failed;

/**
 * The config that holds in a working directory, before flags over its values, with the own rules that belong to it. A
 * config with any problem is not used at all.
 */
export async function loadConfig(options: LoadOptions): Promise<LoadResult> {
  const read = readConfig(options);
  if (!read.ok) return read;
  const own = await loadOwnRules(read.layers, { ...options, ...read });
  const known = await knownRules(options.rules, own);
  const checked = new Map<ReadFile, Checked>();
  for (const { file } of read.layers.found) if (file !== null) checked.set(file, checkRules(file, known));
  const problems = allProblems(read.layers, own, checked);
  if (problems.length > 0) return { ok: false, problems };

  const layers = read.layers.layers.map((layer) => withoutProblems(layer, checked));
  const rules = { all: known.all, builtIn: options.rules };
  const { sources, ...merged } = mergeLayers(layers, rules);
  const { ruleSources, builtIn, remoteRules } = own;
  const config: Config = {
    root: read.root,
    base: uriOf(options.cwd, read.root),
    file: read.file,
    ...merged,
    ruleSources,
    builtIn,
    remoteRules,
    flags: {},
    sources: { ...sources, ...Object.fromEntries(own.origins) },
  };
  const warnings = [...own.warnings, ...warningsOf(layers, config, rules)];
  const files = settingsFiles(read.layers, own, options.cwd);
  return { ok: true, config, bundles: own.bundles, files, warnings };
}

/** The rules that a config and the command line bring along, whatever else is wrong with the config. */
export async function loadRules(options: LoadOptions): Promise<RulesResult> {
  const read = readConfig(options);
  if (!read.ok) return read;
  const own = await loadOwnRules(read.layers, { ...options, ...read });
  if (own.isComplete && own.problems.length === 0) return { ok: true, ...own };
  return { ok: false, problems: allProblems(read.layers, own, new Map()) };
}

type ReadConfig = {
  readonly ok: true;
  readonly layers: Layers;
  /** See `Config`. */
  readonly root: string;
  readonly file: string | null;
  /** Absolute folder that everything a config names must be inside of. */
  readonly within: string;
};

function readConfig({ rules, validate = validateBuiltIn, ...options }: LoadOptions): ReadConfig | Failed {
  const { cwd } = options;
  const found = findConfig(options);
  if (found.kind === 'failed') return { ok: false, problems: found.problems };
  if (found.kind === 'none') return { ok: true, layers: NO_LAYERS, root: cwd, file: null, within: cwd };
  const { path } = found.file;
  const folder = dirname(path);
  const within = repositoryRoot(folder) ?? folder;
  const boundary = options.file === undefined ? within : null;
  const layers = readLayers(found.file, { cwd, boundary, within, rules, validate });
  return { ok: true, layers, root: isInside(folder, cwd) ? folder : cwd, file: uriOf(path, cwd), within };
}

/** What checks the settings of own rules is loaded when there are any. */
async function knownRules(builtIn: readonly ConfigurableRule[], own: OwnRules): Promise<KnownRules> {
  const rules = own.bundles.flatMap(({ catalogue }) => catalogue.rules);
  const { isComplete } = own;
  if (rules.length === 0) return { all: builtIn, own: rules, isComplete, settingsErrors: () => [] };
  const { settingsErrors } = await import('./own-settings.ts');
  return { all: [...builtIn, ...rules], own: rules, isComplete, settingsErrors };
}

/** File by file, each in its order; then what stands in no config. */
function allProblems(
  { found, isWhole }: Layers,
  own: OwnRules,
  checked: ReadonlyMap<ReadFile, Checked>,
): readonly Problem[] {
  const ofOwn = (wanted: ReadFile | null) =>
    own.problems.flatMap(({ file, problem }) => (file === wanted ? [problem] : []));
  const tenants = tenantNames(found.flatMap(({ file }) => file ?? []));
  const inFiles = found.flatMap(({ file, problems }) =>
    file === null
      ? problems
      : inOrderOfFile([
          ...problems,
          ...ofOwn(file),
          ...(checked.get(file)?.problems ?? []),
          ...(isWhole ? unknownTenants(file, tenants) : []),
        ]),
  );
  return [...inFiles, ...ofOwn(null)];
}

function withoutProblems(layer: Layer<ReadFile>, checked: ReadonlyMap<ReadFile, Checked>): Layer<ConfigFile> {
  if (layer.kind === 'profile') return layer;
  const { path, at, document, written } = layer.file;
  const warnings = checked.get(layer.file)?.warnings ?? [];
  // The schema and every check after it have just said so.
  return { kind: 'file', file: { path, at, document, config: written as WrittenConfig, warnings } };
}
