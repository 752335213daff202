import { posix } from 'node:path';
import type { Config, ManifestEntry } from './config.ts';
import { DEFAULTS } from './defaults.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
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

const NONE: readonly number[] = [];

/** The places of the overrides that apply to a resource, in order. */
export function overridesFor(config: Config, target: SettingsTarget): readonly number[] {
  if (config.overrides.length === 0) return NONE;
  const path = target.uri === null ? null : pathFromRoot(config, target.uri);
  const places: number[] = [];
  for (const [place, { match }] of config.overrides.entries()) {
    const globs = globsOf(config).overrides[place] ?? null;
    // What is quickly told comes first, what is in the resource is looked at last.
    if (
      (globs === null || (path !== null && globs.some((glob) => matchesGlob(glob, path)))) &&
      (match.tenant === undefined || isTenant(config, match.tenant, target.tenant)) &&
      (match.environment === undefined || haveCommon(match.environment, target.environments)) &&
      (match.blueprint === undefined || haveCommon(match.blueprint, target.blueprints))
    )
      places.push(place);
  }
  return places;
}

/**
 * The places of the overrides that may apply to resources of a tenant, in order, and of those that apply to all of them; with
 * `null`, of some tenant that nothing is known of.
 */
export function overridesInTenant(
  config: Config,
  tenant: SettingsTarget['tenant'],
): { readonly possible: readonly number[]; readonly certain: readonly number[] } {
  const possible = [...config.overrides.keys()].filter((place) => {
    const match = config.overrides[place]?.match ?? {};
    if (match.path !== undefined) return false;
    return match.tenant === undefined || tenant === null || isTenant(config, match.tenant, tenant);
  });
  const certain = possible.filter((place) => {
    const keys = Object.keys(config.overrides[place]?.match ?? {});
    return tenant !== null && keys.every((key) => key === 'tenant');
  });
  return { possible, certain };
}

/** A name of the config stands for the tenant that was asked for by it, and for the one with its id. */
export function isTenant(
  { tenants }: Pick<Config, 'tenants'>,
  named: readonly string[],
  tenant: SettingsTarget['tenant'],
): boolean {
  if (tenant === null) return false;
  const id = tenant.id.toLowerCase();
  return named.some((name) => {
    const entry = Object.hasOwn(tenants, name) ? tenants[name] : undefined;
    return name === tenant.name || (entry?.tenantId ?? name).toLowerCase() === id;
  });
}

function haveCommon(wanted: readonly string[], texts: readonly string[]): boolean {
  return texts.length > 0 && wanted.some((text) => texts.includes(text.trim().toLowerCase()));
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
  /** `null` where an override is for any file. */
  readonly overrides: readonly (readonly Glob[] | null)[];
};

const known = new WeakMap<Config, ConfigGlobs>();

function globsOf(config: Config): ConfigGlobs {
  const found = known.get(config);
  if (found !== undefined) return found;
  const globs = {
    manifests: config.manifests.map(({ files }) => files.map(parseGlob)),
    exclude: config.exclude.map(parseGlob),
    overrides: config.overrides.map(({ match }) => match.path?.map(parseGlob) ?? null),
  };
  known.set(config, globs);
  return globs;
}
