import { toPointer, type Path } from '../documents/pointer.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import type { RuleSource } from '../sources/rule-source.ts';
import type { Config, ConfigurableRule, ManifestEntry, ValueSource } from './config.ts';
import { uriOf } from './config-text.ts';
import { DEFAULTS } from './defaults.ts';
import { failOnIn, failOnOverride, traceRule } from './effective.ts';
import { excludedBy, manifestEntryFor, manifestIndexFor, overridesFor } from './matching.ts';

/** One effective value. A list of texts is one value. */
export type ConfigEntry = {
  /** JSON Pointer of the value in a config of the same form as the file. */
  readonly pointer: string;
  readonly value: unknown;
  readonly source: ValueSource;
};

/** A resource, by what it is called. */
export type NamedTarget = { readonly name: string; readonly target: SettingsTarget };

/** What somebody wants to know of a config. */
export type ConfigQuestion = {
  /** What is asked about, and which words of the command line say so. */
  readonly target: SettingsTarget;
  readonly given: readonly { readonly key: string; readonly value: string; readonly source: ValueSource }[];
  /** Resources in the file, when it could be read. */
  readonly resources: readonly NamedTarget[];
};

/**
 * Every effective value and where it came from. Without a question these are the values of a config file that says the
 * same as all layers together, overrides included; with one they are what holds for that file or resource. Where resources of
 * a file differ, each has what is different for it.
 */
export function describeConfig(
  config: Config,
  rules: readonly ConfigurableRule[],
  question: ConfigQuestion | null,
): readonly ConfigEntry[] {
  const sourceAt = (path: Path): ValueSource => config.sources[toPointer(path)] ?? 'default';
  return question === null
    ? describeAll(config, rules, sourceAt)
    : describeAnswer(config, rules, question, sourceAt);
}

/** What is in effect of one rule for a resource in a file, and where it came from: its settings, and what the file keeps. */
export function describeRuleIn(
  config: Config,
  rule: ConfigurableRule,
  target: SettingsTarget,
): readonly ConfigEntry[] {
  const { uri } = target;
  const place = uri === null ? null : manifestIndexFor(config, uri);
  const manifest = (uri === null ? null : manifestEntryFor(config, uri)) ?? {
    relationships: DEFAULTS.relationships,
  };
  return [
    ...describeManifest(config, manifest, ['manifest'], place === null ? null : ['manifests', place]),
    ...describeRule(config, rule, overridesFor(config, target)),
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
    ...describeSuppressions(config, sourceAt),
    ...describeRemoteRules(config, sourceAt),
    ...describeTenants(config, sourceAt),
    ...describeSources(config, sourceAt),
  );
  for (const rule of rules) entries.push(...describeRule(config, rule, []));
  for (const place of config.overrides.keys()) entries.push(...describeOverride(config, place, sourceAt));
  return entries;
}

function describeAnswer(
  config: Config,
  rules: readonly ConfigurableRule[],
  { target, given, resources }: ConfigQuestion,
  sourceAt: SourceAt,
): ConfigEntry[] {
  const each = resources.map(({ name, target: one }) => ({ name, overrides: overridesFor(config, one) }));
  const isOne =
    each.length > 0 && each.every(({ overrides }) => overrides.join() === each[0]?.overrides.join());
  const overrides = isOne ? (each[0]?.overrides ?? []) : overridesFor(config, target);
  const general = rules.flatMap((rule) => describeRule(config, rule, overrides));
  return [
    ...given.map(({ key, value, source }) => entry([key], value, source)),
    ...(target.uri === null ? [] : describeFile(config, target.uri, sourceAt)),
    describeFailOn(config, target.tenant, sourceAt),
    ...describeProduction(config, sourceAt),
    ...describeSuppressions(config, sourceAt),
    ...describeApplying(config, ['overrides'], overrides, sourceAt),
    ...describeSources(config, sourceAt),
    ...general,
    ...(isOne ? [] : describeEach(config, rules, { each, general }, sourceAt)),
  ];
}

function describeFile(config: Config, uri: string, sourceAt: SourceAt): ConfigEntry[] {
  const pattern = excludedBy(config, uri);
  const place = manifestIndexFor(config, uri);
  const manifest = manifestEntryFor(config, uri) ?? { relationships: DEFAULTS.relationships };
  return [
    entry(['file'], uri, 'path'),
    pattern === null
      ? entry(['excludedBy'], null, 'default')
      : entry(['excludedBy'], pattern, sourceAt(['exclude', config.exclude.indexOf(pattern)])),
    ...describeManifest(config, manifest, ['manifest'], place === null ? null : ['manifests', place]),
  ];
}

