import type { Config } from '../config/config.ts';
import { settingsFor } from '../config/effective.ts';
import type { RuleMetadata } from '../policy/types.ts';

/** The rules that run when no file is looked at: overrides by path are not for tenants. */
export function rulesThatAreOn(config: Config, rules: readonly RuleMetadata[]): readonly RuleMetadata[] {
  const settings = settingsFor(config, rules, null);
  return rules.filter(({ id }) => (settings.rules[id]?.severity ?? 'off') !== 'off');
}
