import type { Trend, TrendRun } from '../../history/trend.ts';
import { VERDICT_WORDS } from '../tally.ts';
import { count } from '../text.ts';

/** Kinds of suppression, and the words at the head of their column. */
export const SUPPRESSED_COLUMNS = [
  { kind: 'waiver', word: 'waived' },
  { kind: 'inline', word: 'inline' },
  { kind: 'baseline', word: 'baseline' },
  { kind: 'exemption', word: 'exempt' },
] as const;

/** Runs that a table shows. */
export const MOST_RUNS = 20;

/** What is said of numbers that an incomplete run has. */
export const UNKNOWN_NOTE =
  'Findings that a run could not judge stay in the numbers: they are unknown, not fixed.';

export const TIME_NOTE =
  'From the first run that had a finding to the first one that found it fixed. Time in which it was suppressed counts; being suppressed is not being fixed.';

/** `2026-11-23 12:00`. */
export function minuteOf(now: string): string {
  return now.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}

/** What a run ended with, and whether it is the whole answer. */
export function endOf({ verdict, incomplete, partial }: TrendRun): string {
  const word = VERDICT_WORDS[verdict];
  const marks = [incomplete && verdict !== 'incomplete' ? 'incomplete' : '', partial ? 'partial' : ''];
  return [word, ...marks.filter((mark) => mark !== '')].join(', ');
}

/** `34 runs from 2026-10-01 12:00 to 2026-11-23 12:00 UTC`. */
export function spanOf({ runs }: Trend): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return 'no run';
  if (runs.length === 1) return `1 run at ${minuteOf(first.now)} UTC`;
  return `${count(runs.length, 'run')} from ${minuteOf(first.now)} to ${minuteOf(last.now)} UTC`;
}

/** `12.5 days`; `null` stays what it is: there is nothing to tell. */
export function daysOf(days: number | null): string | null {
  return days === null ? null : `${days} ${days === 1 ? 'day' : 'days'}`;
}
