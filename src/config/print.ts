import { toPointer, type Path } from '../documents/pointer.ts';
import type { RuleSource } from '../sources/rule-source.ts';
import type { Config, ConfigurableRule, ManifestEntry, ValueSource } from './config.ts';
import { uriOf } from './config-text.ts';
import { DEFAULTS } from './defaults.ts';
import { traceRule } from './effective.ts';
import { excludedBy, manifestEntryFor, manifestIndexFor, overridesFor } from './matching.ts';

/** One effective value. A list of texts is one value. */
export type ConfigEntry = {
  /** JSON Pointer of the value in a config of the same form as the file. */
  readonly pointer: string;
  readonly value: unknown;
  readonly source: ValueSource;
};

/**
 * Every effective value and where it came from. Without a file these are the values of a config file that says the
 * same as all layers together, overrides included; for a file they are what holds for that file.
 */
export function describeConfig(
  config: Config,
  rules: readonly ConfigurableRule[],
  uri: string | null,
): readonly ConfigEntry[] {
  const sourceAt = (path: Path): ValueSource => config.sources[toPointer(path)] ?? 'default';
  return uri === null ? describeAll(config, rules, sourceAt) : describeFile(config, rules, uri, sourceAt);
}

/** What is in effect for one rule in one file, and where it came from: its settings, and what the file keeps. */
export function describeRuleIn(config: Config, rule: ConfigurableRule, uri: string): readonly ConfigEntry[] {
  const place = manifestIndexFor(config, uri);
  const manifest = manifestEntryFor(config, uri) ?? { relationships: DEFAULTS.relationships };
  return [
    ...describeManifest(config, manifest, ['manifest'], place === null ? null : ['manifests', place]),
    ...describeRule(config, rule, overridesFor(config, uri)),
  ];
}

type SourceAt = (path: Path) => ValueSource;

function describeAll(config: Config, rules: readonly ConfigurableRule[], sourceAt: SourceAt): ConfigEntry[] {
  const entries = [
    entry(['version'], 1, sourceAt(['version'])),
    entry(['failOn'], config.failOn, sourceAt(['failOn'])),
  ];
  if (config.manifests.length === 0) entries.push(entry(['manifests'], [], sourceAt(['manifests'])));
  for (const [place, { files, ...rest }] of config.manifests.entries()) {
    const path = ['manifests', place];
    entries.push(entry([...path, 'files'], files, sourceAt([...path, 'files'])));
    entries.push(...describeManifest(config, rest, path, path));
  }
  entries.push(
    entry(['exclude'], config.exclude, sourceAt(['exclude'])),
    ...describeProduction(config, sourceAt),
    ...describeRemoteRules(config, sourceAt),
    ...describeTenants(config, sourceAt),
    ...describeSources(config, sourceAt),
  );
  for (const rule of rules) entries.push(...describeRule(config, rule, []));
  for (const place of config.overrides.keys()) entries.push(...describeOverride(config, place, sourceAt));
  return entries;
}

function describeFile(
  config: Config,
  rules: readonly ConfigurableRule[],
  uri: string,
  sourceAt: SourceAt,
): ConfigEntry[] {
  const pattern = excludedBy(config, uri);
  const place = manifestIndexFor(config, uri);
  const manifest = manifestEntryFor(config, uri) ?? { relationships: DEFAULTS.relationships };
  const overrides = overridesFor(config, uri);
  const entries = [
    entry(['file'], uri, 'path'),
    pattern === null
      ? entry(['excludedBy'], null, 'default')
      : entry(['excludedBy'], pattern, sourceAt(['exclude', config.exclude.indexOf(pattern)])),
    ...describeManifest(config, manifest, ['manifest'], place === null ? null : ['manifests', place]),
    entry(['failOn'], config.failOn, sourceAt(['failOn'])),
    ...describeProduction(config, sourceAt),
    ...describeSources(config, sourceAt),
  ];
  for (const rule of rules) entries.push(...describeRule(config, rule, overrides));
  return entries;
}

/** `from` is where the entry stands in the config; `null` when no entry names the file. */
function describeManifest(
  config: Config,
  manifest: Omit<ManifestEntry, 'files'>,
  path: Path,
  from: Path | null,
): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  for (const key of ['as', 'relationships'] as const) {
    const flag = config.flags[key];
    const value = flag ?? manifest[key];
    if (value === undefined) continue;
    const set = flag === undefined ? from && toPointer([...from, key]) : `/flags/${key}`;
    entries.push(entry([...path, key], value, (set === null ? undefined : config.sources[set]) ?? 'default'));
  }
  return entries;
}

