import { withReason } from '../findings/gate.ts';
import type { MaxFindings, Report } from '../findings/report.ts';
import { SEVERITIES, type Severity } from '../model/vocabulary.ts';
import type { SuppressionSources } from '../suppressions/types.ts';
import { suggest } from '../util/suggest.ts';
import { UsageError, usageError } from './errors.ts';
import type { Flags } from './flags.ts';

/** What the command line says of which findings fail a run, besides the threshold. */
export type VerdictFlags = { readonly maxFindings: MaxFindings; readonly failOnNew: boolean };

/**
 * Reads `--max-findings` and `--fail-on-new`.
 * @throws {UsageError} when a budget cannot be read, or there is nothing to tell new findings from old ones by
 */
export function verdictFlags(flags: Flags, { baseline }: Pick<SuppressionSources, 'baseline'>): VerdictFlags {
  const failOnNew = flags.switched('--fail-on-new');
  if (failOnNew !== undefined && baseline === null && flags.text('--previous') === undefined)
    throw usageError(
      `${failOnNew.source}: there is neither a baseline nor an earlier report to compare with`,
      'Make a baseline with "agentid-lint baseline create", or name an earlier JSON report with --previous.',
    );
  return { maxFindings: budgetsOf(flags), failOnNew: failOnNew !== undefined };
}

/**
 * With `--strict`, warnings of the config end a command before it judges.
 * @throws {UsageError} with each of them
 */
export function refuseWarnings(warnings: readonly string[], flags: Flags): void {
  if (warnings.length === 0 || !flags.isOn('--strict')) return;
  throw new UsageError(warnings.map((message) => ({ message, hint: null })));
}

/** With `--strict`, suppressions that somebody has to look at make the report one of an error. */
export function strictly(report: Report, flags: Flags): Report {
  if (!flags.isOn('--strict')) return report;
  const concerns = new Set(report.suppressions.notices.map(({ concern }) => concern));
  return (['stale', 'expired'] as const)
    .filter((concern) => concerns.has(concern))
    .reduce(
      (judged, concern) =>
        withReason(judged, { code: 2, reason: `there are ${concern} suppressions, and --strict is on` }),
      report,
    );
}

function budgetsOf(flags: Flags): MaxFindings {
  const flag = flags.list('--max-findings');
  const budgets: { [severity in Severity]?: number } = {};
  for (const text of flag?.value ?? []) {
    const [severity, most] = budgetOf(text, flag?.source ?? '--max-findings');
    if (budgets[severity] !== undefined)
      throw usageError(`${flag?.source ?? ''}: ${severity} has two budgets`, 'Keep one of the two.');
    budgets[severity] = most;
  }
  return budgets;
}

function budgetOf(text: string, source: string): readonly [Severity, number] {
  const [, name = '', number] = /^([^=]+)=(\d{1,9})$/.exec(text) ?? [];
  if (number === undefined)
    throw usageError(
      `${source}: ${JSON.stringify(text)} is not a severity, "=" and a whole number`,
      'For example: --max-findings high=3',
    );
  const severity = SEVERITIES.find((each) => each === name);
  if (severity !== undefined) return [severity, Number(number)];
  const near = suggest(name, SEVERITIES);
  throw usageError(
    `${source}: unknown severity ${JSON.stringify(name)}`,
    `${near === null ? '' : `Did you mean "${near}"? `}Known: ${SEVERITIES.join(', ')}.`,
  );
}
