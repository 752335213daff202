import type { EffectiveSettings } from '../../src/config/config.ts';
import type { Severity } from '../../src/model/vocabulary.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';

/** What a test sets of rules, over their defaults. */
export type SettingsParts = {
  /** Options by rule id. */
  readonly ruleOptions?: { readonly [ruleId: string]: { readonly [option: string]: unknown } };
  /** Severities by rule id. */
  readonly ruleSeverities?: { readonly [ruleId: string]: Severity | 'off' };
};

/** The settings of rules with their defaults, and what a test sets. */
export function settingsWith(
  rules: readonly RuleMetadata[],
  { ruleOptions = {}, ruleSeverities = {} }: SettingsParts,
): EffectiveSettings {
  const all = rules.map(({ id, severity, options }) => {
    const defaults = Object.fromEntries(
      Object.entries(options).map(([name, schema]) => [name, schema.default]),
    );
    return [
      id,
      {
        severity: ruleSeverities[id] ?? severity,
        severityInProduction: null,
        waivable: true,
        allowInline: true,
        options: { ...defaults, ...ruleOptions[id] },
      },
    ] as const;
  });
  return { key: JSON.stringify([ruleOptions, ruleSeverities]), rules: Object.fromEntries(all) };
}
