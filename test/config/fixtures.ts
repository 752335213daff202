import type { Config, ConfigurableRule, Override, RuleConfig } from '../../src/config/config.ts';
import { defaultConfig } from '../../src/config/defaults.ts';
import type { ConfigQuestion } from '../../src/config/print.ts';
import { ANYTHING, type SettingsTarget } from '../../src/model/settings-target.ts';
import type { RuleMetadata } from '../../src/policy/types.ts';
import type { OwnBundle } from '../../src/sources/load.ts';

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

/** A rule as METADATA makes it, with what tests set. */
export function ownRule(id: string, parts: Partial<RuleMetadata> = {}): RuleMetadata {
  return {
    id,
    title: 'Blueprint names no team',
    description: 'Every blueprint names the team that runs it.',
    severity: 'medium',
    wave: 1,
    appliesTo: ['blueprint'],
    requires: [],
    surfaces: ['manifest'],
    message: 'names no team',
    remediation: 'Name the team.',
    controls: [],
    references: [],
    options: {},
    since: '0.1.0',
    aliases: [],
    ...parts,
  };
}

/** An own rule with an option of every type and with every keyword. */
export const TEAM_TAG = ownRule('ownership/team-tag', {
  aliases: ['ownership/team-label'],
  options: {
    prefix: {
      type: 'string',
      description: 'What it begins with.',
      default: 'team-',
      minLength: 1,
      maxLength: 8,
    },
    allow: {
      type: 'array',
      description: 'Blueprints that need none.',
      default: [],
      maxItems: 3,
      uniqueItems: true,
      items: { type: 'string', enum: ['legacy', 'partner'] },
    },
    least: { type: 'integer', description: 'How many there must be.', default: 1, minimum: 1, maximum: 5 },
    strict: { type: 'boolean', description: 'Whether letter case counts.', default: true },
  },
});

/** A bundle of own rules that nothing is judged with. */
export function ownBundle(name: string, rules: readonly RuleMetadata[]): OwnBundle {
  return {
    source: { kind: 'folder', name },
    digest: `sha256:${'0'.repeat(64)}`,
    wasm: new Uint8Array(),
    catalogue: { version: 1, rules },
    tables: '{}',
    examples: {},
    folder: null,
  };
}

/** Resources of a file of which nothing else is known; `null` for nothing in particular. */
export function at(uri: string | null): SettingsTarget {
  return { ...ANYTHING, uri };
}

/** The question what holds for a file; `null` for what holds in general. */
export function about(uri: string | null): ConfigQuestion | null {
  return uri === null ? null : { target: at(uri), given: [], resources: [] };
}

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
