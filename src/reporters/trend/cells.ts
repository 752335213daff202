import type { TimeToFix, TrendRun } from '../../history/trend.ts';
import { SEVERITIES } from '../severity-order.ts';
import { daysOf, endOf, minuteOf, SUPPRESSED_COLUMNS } from './words.ts';

/** Stands where there is nothing to tell. */
const NOTHING = '–';

/** A column of the table of runs. Nothing in it is untrusted. */
type RunColumn = {
  readonly title: string;
  /** `null` where a run does not tell it. */
  readonly cell: (run: TrendRun) => string | number | null;
};

const SUPPRESSED: readonly RunColumn[] = [
  ...SUPPRESSED_COLUMNS.map(({ kind, word }) => ({
    title: word,
    cell: ({ suppressed }: TrendRun) => suppressed[kind],
  })),
  { title: 'expired', cell: ({ expired }) => expired },
];

/** The numbers that are told of these runs: what never suppressed anything has no column. */
export function numberColumns(runs: readonly TrendRun[]): readonly RunColumn[] {
  return [
    ...SEVERITIES.map((severity) => ({
      title: severity,
      cell: ({ findings }: TrendRun) => findings[severity],
    })),
    { title: 'unknown', cell: ({ unknown }) => unknown },
    ...SUPPRESSED.filter(({ cell }) => runs.some((run) => Number(cell(run)) > 0)),
  ];
}

/** A table of runs: its head, and a row for each. */
export function runTable(runs: readonly TrendRun[]): readonly (readonly string[])[] {
  const columns: readonly RunColumn[] = [
    { title: 'run (UTC)', cell: ({ now }) => minuteOf(now) },
    { title: 'ended', cell: endOf },
    ...numberColumns(runs),
  ];
  return [
    columns.map(({ title }) => title),
    ...runs.map((run) => columns.map(({ cell }) => String(cell(run) ?? NOTHING))),
  ];
}

export const TIME_COLUMNS: readonly string[] = ['severity', 'fixed', 'mean time to fix', 'open', 'mean age'];

export function timeCells({ severity, fixed, meanDays, open, meanAgeDays }: TimeToFix): readonly string[] {
  return [severity, String(fixed), daysOf(meanDays) ?? NOTHING, String(open), daysOf(meanAgeDays) ?? NOTHING];
}
