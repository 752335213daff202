import { epochSeconds } from '../model/timestamps.ts';
import { compareCodePoints } from '../util/code-points.ts';
import { seriesOf, type HistoryFile, type StateLine, type States } from './types.ts';

/** The files of a series in the order of their runs; runs of the same moment by the names of their files. */
export function runsOf(files: readonly HistoryFile[], series: string): readonly HistoryFile[] {
  return files
    .filter(({ run }) => seriesOf(run) === series)
    .map((file) => ({ file, moment: secondsOf(file.run.now) }))
    .sort((a, b) => a.moment - b.moment || compareCodePoints(a.file.name, b.file.name))
    .map(({ file }) => file);
}

/**
 * The runs that a run at a moment comes after. Those of the very moment are not among them: a run that is written twice is
 * the same, and of two at once neither knows the other.
 */
export function runsBefore(runs: readonly HistoryFile[], now: string): readonly HistoryFile[] {
  const moment = secondsOf(now);
  return runs.filter(({ run }) => secondsOf(run.now) < moment);
}

/** What the runs say in the end. */
export function statesAfter(runs: readonly HistoryFile[]): States {
  const states = new Map<string, StateLine>();
  for (const { states: lines } of runs) for (const line of lines) applyState(states, line);
  return states;
}

/** Takes what a line says over. */
export function applyState(states: Map<string, StateLine>, line: StateLine): void {
  if (line.was !== null) states.delete(line.was);
  if (line.state === 'fixed') states.delete(line.fingerprint);
  else states.set(line.fingerprint, line);
}

/** Of a moment that has been checked, or that a report tells. */
export function secondsOf(now: string): number {
  return epochSeconds(now) ?? 0;
}
