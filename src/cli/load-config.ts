import { resolve } from 'node:path';
import { applyFlags, type ConfigFlags } from '../config/flags.ts';
import type { Config } from '../config/config.ts';
import { defaultConfig } from '../config/defaults.ts';
import { findConfig } from '../config/find.ts';
import type { LoadOptions, LoadResult } from '../config/load.ts';
import type { SourceFlags, SourceLoader } from '../config/own-rules.ts';
import type { Problem } from '../documents/problem.ts';
import type { RuleMetadata } from '../policy/types.ts';
import { builtInRules, openRuleSources, ruleSet, type RuleSet } from '../rules.ts';
import type { LoadedSources } from '../sources/load.ts';
import type { RuleSource } from '../sources/rule-source.ts';
import type { CliContext } from './context.ts';
import { UsageError, usageError, type Mistake } from './errors.ts';
import type { Flags } from './flags.ts';
import { FAIL_ON, KINDS, RELATIONSHIPS } from './option-table.ts';
import { settingsPlace, type SettingsPlace } from './settings-place.ts';
import { userCache } from './user-cache.ts';
import { VERSION } from './version.ts';

export type EffectiveConfig = {
  readonly config: Config;
  /** The rules that run, built-in and own. */
  readonly ruleSet: RuleSet;
  /** Files and folders in the repository that the settings came from, relative to the working directory, the config file first. */
  readonly files: readonly string[];
  /** Sentences about what is allowed and yet hardly meant. */
  readonly warnings: readonly string[];
};

/**
 * The config that holds for a command: file, profiles and flags, and the rules that it is for.
 * @throws {UsageError} with every problem of the config, of own rules and of the flags
 */
export async function loadEffectiveConfig(flags: Flags, context: CliContext): Promise<EffectiveConfig> {
  const builtIn = builtInRules();
  const options = loadOptions(flags, context, builtIn.catalogue.rules);
  const place = settingsPlace(context);
  const loaded = isAllDefault(options)
    ? withoutConfig(options.cwd)
    : await (await import('../config/load.ts')).loadConfig(options);
  if (!loaded.ok) throw new UsageError(loaded.problems.map(place.problem).map(mistakeOf));
  const { bundles, files } = loaded;
  const config = place.config(loaded.config);
  const warnings = loaded.warnings.map(place.problem);
  const set = ruleSet(config.builtIn ? builtIn : null, bundles);
  const flagged = applyFlags(config, configFlags(flags), set.rules);
  if (!flagged.ok) throw new UsageError(flagged.problems.map(mistakeOf));
  return { config: flagged.config, ruleSet: set, files, warnings: warnings.map(sentence) };
}

/**
 * The rules that hold for a command, whatever else is wrong with its config.
 * @throws {UsageError} with every problem of what names sources of rules, and of own rules
 */
export async function loadRuleSet(
  flags: Flags,
  context: CliContext,
): Promise<Omit<EffectiveConfig, 'config' | 'files'>> {
  const builtIn = builtInRules();
  const options = loadOptions(flags, context, builtIn.catalogue.rules);
  if (isAllDefault(options)) return { ruleSet: ruleSet(builtIn, []), warnings: [] };
  const { loadRules } = await import('../config/load.ts');
  const loaded = await loadRules(options);
  if (!loaded.ok) {
    const way = { message: 'not every rule is known', hint: '--no-config leaves out those of the config.' };
    const mistakes = loaded.problems.map(mistakeOf);
    throw new UsageError(findConfig(options).kind === 'none' ? mistakes : [...mistakes, way]);
  }
  const { bundles, warnings } = loaded;
  return {
    ruleSet: ruleSet(loaded.builtIn ? builtIn : null, bundles),
    warnings: warnings.map(sentence),
  };
}

/**
 * The sources of own rules that a config and the command line name. None of them is loaded.
 * @throws {UsageError} with every problem of what names them
 */
