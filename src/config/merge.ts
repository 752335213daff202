import { toPointer, type Path } from '../documents/pointer.ts';
import type { Config, ConfigurableRule, OverrideMatch, RuleConfig, ValueSource } from './config.ts';
import { DEFAULTS } from './defaults.ts';
import { placeIn, type ConfigFile } from './file.ts';
import type { Layer } from './layers.ts';
import type { Profile } from './profiles.ts';
import { ruleNamed } from './rule-problems.ts';
import { addSuppressions } from './merge-suppressions.ts';
import { settingsOfRules, type WrittenMatch, type WrittenRules } from './written.ts';

/** What the layers say together. */
export type Merged = Pick<
  Config,
  | 'manifests'
  | 'exclude'
  | 'failOn'
  | 'production'
  | 'rules'
  | 'overrides'
  | 'waivers'
  | 'baseline'
  | 'exemptPrincipals'
  | 'tenants'
  | 'sources'
>;

type Draft = { -readonly [Key in keyof Omit<Merged, 'sources'>]: Merged[Key] } & {
  rules: { [ruleId: string]: RuleConfig };
  sources: Map<string, ValueSource>;
};

/** The rules that settings may be for; profiles speak of the built-in ones alone. */
export type RulesToSet = {
  readonly all: readonly ConfigurableRule[];
  readonly builtIn: readonly ConfigurableRule[];
};

/**
 * Lays the layers over each other, weakest first: rules setting by setting, overrides one after the other, every
 * other key as a whole.
 */
export function mergeLayers(layers: readonly Layer<ConfigFile>[], { all, builtIn }: RulesToSet): Merged {
  const { manifests, exclude, failOn, production, waivers, baseline, exemptPrincipals, tenants } = DEFAULTS;
  const draft: Draft = {
    manifests,
    exclude,
    failOn,
    production,
    rules: {},
    overrides: [],
    waivers,
    baseline,
    exemptPrincipals,
    tenants,
    sources: new Map(),
  };
  for (const layer of layers) {
    if (layer.kind === 'profile') addProfile(draft, layer.name, layer.profile, builtIn);
    else addFile(draft, layer.file, all);
  }
  return { ...draft, sources: Object.fromEntries(draft.sources) };
}

function addProfile(
  draft: Draft,
  name: string,
  { base, rules: changed }: Profile,
  builtIn: readonly ConfigurableRule[],
): void {
  const source = () => `profile ${name}`;
  if (base !== 'earlier') forgetRules(draft, new Set(builtIn.map(({ id }) => id)));
  for (const { id } of builtIn) {
    if (base === 'off') {
      draft.rules[id] = layered(draft, ['rules', id], undefined, { severity: 'off', options: {} }, source);
    }
    // Profiles may know rules that this catalogue does not have; those are left out.
    const entry = Object.hasOwn(changed, id) ? changed[id] : undefined;
    if (entry === undefined) continue;
    draft.rules[id] = layered(draft, ['rules', id], draft.rules[id], entry.set, source);
  }
}

