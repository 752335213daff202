import type { Report } from './findings/report.ts';
import type { Scope } from './history/changes.ts';
import { addFile, readHistory, type HistoryFolder, type OpenedHistory } from './history/files.ts';
import { newFile } from './history/run.ts';
import { trendOf, type Trend } from './history/trend.ts';
import { seriesOf, type HistoryFile } from './history/types.ts';
import { compareCodePoints } from './util/code-points.ts';
import { reason } from './util/reason.ts';

export type { Scope } from './history/changes.ts';
export type { HistoryFolder, OpenedHistory } from './history/files.ts';
export type { HistoryFile } from './history/types.ts';

/** The runs that a folder has, which is made when it is written to. */
export function openHistory(folder: HistoryFolder): OpenedHistory {
  return readHistory(folder, { mustExist: false });
}

/** Adds a run to a folder with these files. Gives why it could not be written, or `null`. */
export function keepRun(
  report: Report,
  {
    folder,
    files,
    scope,
  }: { readonly folder: HistoryFolder; readonly files: readonly HistoryFile[]; readonly scope: Scope },
): string | null {
  const file = newFile(report, files, scope);
  try {
    addFile(folder, file);
    return null;
  } catch (cause) {
    return reason(cause);
  }
}

/** What is told of the runs of a folder. */
export type TrendRequest = {
  readonly folder: HistoryFolder;
  /** As `Trend` has it; `null` for the only one that there is. */
  readonly source: string | null;
  /** RFC 3339; `null` for all runs. */
  readonly since: string | null;
  readonly version: string;
};

export type TrendResult =
  | { readonly ok: true; readonly trend: Trend }
  /** Which source is meant has to be said: these are there. */
  | { readonly ok: false; readonly sources: readonly string[] }
  | Extract<OpenedHistory, { readonly ok: false }>;

/** What the runs of a folder have found over time. */
export function trend({ folder, source, since, version }: TrendRequest): TrendResult {
  const opened = readHistory(folder, { mustExist: true });
  if (!opened.ok) return opened;
  const sources = [...new Set(opened.files.map(({ run }) => seriesOf(run)))].sort(compareCodePoints);
  const isUnclear = source === null ? sources.length > 1 : sources.length > 0 && !sources.includes(source);
  if (isUnclear) return { ok: false, sources };
  const told = source ?? sources[0] ?? null;
  return { ok: true, trend: trendOf(opened.files, { version, source: told, since }) };
}
