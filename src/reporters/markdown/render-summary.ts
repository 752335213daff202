import type { Report } from '../../findings/report.ts';
import { page, table, type Block } from './block.ts';
import { controlsTables } from './controls.ts';
import { findingsTable, ruleDetails } from './findings.ts';
import { notJudged, problemsTable } from './gaps.ts';
import { code } from './inline.ts';
import { blueprintsTable, kindsTable } from './inventory.ts';
import { exemptTable, noticesTable } from './living.ts';
import { runLines } from './run.ts';
import { suppressedTable } from './suppressed.ts';
import { verdictLinesOf } from './verdict.ts';

/**
 * `full`: everything. `summary`: one page, with the worst findings. `table`: the verdict, findings and problems.
 * `none`: nothing. Each begins with the verdict and whether the answer is whole.
 */
type SummaryLevel = 'full' | 'summary' | 'table' | 'none';

/** A table of the caller's own, above the findings. */
type SummarySection = {
  /** Ours, as the names of the columns are. */
  readonly title: string;
  readonly columns: readonly string[];
  /** Untrusted texts. */
  readonly rows: readonly (readonly string[])[];
};

type SummaryOptions = {
  readonly level: SummaryLevel;
  /** Bytes; 1,000 KiB when absent, a little less than GitHub takes for a job summary. */
  readonly limit?: number;
  /** Sentences that belong to the verdict. Untrusted texts. */
  readonly notes?: readonly string[];
  readonly sections?: readonly SummarySection[];
  /** Whether one page lists findings that do not count; `full` always does. */
  readonly showSuppressed?: boolean;
};

const MOST_BYTES = 1000 * 1024;
/** Rows of a table on one page. */
const MOST_ON_A_PAGE = 20;

/**
 * A report as GitHub's Markdown. No text of it makes markup: everything untrusted is in code spans. What is over the limit is left out row by row and counted; the verdict is always there.
 */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const { level, limit = MOST_BYTES, notes = [], sections = [], showSuppressed = false } = options;
  if (level === 'none') return '';
  const own = sections.flatMap(({ title, columns, rows }) =>
    table(
      title,
      columns,
      rows.map((cells) => cells.map((cell) => code(cell))),
    ),
  );
  return page(verdictLinesOf(report, notes), [...own, ...BLOCKS[level](report, showSuppressed)], limit);
}

const BLOCKS = {
  full: (report) => [
    ...findingsTable(report),
    ...problemsTable(report),
    ...ruleDetails(report),
    ...notJudged(report),
    ...noticesTable(report),
    ...suppressedTable(report),
    ...exemptTable(report),
    ...controlsTables(report),
    ...kindsTable(report),
    ...blueprintsTable(report),
    runLines(report),
  ],
  summary: (report, showSuppressed) => [
    ...findingsTable(report, MOST_ON_A_PAGE),
    ...problemsTable(report, MOST_ON_A_PAGE),
    ...notJudged(report),
    ...noticesTable(report, MOST_ON_A_PAGE),
    ...(showSuppressed ? suppressedTable(report, MOST_ON_A_PAGE) : []),
    ...exemptTable(report, MOST_ON_A_PAGE),
    ...kindsTable(report),
    runLines(report),
  ],
  table: (report) => [...findingsTable(report), ...problemsTable(report)],
} as const satisfies Record<
  Exclude<SummaryLevel, 'none'>,
  (report: Report, showSuppressed: boolean) => readonly Block[]
>;
