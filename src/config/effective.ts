import { createHash } from 'node:crypto';
import { toPointer } from '../documents/pointer.ts';
import type { FailOn } from '../findings/report.ts';
import type { SettingsTarget } from '../model/settings-target.ts';
import type {
  Config,
  ConfigurableRule,
  EffectiveRule,
  EffectiveSettings,
  RuleConfig,
  ValueSource,
} from './config.ts';
import { isTenant, overridesFor, overridesInTenant } from './matching.ts';

/** A value and the layer that set it last. */
type Traced<T> = { readonly value: T; readonly source: ValueSource };

export type TracedRule = {
  readonly severity: Traced<EffectiveRule['severity']>;
  readonly severityInProduction: Traced<EffectiveRule['severityInProduction']>;
  readonly waivable: Traced<boolean>;
  readonly allowInline: Traced<boolean>;
  readonly options: { readonly [name: string]: Traced<unknown> };
};

const cache = new WeakMap<Config, WeakMap<readonly ConfigurableRule[], Map<string, EffectiveSettings>>>();

/**
 * The settings of every rule for a resource. Layers from weakest to strongest: the catalogue, profiles and files in
 * `config.rules`, overrides in their order, flags.
 */
export function settingsFor(
  config: Config,
  rules: readonly ConfigurableRule[],
  target: SettingsTarget,
): EffectiveSettings {
  const byRules = remembered(
    cache,
    config,
    () => new WeakMap<readonly ConfigurableRule[], Map<string, EffectiveSettings>>(),
  );
  const byOverrides = remembered(byRules, rules, () => new Map<string, EffectiveSettings>());
  const overrides = overridesFor(config, target);
  return remembered(byOverrides, overrides.join(), () => settingsUnder(config, rules, overrides));
}

function settingsUnder(
  config: Config,
  rules: readonly ConfigurableRule[],
  overrides: readonly number[],
): EffectiveSettings {
  const settings: { [ruleId: string]: EffectiveRule } = {};
  for (const rule of rules) {
    const { severity, severityInProduction, waivable, allowInline, options } = traceRule(
      config,
      rule,
      overrides,
    );
    settings[rule.id] = {
      severity: severity.value,
      severityInProduction: severityInProduction.value,
      waivable: waivable.value,
      allowInline: allowInline.value,
      options: Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, value])),
    };
  }
  return { key: keyOf(settings), rules: settings };
}

/** One rule's settings with the source of each value, when the overrides at these places apply. */
export function traceRule(config: Config, rule: ConfigurableRule, overrides: readonly number[]): TracedRule {
  const traced = traceLayers(config, rule, overrides);
  const against = flagAgainst(config, rule.id) ?? emptyOption(rule, traced.options);
  return against === null ? traced : { ...traced, severity: { value: 'off', source: against } };
}

function traceLayers(config: Config, rule: ConfigurableRule, overrides: readonly number[]): TracedRule {
  let severity: TracedRule['severity'] = { value: rule.severity, source: 'default' };
  let severityInProduction: TracedRule['severityInProduction'] = { value: null, source: 'default' };
  let waivable: TracedRule['waivable'] = { value: rule.waivable ?? true, source: 'default' };
  let allowInline: TracedRule['allowInline'] = { value: true, source: 'default' };
  const options: { [name: string]: Traced<unknown> } = {};
  for (const [name, schema] of Object.entries(rule.options)) {
    options[name] = { value: schema.default, source: 'default' };
  }

  for (const { entry, sourceOf } of layersOf(config, rule.id, overrides)) {
    if (entry.severity !== undefined) severity = { value: entry.severity, source: sourceOf('severity') };
    if (entry.severityInProduction !== undefined) {
      severityInProduction = { value: entry.severityInProduction, source: sourceOf('severityInProduction') };
    }
    if (entry.waivable !== undefined) waivable = { value: entry.waivable, source: sourceOf('waivable') };
    if (entry.allowInline !== undefined)
      allowInline = { value: entry.allowInline, source: sourceOf('allowInline') };
    for (const name of Object.keys(rule.options)) {
      if (!Object.hasOwn(entry.options, name)) continue;
      options[name] = { value: entry.options[name], source: sourceOf(name) };
    }
  }
  return { severity, severityInProduction, waivable, allowInline, options };
}

