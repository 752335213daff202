import { compareReports, comparisonCounts, incomparable } from './findings/compare.ts';
import { FINDINGS_CODE, withReason } from './findings/gate.ts';
import type { Report } from './findings/report.ts';

/** An earlier report, and the name of its file. */
export type Previous = { readonly file: string; readonly report: Report };

/** Why a run cannot be compared with an earlier one, as a clause; `null` when it can. */
export function incomparableWith({ file, report: earlier }: Previous, report: Report): string | null {
  return incomparable([JSON.stringify(file), earlier], ['this run', report]);
}

/**
 * The report with what has changed since an earlier one. Where new findings fail a run, and no baseline says which ones are
 * new, those that the earlier report does not have fail it.
 */
export function withPrevious(report: Report, { file, report: earlier }: Previous): Report {
  const previous = { file, now: earlier.now, ...comparisonCounts(compareReports(earlier, report)) };
  const compared = { ...report, previous };
  if (!report.failOnNew || report.suppressions.baseline !== null || previous.added === 0) return compared;
  const what = previous.added === 1 ? '1 new finding' : `${previous.added} new findings`;
  return withReason(compared, { code: FINDINGS_CODE, reason: `${what} since ${previous.now}` });
}