export async function namedRuleSources(
  flags: Flags,
  context: CliContext,
  reading: (read: SourceLoader['read']) => SourceLoader['read'] = (read) => read,
): Promise<readonly RuleSource[]> {
  const options = loadOptions(flags, context, builtInRules().catalogue.rules);
  if (isAllDefault(options)) return [];
  const openLoader = async () => ({
    read: reading((await options.openLoader()).read),
    load: loadNothing,
  });
  const { loadRules } = await import('../config/load.ts');
  const loaded = await loadRules({ ...options, openLoader });
  if (!loaded.ok) throw new UsageError(loaded.problems.map(mistakeOf));
  return loaded.ruleSources;
}

/**
 * The config file that holds, if there is one.
 * @throws {UsageError} when it cannot be told
 */
export function configPath(flags: Flags, context: CliContext): string | null {
  const place = settingsPlace(context);
  const found = findConfig({ cwd: place.cwd, ...configFile(flags, place) });
  if (found.kind === 'failed') throw new UsageError(found.problems.map(mistakeOf));
  return found.kind === 'none' ? null : found.file.path;
}

function loadNothing(): Promise<LoadedSources> {
  return Promise.resolve({ ok: true, bundles: [], warnings: [] });
}

/** What reads and checks a config is loaded when there is one: without, a run starts a good deal sooner. */
function isAllDefault({ flags, ...options }: LoadOptions): boolean {
  return Object.keys(flags ?? {}).length === 0 && findConfig(options).kind === 'none';
}

function withoutConfig(cwd: string): LoadResult {
  return { ok: true, config: defaultConfig(cwd), bundles: [], files: [], warnings: [] };
}

function loadOptions(flags: Flags, context: CliContext, rules: readonly RuleMetadata[]): LoadOptions {
  const place = settingsPlace(context);
  return {
    cwd: place.cwd,
    ...configFile(flags, place),
    rules,
    flags: sourceFlags(flags, place),
    openLoader: () => openLoader(flags, context),
  };
}

function configFile(flags: Flags, place: SettingsPlace): { readonly file?: string; readonly none?: true } {
  if (flags.isGiven('--config') && flags.isGiven('--no-config')) {
    throw usageError('--config and --no-config contradict each other', 'Keep one of the two.');
  }
  if (flags.isGiven('--no-config')) return { none: true };
  if (!flags.isGiven('--config') && flags.isOn('--no-config')) return { none: true };
  const named = flags.text('--config');
  return named === undefined ? {} : { file: place.typed(named.value) };
}

function sourceFlags(flags: Flags, place: SettingsPlace): SourceFlags {
  const sources = flags.list('--rules');
  const withoutBuiltIn = flags.switched('--no-builtin-rules');
  return {
    ...(sources === undefined
      ? {}
      : { sources: { ...sources, value: sources.value.map((each) => typedSource(each, place)) } }),
    ...(withoutBuiltIn === undefined ? {} : { builtIn: { value: false, source: withoutBuiltIn.source } }),
  };
}

/** Folders and bundles are paths; addresses and names of packages are as they are. */
function typedSource(source: string, place: SettingsPlace): string {
  return /^(?:[./\\]|[a-z]:[/\\])/i.test(source) ? place.typed(source) : source;
}

/** The `opa` executable that is named; a bare name is looked for where programs are. */
export function opaOf(flags: Flags, context: CliContext): string | null {
  const opa = flags.text('--opa')?.value ?? null;
  if (opa === null || !/[/\\]/.test(opa)) return opa;
  const place = settingsPlace(context);
  return resolve(place.cwd, place.typed(opa));
}

async function openLoader(flags: Flags, context: CliContext): Promise<SourceLoader> {
  return openRuleSources({
    cwd: settingsPlace(context).cwd,
    version: VERSION,
    offline: flags.isOn('--offline'),
    opa: opaOf(flags, context),
    cache: flags.isOn('--no-cache') ? null : await userCache(context),
  });
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

function sentence(warning: Problem): string {
  const { message, hint } = mistakeOf(warning);
  return `${message} ${hint ?? ''}`;
}

/** `path:line:column: code: sentence`, the form that editors and CI logs know. */
export function mistakeOf({ code, uri, range, message, hint }: Problem): Mistake {
  const place = range === null ? '' : `:${range.start.line}:${range.start.column}`;
  return { message: `${uri === null ? '' : `${uri}${place}: `}${code}: ${message}`, hint: hint ?? null };
}
