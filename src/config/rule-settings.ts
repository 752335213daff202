import type { Path } from '../documents/pointer.ts';
import { isObject } from '../util/is-object.ts';

/** Keys of a config's `rules` that are no names of rules. */
export const SOURCE_KEYS: readonly string[] = ['sources', 'builtIn'];

type Settings = { readonly [name: string]: unknown };

/** Every mapping of rule names in a config and where it stands, whatever else is wrong with the config. */
export function settingsIn(config: unknown): readonly { readonly path: Path; readonly settings: Settings }[] {
  if (!isObject(config)) return [];
  const { rules, overrides } = config;
  const own = isObject(rules) ? [{ path: ['rules'], settings: rules }] : [];
  const inOverrides = (Array.isArray(overrides) ? overrides : []).flatMap((override: unknown, place) =>
    isObject(override) && isObject(override['rules'])
      ? [{ path: ['overrides', place, 'rules'], settings: override['rules'] }]
      : [],
  );
  return [...own, ...inOverrides];
}

/** A copy of a config with the settings of only these rules, and with where rules come from. Places in it are the same. */
export function withSettingsOf(config: unknown, names: ReadonlySet<string>): unknown {
  if (!isObject(config)) return config;
  const { rules, overrides } = config;
  const only = (settings: Settings, more: readonly string[]) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name) || more.includes(name)));
  return {
    ...config,
    ...(isObject(rules) ? { rules: only(rules, SOURCE_KEYS) } : {}),
    ...(Array.isArray(overrides)
      ? {
          overrides: overrides.map((override: unknown) =>
            isObject(override) && isObject(override['rules'])
              ? { ...override, rules: only(override['rules'], []) }
              : override,
          ),
        }
      : {}),
  };
}
