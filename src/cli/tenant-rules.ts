import type { Config } from '../config/config.ts';
import { rulesInTenant } from '../config/effective.ts';
import type { RuleMetadata } from '../policy/types.ts';

/** The rules that may run for some object of a tenant: overrides by path are not for tenants, all others may be. */
export function rulesThatAreOn(config: Config, rules: readonly RuleMetadata[]): readonly RuleMetadata[] {
  const { mayRun } = rulesInTenant(config, null);
  return rules.filter(mayRun);
}
