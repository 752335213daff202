import type { TrendRun } from '../../history/trend.ts';

const DAY_IN_MS = 86_400_000;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY = 4;

const STRETCHES = [
  { of: 'each day', key: (now: string) => now.slice(0, 'yyyy-mm-dd'.length) },
  { of: 'each week', key: (now: string) => String(Math.floor((dayOf(now) - FIRST_MONDAY) / 7)) },
  { of: 'each month', key: (now: string) => now.slice(0, 'yyyy-mm'.length) },
  { of: 'each year', key: (now: string) => now.slice(0, 'yyyy'.length) },
] as const;

/** Runs that are shown, and the words for which those are; `null` when all are. */
export type Thinned = { readonly shown: readonly TrendRun[]; readonly note: string | null };

/** All runs when there are at most so many, else the last of each day, week, month or year, whichever is the first to fit. */
export function thinned(runs: readonly TrendRun[], most: number): Thinned {
  if (runs.length <= most) return { shown: runs, note: null };
  for (const { of, key } of STRETCHES) {
    const shown = [...new Map(runs.map((run) => [key(run.now), run])).values()];
    if (shown.length <= most)
      return { shown, note: `the last run of ${of}, ${shown.length} of ${runs.length}` };
  }
  const shown = runs.slice(-most);
  return { shown, note: `the newest ${most} of ${runs.length} runs` };
}

function dayOf(now: string): number {
  return Math.floor(Date.parse(now) / DAY_IN_MS);
}
