import { dirname } from 'node:path';
import { toPointer, type Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import type { LoadedSources, OwnBundle } from '../sources/load.ts';
import type { NamedAt, NamedSource } from '../sources/named-source.ts';
import type { WrittenSource } from '../sources/parse.ts';
import type { RemoteRules, RuleSource } from '../sources/rule-source.ts';
import type { Config, ValueSource } from './config.ts';
import { DEFAULTS } from './defaults.ts';
import { placeIn, type ReadFile } from './file.ts';
import type { Flag } from './flags.ts';
import type { Layers } from './layers.ts';
import { configProblem } from './problem.ts';
import { remoteRulesOf } from './remote-rules.ts';
import { keyAt } from './schema-problems.ts';

/** Reads the names of sources and loads what they name; `src/sources/load.ts` has one. */
export type SourceLoader = {
  readonly read: (written: WrittenSource, place: NamedAt) => NamedSource;
  readonly load: (sources: readonly RuleSource[], remote: RemoteRules) => Promise<LoadedSources>;
};

/** What the command line says about which rules there are. */
export type SourceFlags = {
  readonly sources?: Flag<readonly string[]>;
  readonly builtIn?: Flag<boolean>;
};

export type OwnRules = Pick<Config, 'ruleSources' | 'builtIn' | 'remoteRules'> & {
  readonly bundles: readonly OwnBundle[];
  /** Whether every source is known and was loaded. */
  readonly isComplete: boolean;
  /** JSON Pointer of a value to where it was set. */
  readonly origins: ReadonlyMap<string, ValueSource>;
  /** Problems, and the config file that they stand in. */
  readonly problems: readonly PlacedProblem[];
  readonly warnings: readonly Problem[];
};

type PlacedProblem = { readonly file: ReadFile | null; readonly problem: Problem };

export type OwnRulesOptions = {
  /** Absolute working directory. */
  readonly cwd: string;
  /** Absolute folder of the config. */
  readonly root: string;
  /** Absolute folder that everything a config names must be inside of. */
  readonly within: string;
  readonly flags?: SourceFlags;
  /** Called when there is a source. */
  readonly openLoader: () => Promise<SourceLoader>;
};

/**
 * The rules that a config and the command line bring along. Sources of extended files come before those of the file
 * that extends them, those of the command line last. Nothing is loaded while a file that may name sources cannot be read.
 */
export async function loadOwnRules(layers: Layers, options: OwnRulesOptions): Promise<OwnRules> {
  const files = layers.layers.flatMap((layer) => (layer.kind === 'file' ? [layer.file] : []));
  const { remoteRules, ...remote } = remoteRulesOf(files, options);
  const builtIn = builtInOf(files, options.flags ?? {});
  const mentions = mentionsIn(files, options);
  const problems: PlacedProblem[] = [...remote.problems];
  const origins = new Map(remote.origins);
  if (builtIn.origin !== 'default') origins.set('/rules/builtIn', builtIn.origin);
  const none = { bundles: [], warnings: [] };
  if (mentions.length === 0) {
    if (!builtIn.value && layers.isWhole) problems.push({ file: builtIn.file, problem: noRules(builtIn) });
    const settings = { ruleSources: [], builtIn: builtIn.value, remoteRules };
    return { ...settings, ...none, isComplete: layers.isWhole, origins, problems };
  }

  const loader = await options.openLoader();
  const read = readSources(mentions, loader);
  for (const [pointer, origin] of read.origins) origins.set(pointer, origin);
  problems.push(...read.problems);
  const settings = { ruleSources: read.sources, builtIn: builtIn.value, remoteRules };
  if (!layers.isWhole || problems.length > 0)
    return { ...settings, ...none, isComplete: false, origins, problems };
  const loaded = await loader.load(read.sources, remoteRules);
  if (!loaded.ok) {
    const broken = loaded.problems.map((problem) => ({ file: null, problem }));
    return { ...settings, ...none, isComplete: false, origins, problems: broken };
  }
  const { bundles, warnings } = loaded;
  return { ...settings, bundles, warnings, isComplete: true, origins, problems };
}

type BuiltIn = { readonly value: boolean; readonly origin: ValueSource; readonly file: ReadFile | null };

function builtInOf(files: readonly ReadFile[], { builtIn }: SourceFlags): BuiltIn {
  if (builtIn !== undefined) return { value: builtIn.value, origin: builtIn.source, file: null };
  const file = files.findLast(({ structure }) => structure.builtIn !== undefined);
  const value = file?.structure.builtIn;
  if (file === undefined || value === undefined)
    return { value: DEFAULTS.builtIn, origin: 'default', file: null };
  return { value, origin: placeIn(file, ['rules', 'builtIn']), file };
}

function noRules({ origin, file }: BuiltIn): Problem {
  if (file !== null)
    return configProblem({ code: 'config-no-rules' }, keyAt({ ...file, rules: [] }, ['rules', 'builtIn']));
  const message = `${origin}: there is nothing to judge by, because no source of own rules is named either.`;
  return configProblem({ code: 'config-no-rules', message }, { uri: null, range: null });
}

type Mention = {
  readonly written: WrittenSource;
  readonly file: ReadFile | null;
  readonly origin: ValueSource;
  readonly place: NamedAt;
};

function mentionsIn(
  files: readonly ReadFile[],
  { cwd, root, within, flags = {} }: OwnRulesOptions,
): readonly Mention[] {
  const inFiles = files.flatMap((file) =>
    file.structure.sources.map((written, index): Mention => {
      const path: Path = ['rules', 'sources', index];
      const { uri } = file.document;
      const { range } = file.document.locate([...file.at, ...path]);
      const place = { base: dirname(file.path), within, root, named: { uri, range } };
      return { written, file, origin: placeIn(file, path), place };
    }),
  );
  const { value: typed = [], source: origin = '' } = flags.sources ?? {};
  const place = { base: cwd, within: null, root: cwd, named: { uri: null, range: null } };
  return [...inFiles, ...typed.map((written) => ({ written, file: null, origin, place }))];
}

type ReadSources = Pick<OwnRules, 'origins' | 'problems'> & { readonly sources: readonly RuleSource[] };

/** The sources that the names stand for, each once, at its first place. */
function readSources(mentions: readonly Mention[], loader: SourceLoader): ReadSources {
  const sources = new Map<string, RuleSource>();
  const origins = new Map<string, ValueSource>();
  const problems: PlacedProblem[] = [];
  for (const { written, file, origin, place } of mentions) {
    const read = loader.read(written, place);
    if (!read.ok) {
      const { problem } = read;
      const message = file === null ? `${origin}: ${problem.message}` : problem.message;
      problems.push({ file, problem: { ...problem, message } });
      continue;
    }
    const key = identityOf(read.source);
    if (sources.has(key)) continue;
    origins.set(toPointer(['rules', 'sources', sources.size]), origin);
    sources.set(key, read.source);
  }
  return { sources: [...sources.values()], origins, problems };
}

/** Equal for two names of one place. With another digest it is another source, which will not pass both. */
function identityOf(source: RuleSource): string {
  return JSON.stringify({ ...source, name: null });
}