/** What may hold in a tenant, whatever is in it; with `null`, in any tenant. */
export type TenantRules = {
  /** Whether the rule may run for some resource. */
  readonly mayRun: (rule: ConfigurableRule) => boolean;
  /** Every value that an option may have for some resource. */
  readonly optionValues: (rule: ConfigurableRule) => readonly unknown[];
};

/** What the settings of rules may be for the resources of a tenant, which nobody has seen yet. */
export function rulesInTenant(config: Config, tenant: SettingsTarget['tenant']): TenantRules {
  const { possible, certain } = overridesInTenant(config, tenant);
  // Each value of the settings of a resource is set by one layer, so that no two overrides have to be tried together.
  const layers = [null, ...possible].map((one) =>
    possible.filter((place) => place === one || certain.includes(place)),
  );
  const traced = (rule: ConfigurableRule) => layers.map((places) => traceLayers(config, rule, places));
  return {
    mayRun: (rule) => {
      const all = traced(rule);
      return (
        flagAgainst(config, rule.id) === null &&
        all.some(({ severity }) => severity.value !== 'off') &&
        all.some(({ options }) => emptyOption(rule, options) === null)
      );
    },
    optionValues: (rule) =>
      traced(rule).flatMap(({ options }) => Object.values(options).map(({ value }) => value)),
  };
}

/** The threshold for a run over a tenant: a flag, the last override for the tenant that has one, or what holds in general. */
export function failOnIn(config: Config, tenant: NonNullable<SettingsTarget['tenant']>): FailOn {
  const place = failOnOverride(config, tenant);
  return (place === null ? undefined : config.overrides[place]?.failOn) ?? config.failOn;
}

/** The place of the override that says the threshold for a tenant; `null` when a flag or none does. */
export function failOnOverride(config: Config, tenant: NonNullable<SettingsTarget['tenant']>): number | null {
  if (config.flags.failOn !== undefined) return null;
  const place = config.overrides.findLastIndex(
    ({ match, failOn }) => failOn !== undefined && isTenant(config, match.tenant ?? [], tenant),
  );
  return place === -1 ? null : place;
}

/** A rule that asks for what an option names is off while that names nothing: what it needs need not be read. */
function emptyOption({ offUnless }: ConfigurableRule, options: TracedRule['options']): ValueSource | null {
  const value = offUnless === undefined ? undefined : options[offUnless]?.value;
  return Array.isArray(value) && value.length === 0 ? `empty ${offUnless ?? 'option'}` : null;
}

type RuleLayer = { readonly entry: RuleConfig; readonly sourceOf: (key: string) => ValueSource };

function layersOf(config: Config, ruleId: string, overrides: readonly number[]): RuleLayer[] {
  const layers: RuleLayer[] = [];
  const own = ownEntry(config.rules, ruleId);
  if (own !== null) {
    layers.push({
      entry: own,
      sourceOf: (key) => config.sources[toPointer(['rules', ruleId, key])] ?? 'default',
    });
  }
  for (const place of overrides) {
    const entry = ownEntry(config.overrides[place]?.rules ?? {}, ruleId);
    if (entry === null) continue;
    const label = `override ${place + 1}`;
    layers.push({
      entry,
      sourceOf: (key) => {
        const source = config.sources[toPointer(['overrides', place, 'rules', ruleId, key])];
        return source === undefined ? label : `${label}, ${source}`;
      },
    });
  }
  return layers;
}

function ownEntry(rules: Config['rules'], ruleId: string): RuleConfig | null {
  return Object.hasOwn(rules, ruleId) ? (rules[ruleId] ?? null) : null;
}

/** The flag that keeps a rule from running, or `null`. */
function flagAgainst(config: Config, ruleId: string): ValueSource | null {
  const { rule, skipRule } = config.flags;
  if (skipRule?.includes(ruleId) === true) return config.sources['/flags/skipRule'] ?? '--skip-rule';
  if (rule?.includes(ruleId) === false) return config.sources['/flags/rule'] ?? '--rule';
  return null;
}

/** Equal for equal settings, whatever the order of their keys. */
function keyOf(settings: EffectiveSettings['rules']): string {
  return createHash('sha256').update(JSON.stringify(settings, sortedKeys)).digest('hex').slice(0, 32);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function remembered<K, V>(
  store: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const found = store.get(key);
  if (found !== undefined) return found;
  const made = make();
  store.set(key, made);
  return made;
}
