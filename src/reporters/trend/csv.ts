import type { Trend } from '../../history/trend.ts';
import { csvRow } from '../csv/cell.ts';
import { SEVERITIES } from '../severity-order.ts';
import { SUPPRESSED_COLUMNS } from './words.ts';

/** In the words of the JSON. Only added to, at the end. */
const COLUMNS = [
  ...['now', 'source', 'verdict', 'exitCode', 'incomplete', 'partial'],
  ...SEVERITIES,
  'unknown',
  ...SUPPRESSED_COLUMNS.map(({ kind }) => kind),
  ...['expired', 'resources', 'tool'],
];

/** A table for spreadsheets: a row for each run, none left out. */
export function trendCsv({ source, runs }: Trend): string {
  const rows = runs.map((run) => [
    ...[run.now, source, run.verdict, run.exitCode, String(run.incomplete), String(run.partial)],
    ...SEVERITIES.map((severity) => run.findings[severity]),
    run.unknown,
    ...SUPPRESSED_COLUMNS.map(({ kind }) => run.suppressed[kind]),
    ...[run.expired, run.resources, run.tool],
  ]);
  return [COLUMNS, ...rows].map(csvRow).join('');
}
