import { posix } from 'node:path';
import type { Config, ManifestEntry } from './config.ts';
import { DEFAULTS } from './defaults.ts';
import { matchesGlob } from '../documents/glob-match.ts';
import { parseGlob, type Glob } from '../documents/glob.ts';

/** What the config says about a file besides rules: the last entry of `manifests` that names it, under the flags. */
export function manifestEntryFor(config: Config, uri: string): ManifestEntry | null {
  const place = manifestIndexFor(config, uri);
  const entry = place === null ? undefined : config.manifests[place];
  const { as, relationships } = config.flags;
  if (as === undefined && relationships === undefined) return entry ?? null;
  const kind = as ?? entry?.as;
  return {
    files: entry?.files ?? [],
    ...(kind === undefined ? {} : { as: kind }),
    relationships: relationships ?? entry?.relationships ?? DEFAULTS.relationships,
  };
}

/** The place of the last entry of `manifests` that names the file, or `null`. */
export function manifestIndexFor(config: Config, uri: string): number | null {
  const path = pathFromRoot(config, uri);
  if (path === null) return null;
  const place = globsOf(config).manifests.findLastIndex((globs) =>
    globs.some((glob) => matchesGlob(glob, path)),
  );
  return place === -1 ? null : place;
}

/** The pattern of `exclude` that leaves the file out, or `null` when none does. */
export function excludedBy(config: Config, uri: string): string | null {
  const path = pathFromRoot(config, uri);
  if (path === null) return null;
  return globsOf(config).exclude.find((glob) => matchesGlob(glob, path))?.source ?? null;
}

/** The places of the overrides that apply to the file, in order; `null` stands for no file. */
export function overridesFor(config: Config, uri: string | null): readonly number[] {
  const path = uri === null ? null : pathFromRoot(config, uri);
  if (path === null) return [];
  const places: number[] = [];
  for (const [place, globs] of globsOf(config).overrides.entries()) {
    if (globs.some((glob) => matchesGlob(glob, path))) places.push(place);
  }
  return places;
}

/** The file seen from the config's root. `null` when it is outside, where no pattern of the config reaches. */
function pathFromRoot(config: Config, uri: string): string | null {
  if (posix.isAbsolute(uri) || /^[a-z]:\//i.test(uri)) return null;
  const path = posix.join(config.base, uri);
  return path === '..' || path.startsWith('../') ? null : path;
}

type ConfigGlobs = {
  readonly manifests: readonly (readonly Glob[])[];
  readonly exclude: readonly Glob[];
  readonly overrides: readonly (readonly Glob[])[];
};

const known = new WeakMap<Config, ConfigGlobs>();

function globsOf(config: Config): ConfigGlobs {
  const found = known.get(config);
  if (found !== undefined) return found;
  const globs = {
    manifests: config.manifests.map(({ files }) => files.map(parseGlob)),
    exclude: config.exclude.map(parseGlob),
    overrides: config.overrides.map(({ match }) => match.path.map(parseGlob)),
  };
  known.set(config, globs);
  return globs;
}
