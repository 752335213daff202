import type { Config, ConfigurableRule, Override, RuleConfig } from '../../src/config/config.ts';
import { defaultConfig } from '../../src/config/defaults.ts';

type FixtureRule = ConfigurableRule & {
  readonly title: string;
  readonly options: {
    readonly [name: string]: { readonly default: unknown; readonly [keyword: string]: unknown };
  };
};

/** Rules of a catalogue made for tests, with what the config schema needs beside what the config needs. */
export const RULES = [
  {
    id: 'accountability/no-owner',
    title: 'Blueprint has no owner',
    aliases: ['accountability/ownerless'],
    severity: 'medium',
    options: {},
  },
  {
    id: 'accountability/single-sponsor',
    title: 'Only one person is sponsor',
    aliases: [],
    severity: 'info',
    options: { minimum: { type: 'integer', description: 'Fewest sponsors.', default: 1, minimum: 1 } },
  },
  {
    id: 'credentials/client-secret',
    title: 'Blueprint authenticates with a client secret',
    aliases: [],
    severity: 'high',
    options: {},
  },
  {
    id: 'credentials/secret-lifetime',
    title: 'Client secret valid for too long',
    aliases: ['credentials/long-secret'],
    severity: 'medium',
    options: {
      maxDays: {
        type: 'integer',
        description: 'Longest lifetime in days.',
        default: 90,
        minimum: 1,
        maximum: 3650,
      },
      allow: {
        type: 'array',
        description: 'Names of secrets that may live longer.',
        default: [],
        items: { type: 'string', enum: ['legacy', 'partner'] },
      },
    },
  },
] as const satisfies readonly FixtureRule[];

/** A config as the loader would give it, for a working directory that is its root. */
export function config(parts: Partial<Config> = {}): Config {
  return { ...defaultConfig('/repo'), ...parts };
}

export function override(
  path: string | readonly string[],
  rules: { [id: string]: Partial<RuleConfig> },
): Override {
  return { match: { path: [path].flat() }, rules: ruleConfigs(rules) };
}

export function ruleConfigs(rules: { [id: string]: Partial<RuleConfig> }): { [id: string]: RuleConfig } {
  return Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, { options: {}, ...rule }]));
}
