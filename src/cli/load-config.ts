import { applyFlags, type ConfigFlags } from '../config/flags.ts';
import type { Config } from '../config/config.ts';
import { defaultConfig } from '../config/defaults.ts';
import { findConfig, type FindOptions } from '../config/find.ts';
import type { LoadResult } from '../config/load.ts';
import type { Problem } from '../documents/problem.ts';
import type { RuleMetadata } from '../policy/types.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError, type Mistake } from './errors.ts';
import type { Flags } from './flags.ts';
import { FAIL_ON, KINDS, RELATIONSHIPS } from './options.ts';

export type EffectiveConfig = {
  readonly config: Config;
  /** Sentences about what is allowed and yet hardly meant. */
  readonly warnings: readonly string[];
};

/**
 * The config that holds for a command: file, profiles and flags.
 * @throws {UsageError} with every problem of the config and the flags
 */
export async function loadEffectiveConfig(
  flags: Flags,
  context: CliContext,
  rules: readonly RuleMetadata[],
): Promise<EffectiveConfig> {
  const loaded = await load({ cwd: context.cwd, ...configFile(flags) }, rules);
  if (!loaded.ok) throw new UsageError(loaded.problems.map(mistakeOf));
  const flagged = applyFlags(loaded.config, configFlags(flags), rules);
  if (!flagged.ok) throw new UsageError(flagged.problems.map(mistakeOf));
  const warnings = loaded.warnings.map(mistakeOf);
  return {
    config: flagged.config,
    warnings: warnings.map(({ message, hint }) => `${message} ${hint ?? ''}`),
  };
}

/** What reads and checks a config is loaded when there is one: without, a run starts a good deal sooner. */
async function load(options: FindOptions, rules: readonly RuleMetadata[]): Promise<LoadResult> {
  if (findConfig(options).kind === 'none')
    return { ok: true, config: defaultConfig(options.cwd), warnings: [] };
  const { loadConfig } = await import('../config/load.ts');
  return loadConfig({ ...options, rules });
}

function configFile(flags: Flags): { readonly file?: string; readonly none?: true } {
  if (flags.isGiven('--config') && flags.isGiven('--no-config')) {
    throw usageError('--config and --no-config contradict each other', 'Keep one of the two.');
  }
  if (flags.isGiven('--no-config')) return { none: true };
  if (!flags.isGiven('--config') && flags.isOn('--no-config')) return { none: true };
  const named = flags.text('--config');
  return named === undefined ? {} : { file: named.value };
}

function configFlags(flags: Flags): ConfigFlags {
  const failOn = flags.one('--fail-on', FAIL_ON);
  const as = flags.one('--as', KINDS);
  const relationships = flags.one('--relationships', RELATIONSHIPS);
  const rule = flags.list('--rule');
  const skipRule = flags.list('--skip-rule');
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(as === undefined ? {} : { as }),
    ...(relationships === undefined ? {} : { relationships }),
    ...(rule === undefined ? {} : { rule }),
    ...(skipRule === undefined ? {} : { skipRule }),
  };
}

/** `path:line:column: code: sentence`, the form that editors and CI logs know. */
export function mistakeOf({ code, uri, range, message, hint }: Problem): Mistake {
  const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
  return { message: `${uri === null ? '' : `${uri}${place}: `}${code}: ${message}`, hint: hint ?? null };
}
