import type { Problem } from '../documents/problem.ts';
import type { FailOn } from '../findings/report.ts';
import { suggest } from '../util/suggest.ts';
import type { Config, ConfigurableRule, FlagLayer, ManifestEntry, ValueSource } from './config.ts';
import { matchesGlob } from '../documents/glob-match.ts';
import { GlobError, parseGlob } from '../documents/glob.ts';
import { configProblem, quoted, type ConfigProblemCode } from './problem.ts';

/** A value from the command line and what set it: the flag, or the environment variable that mirrors it. */
export type Flag<T> = { readonly value: T; readonly source: ValueSource };

export type ConfigFlags = {
  readonly failOn?: Flag<FailOn>;
  readonly as?: Flag<NonNullable<ManifestEntry['as']>>;
  readonly relationships?: Flag<ManifestEntry['relationships']>;
  /** Globs over rule ids: only these rules run. */
  readonly rule?: Flag<readonly string[]>;
  /** Globs over rule ids: these rules do not run. */
  readonly skipRule?: Flag<readonly string[]>;
};

export type FlagsResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The config under the flags, which win over it. A rule glob that names no rule is a problem. */
export function applyFlags(
  config: Config,
  flags: ConfigFlags,
  rules: readonly ConfigurableRule[],
): FlagsResult {
  const problems: Problem[] = [];
  const sources: { [pointer: string]: ValueSource } = { ...config.sources };
  const layer: { -readonly [K in keyof FlagLayer]: FlagLayer[K] } = { ...config.flags };

  if (flags.failOn !== undefined) {
    layer.failOn = flags.failOn.value;
    sources['/failOn'] = flags.failOn.source;
  }
  if (flags.as !== undefined) {
    layer.as = flags.as.value;
    sources['/flags/as'] = flags.as.source;
  }
  if (flags.relationships !== undefined) {
    layer.relationships = flags.relationships.value;
    sources['/flags/relationships'] = flags.relationships.source;
  }
  for (const name of ['rule', 'skipRule'] as const) {
    const flag = flags[name];
    if (flag === undefined || flag.value.length === 0) continue;
    layer[name] = selected(flag, rules, problems);
    sources[`/flags/${name}`] = flag.source;
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    config: { ...config, failOn: flags.failOn?.value ?? config.failOn, flags: layer, sources },
  };
}

/** What is wrong with the patterns of a flag that takes paths. */
export function patternProblems({ value, source }: Flag<readonly string[]>): readonly Problem[] {
  return value.flatMap((pattern) => {
    try {
      parseGlob(pattern);
      return [];
    } catch (error) {
      return [invalidGlob(pattern, source, error)];
    }
  });
}

/** The ids of the rules that the globs name, by id or by an old name, in catalogue order. */
function selected(
  flag: Flag<readonly string[]>,
  rules: readonly ConfigurableRule[],
  problems: Problem[],
): readonly string[] {
  const ids = new Set<string>();
  for (const pattern of flag.value) {
    const found = rulesNamed(pattern, flag.source, rules, problems);
    for (const { id } of found) ids.add(id);
  }
  return rules.filter(({ id }) => ids.has(id)).map(({ id }) => id);
}

function rulesNamed(
  pattern: string,
  source: ValueSource,
  rules: readonly ConfigurableRule[],
  problems: Problem[],
): readonly ConfigurableRule[] {
  try {
    const glob = parseGlob(pattern);
    const found = rules.filter(({ id, aliases }) => [id, ...aliases].some((name) => matchesGlob(glob, name)));
    if (found.length > 0) return found;
    problems.push(
      flagProblem(
        'flag-unknown-rule',
        `${subjectOf(pattern, source)} names no rule.`,
        hintFor(pattern, rules),
      ),
    );
  } catch (error) {
    problems.push(invalidGlob(pattern, source, error));
  }
  return [];
}

function invalidGlob(pattern: string, source: ValueSource, error: unknown): Problem {
  if (!(error instanceof GlobError)) throw error;
  return flagProblem('flag-invalid-glob', `${subjectOf(pattern, source)} ${error.message}.`, error.hint);
}

function subjectOf(pattern: string, source: ValueSource): string {
  return `${source}: the pattern ${quoted(pattern)}`;
}

function hintFor(pattern: string, rules: readonly ConfigurableRule[]): string | null {
  const domains = new Set(rules.map(({ id }) => `${id.split('/')[0] ?? ''}/*`));
  const near = suggest(pattern, [...rules.flatMap(({ id, aliases }) => [id, ...aliases]), ...domains]);
  return near === null ? null : `Did you mean ${quoted(near)}?`;
}

function flagProblem(code: ConfigProblemCode, message: string, hint: string | null): Problem {
  return configProblem({ code, message, hint }, { uri: null, range: null });
}