function describeFailOn(config: Config, tenant: SettingsTarget['tenant'], sourceAt: SourceAt): ConfigEntry {
  const place = tenant === null ? null : failOnOverride(config, tenant);
  if (place === null || tenant === null) return entry(['failOn'], config.failOn, sourceAt(['failOn']));
  const source = sourceAt(['overrides', place, 'failOn']);
  return entry(['failOn'], failOnIn(config, tenant), `override ${place + 1}, ${source}`);
}

/** The overrides that apply, by their numbers in the config. */
function describeApplying(
  config: Config,
  path: Path,
  overrides: readonly number[],
  sourceAt: SourceAt,
): ConfigEntry[] {
  if (overrides.length === 0) return [entry(path, [], 'default')];
  return overrides.flatMap((place, index) => {
    const match = Object.entries(config.overrides[place]?.match ?? {});
    const source = (key: string) => sourceAt(['overrides', place, 'match', key]);
    return [
      entry([...path, index, 'number'], place + 1, source(match[0]?.[0] ?? '')),
      ...match.map(([key, value]) => entry([...path, index, 'match', key], value, source(key))),
    ];
  });
}

/** What is different for each resource of a file from what holds for the file. */
function describeEach(
  config: Config,
  rules: readonly ConfigurableRule[],
  {
    each,
    general,
  }: {
    readonly each: readonly { readonly name: string; readonly overrides: readonly number[] }[];
    readonly general: readonly ConfigEntry[];
  },
  sourceAt: SourceAt,
): ConfigEntry[] {
  const usual = new Map(general.map(({ pointer, value }) => [pointer, JSON.stringify(value)]));
  return each.flatMap(({ name, overrides }, index) => {
    const path = ['resources', index];
    const own = rules
      .flatMap((rule) => describeRule(config, rule, overrides))
      .filter(({ pointer, value }) => usual.get(pointer) !== JSON.stringify(value));
    return [
      entry([...path, 'name'], name, 'path'),
      ...describeApplying(config, [...path, 'overrides'], overrides, sourceAt),
      ...own.map((one) => ({ ...one, pointer: `${toPointer(path)}${one.pointer}` })),
    ];
  });
}

/** What keeps findings from counting. */
function describeSuppressions(
  { root, waivers, baseline, exemptPrincipals }: Config,
  sourceAt: SourceAt,
): ConfigEntry[] {
  const path = ['exemptPrincipals'];
  const file = waivers.file === null ? null : pathFrom(root, waivers.file);
  return [
    ...(exemptPrincipals.length === 0 ? [entry(path, [], sourceAt(path))] : []),
    ...exemptPrincipals.flatMap(({ id, reason }, place) =>
      Object.entries({ id, reason }).map(([key, value]) =>
        entry([...path, place, key], value, sourceAt([...path, place, key])),
      ),
    ),
    ...Object.entries({ ...waivers, file }).map(([key, value]) =>
      entry(['waivers', key], value, sourceAt(['waivers', key])),
    ),
    entry(['baseline'], baseline === null ? null : pathFrom(root, baseline), sourceAt(['baseline'])),
  ];
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
  const { severity, severityInProduction, waivable, allowInline, options } = traceRule(
    config,
    rule,
    overrides,
  );
  const path = ['rules', rule.id];
  const entries = [entry([...path, 'severity'], severity.value, severity.source)];
  if (severityInProduction.value !== null && severity.value !== 'off') {
    entries.push(
      entry([...path, 'severityInProduction'], severityInProduction.value, severityInProduction.source),
    );
  }
  // Almost always true.
  for (const [key, { value, source }] of Object.entries({ waivable, allowInline }))
    if (!value || source !== 'default') entries.push(entry([...path, key], value, source));
  for (const [name, { value, source }] of Object.entries(options)) {
    entries.push(entry([...path, name], value, source));
  }
  return entries;
}

function describeOverride(config: Config, place: number, sourceAt: SourceAt): ConfigEntry[] {
  const override = config.overrides[place];
  if (override === undefined) return [];
  const path = ['overrides', place];
  const entries = Object.entries(override.match).map(([key, value]) =>
    entry([...path, 'match', key], value, sourceAt([...path, 'match', key])),
  );
  if (override.failOn !== undefined)
    entries.push(entry([...path, 'failOn'], override.failOn, sourceAt([...path, 'failOn'])));
  if (Object.keys(override.rules).length === 0 && override.failOn === undefined)
    entries.push(entry([...path, 'rules'], {}, 'default'));
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