function describeProduction(config: Config, sourceAt: SourceAt): ConfigEntry[] {
  return (['environments', 'tags'] as const).map((key) =>
    entry(['production', key], config.production[key], sourceAt(['production', key])),
  );
}

/** No secret is in it: those are told by the environment only. */
function describeTenants({ tenants }: Config, sourceAt: SourceAt): ConfigEntry[] {
  const named = Object.entries(tenants);
  if (named.length === 0) return [entry(['tenants'], {}, sourceAt(['tenants']))];
  return named.flatMap(([name, tenant]) =>
    Object.entries(tenant).map(([key, value]) =>
      entry(['tenants', name, key], value, sourceAt(['tenants', name, key])),
    ),
  );
}

/** Which rules there are. What a source is called in a report does not matter here: paths are relative to the config's root. */
function describeSources({ root, ruleSources, builtIn }: Config, sourceAt: SourceAt): ConfigEntry[] {
  const path = ['rules', 'sources'];
  const entries = ruleSources.length === 0 ? [entry(path, [], sourceAt(path))] : [];
  for (const [place, source] of ruleSources.entries()) {
    const origin = sourceAt([...path, place]);
    for (const [key, value] of Object.entries(writtenForm(source, root)))
      if (value !== null) entries.push(entry([...path, place, key], value, origin));
  }
  return [...entries, entry(['rules', 'builtIn'], builtIn, sourceAt(['rules', 'builtIn']))];
}

function writtenForm(source: RuleSource, root: string): { readonly [key: string]: string | null } {
  switch (source.kind) {
    case 'folder':
      return { folder: pathFrom(root, source.path) };
    case 'bundle':
      return { bundle: pathFrom(root, source.path), sha256: source.sha256 };
    case 'url':
      return { url: source.name, sha256: source.sha256 };
    case 'package':
      return { package: source.package };
  }
}

/** Keys are told by their files; what is in them is nobody's business. */
function describeRemoteRules({ root, remoteRules }: Config, sourceAt: SourceAt): ConfigEntry[] {
  const { keys, ...rest } = remoteRules;
  const path = ['remoteRules', 'keys'];
  const origin = sourceAt(path);
  const settings = Object.entries(rest).map(([key, value]) =>
    entry(['remoteRules', key], value, sourceAt(['remoteRules', key])),
  );
  const listed = keys.flatMap(({ id, algorithm, file }, place) =>
    Object.entries({ id, algorithm, file: pathFrom(root, file) }).map(([key, value]) =>
      entry([...path, place, key], value, origin),
    ),
  );
  return [...settings, ...(keys.length === 0 ? [entry(path, [], origin)] : listed)];
}

/** A path as a config in `root` would write it. */
function pathFrom(root: string, path: string): string {
  const inside = uriOf(path, root);
  return /^(?:\.\.?(?:\/|$)|\/|[a-z]:)/i.test(inside) ? inside : `./${inside}`;
}

function describeRule(config: Config, rule: ConfigurableRule, overrides: readonly number[]): ConfigEntry[] {
  const { severity, severityInProduction, options } = traceRule(config, rule, overrides);
  const path = ['rules', rule.id];
  const entries = [entry([...path, 'severity'], severity.value, severity.source)];
  if (severityInProduction.value !== null && severity.value !== 'off') {
    entries.push(
      entry([...path, 'severityInProduction'], severityInProduction.value, severityInProduction.source),
    );
  }
  for (const [name, { value, source }] of Object.entries(options)) {
    entries.push(entry([...path, name], value, source));
  }
  return entries;
}

function describeOverride(config: Config, place: number, sourceAt: SourceAt): ConfigEntry[] {
  const override = config.overrides[place];
  if (override === undefined) return [];
  const path = ['overrides', place];
  const entries = [
    entry([...path, 'match', 'path'], override.match.path, sourceAt([...path, 'match', 'path'])),
  ];
  for (const [id, { options, ...rest }] of Object.entries(override.rules)) {
    for (const [key, value] of Object.entries({ ...rest, ...options })) {
      entries.push(entry([...path, 'rules', id, key], value, sourceAt([...path, 'rules', id, key])));
    }
  }
  return entries;
}

function entry(path: Path, value: unknown, source: ValueSource): ConfigEntry {
  return { pointer: toPointer(path), value, source };
}