function addFile(draft: Draft, file: ConfigFile, rules: readonly ConfigurableRule[]): void {
  const { config } = file;
  const sourceOf = (path: Path): ValueSource => placeIn(file, path);
  const note = (path: Path): void => {
    draft.sources.set(toPointer(path), sourceOf(path));
  };

  note(['version']);
  if (config.failOn !== undefined) {
    draft.failOn = config.failOn;
    note(['failOn']);
  }
  if (config.exclude !== undefined) {
    draft.exclude = config.exclude;
    forget(draft.sources, ['exclude']);
    note(['exclude']);
    for (const place of config.exclude.keys()) note(['exclude', place]);
  }
  if (config.manifests !== undefined) {
    draft.manifests = config.manifests.map((entry) => ({ relationships: DEFAULTS.relationships, ...entry }));
    forget(draft.sources, ['manifests']);
    note(['manifests']);
    for (const [place, entry] of config.manifests.entries()) {
      for (const key of Object.keys(entry)) note(['manifests', place, key]);
    }
  }
  draft.production = { ...draft.production, ...config.production };
  for (const key of Object.keys(config.production ?? {})) note(['production', key]);

  for (const [name, tenant] of Object.entries(config.tenants ?? {})) {
    draft.tenants = { ...draft.tenants, [name]: tenant };
    forget(draft.sources, ['tenants', name]);
    for (const key of Object.keys(tenant)) note(['tenants', name, key]);
  }

  addSuppressions(draft, file);

  for (const { id, entry, pathOf } of ruleEntries(config.rules ?? {}, ['rules'], rules)) {
    draft.rules[id] = layered(draft, ['rules', id], draft.rules[id], entry, (key) => sourceOf(pathOf(key)));
  }
  for (const [place, { match, failOn, rules: written = {} }] of (config.overrides ?? []).entries()) {
    const target = ['overrides', draft.overrides.length];
    const keys = [
      ...Object.keys(match).map((key) => ['match', key]),
      ...(failOn === undefined ? [] : [['failOn']]),
    ];
    for (const key of keys)
      draft.sources.set(toPointer([...target, ...key]), sourceOf(['overrides', place, ...key]));
    const overridden: { [ruleId: string]: RuleConfig } = {};
    for (const { id, entry, pathOf } of ruleEntries(written, ['overrides', place, 'rules'], rules)) {
      overridden[id] = layered(draft, [...target, 'rules', id], undefined, entry, (key) =>
        sourceOf(pathOf(key)),
      );
    }
    const override = { match: listed(match), ...(failOn === undefined ? {} : { failOn }), rules: overridden };
    draft.overrides = [...draft.overrides, override];
  }
}

/** One value is a list of one. */
function listed(match: WrittenMatch): OverrideMatch {
  return Object.fromEntries(Object.entries(match).map(([key, value]) => [key, [value].flat()]));
}

type RuleEntry = {
  readonly id: string;
  readonly entry: RuleConfig;
  /** Where a setting stands in the file. */
  readonly pathOf: (key: string) => Path;
};

function ruleEntries(written: WrittenRules, path: Path, rules: readonly ConfigurableRule[]): RuleEntry[] {
  const entries: RuleEntry[] = [];
  for (const [name, settings] of settingsOfRules(written)) {
    const rule = ruleNamed(name, rules);
    if (rule === null) continue;
    if (typeof settings === 'string') {
      entries.push({
        id: rule.id,
        entry: { severity: settings, options: {} },
        pathOf: () => [...path, name],
      });
      continue;
    }
    const { severity, severityInProduction, waivable, allowInline, ...options } = settings;
    const shared = {
      ...(severity === undefined ? {} : { severity }),
      ...(severityInProduction === undefined ? {} : { severityInProduction }),
      ...(waivable === undefined ? {} : { waivable }),
      ...(allowInline === undefined ? {} : { allowInline }),
    };
    entries.push({ id: rule.id, entry: { ...shared, options }, pathOf: (key) => [...path, name, key] });
  }
  return entries;
}

/** What two layers say about a rule, the later one winning setting by setting; the source of what it sets is noted. */
function layered(
  draft: Draft,
  path: Path,
  earlier: RuleConfig | undefined,
  later: RuleConfig,
  sourceOf: (key: string) => ValueSource,
): RuleConfig {
  const { options, ...shared } = later;
  for (const key of [...Object.keys(shared), ...Object.keys(options)]) {
    draft.sources.set(toPointer([...path, key]), sourceOf(key));
  }
  return { ...earlier, ...shared, options: { ...earlier?.options, ...options } };
}

/** Removes what was said about these rules. */
function forgetRules(draft: Draft, ids: ReadonlySet<string>): void {
  draft.rules = Object.fromEntries(Object.entries(draft.rules).filter(([id]) => !ids.has(id)));
  for (const id of ids) forget(draft.sources, ['rules', id]);
}

/** Removes the sources of everything inside a path. */
function forget(sources: Draft['sources'], path: Path): void {
  const prefix = `${toPointer(path)}/`;
  for (const pointer of [...sources.keys()]) if (pointer.startsWith(prefix)) sources.delete(pointer);
}
