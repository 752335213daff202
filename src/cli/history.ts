import { relative, resolve, sep } from 'node:path';
import type { Problem } from '../documents/problem.ts';
import type { Report } from '../findings/report.ts';
import type { Scope } from '../history.ts';
import type { RuleMetadata } from '../policy/types.ts';
import type { CliContext } from './context.ts';
import { OutputError, UsageError, type Mistake } from './errors.ts';
import type { Flags } from './flags.ts';
import { mistakeOf } from './load-config.ts';

/** What a run is asked for. */
export type HistoryAsked = {
  /** Paths and patterns of the command line; none for everything. */
  readonly paths: readonly string[];
  /** Files that findings are reported in; `null` for all. */
  readonly changed: ReadonlySet<string> | null;
  readonly rules: readonly RuleMetadata[];
};

/** Mistakes that are told one by one. */
const MOST_MISTAKES = 20;
const NARROWING = ['--rule', '--skip-rule', '--exclude'] as const;

/**
 * Reads the folder that `--history` names. What is returned adds the run to it.
 * @throws {UsageError} when it is no whole history
 */
export async function historyFor(
  flags: Flags,
  asked: HistoryAsked,
  context: CliContext,
): Promise<(report: Report) => void> {
  const name = flags.text('--history')?.value ?? '';
  const folder = { name, path: resolve(context.cwd, name) };
  const { keepRun, openHistory } = await import('../history.ts');
  const opened = openHistory(folder);
  if (!opened.ok) throw historyError(opened.problems);
  const scope = scopeOf(flags, asked, context);
  return (report) => {
    const fault = keepRun(report, { folder, files: opened.files, scope });
    if (fault !== null) throw new OutputError(`could not add the run to the history in ${name}: ${fault}`);
  };
}

/** What is wrong with a history, as an error. */
export function historyError(problems: readonly Problem[]): UsageError {
  const more = problems.length - MOST_MISTAKES;
  const rest: readonly Mistake[] =
    more > 0 ? [{ message: `${more} more files have problems`, hint: null }] : [];
  return new UsageError([...problems.slice(0, MOST_MISTAKES).map(mistakeOf), ...rest]);
}

function scopeOf(flags: Flags, { paths, changed, rules }: HistoryAsked, { cwd, exists }: CliContext): Scope {
  const folders = paths
    .filter((path) => path !== '-' && !/[*?[\]{}!]/.test(path))
    .map((path) => relative(cwd, resolve(cwd, path)).replaceAll(sep, '/'));
  const isEverything = paths.length === 0 || folders.includes('');
  return {
    partial: !isEverything || changed !== null || NARROWING.some((name) => flags.list(name) !== undefined),
    reports: (file) => changed?.has(file) ?? true,
    covers: (file) =>
      isEverything || folders.some((folder) => file === folder || file.startsWith(`${folder}/`)),
    isThere: (file) => exists(resolve(cwd, file)),
    renamed: new Map(rules.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const))),
  };
}
