import { resolve } from 'node:path';
import type { Flag } from '../config/flags.ts';
import { epochSeconds } from '../model/timestamps.ts';
import { TREND_FORMATS, type TrendFormat } from '../reporters/trend-formats.ts';
import { suggest } from '../util/suggest.ts';
import { wantsColor } from './color.ts';
import type { CliContext } from './context.ts';
import { OutputError, usageError, type UsageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { historyError } from './history.ts';
import { noticeVariables } from './notices.ts';
import { writeReportFile } from './output.ts';
import { parseOutputsOf } from './outputs.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { VERSION } from './version.ts';

const FORMATS = Object.keys(TREND_FORMATS) as readonly TrendFormat[];
/** As of a run that found nothing to judge. */
const NO_RUN = 3;

/**
 * Prints what the runs of a folder have found over time. Gives the exit code.
 * @throws {UsageError} when it is no whole history, or it is not clear what of it is meant
 */
export async function printTrend(name: string, flags: Flags, context: CliContext): Promise<number> {
  if (name.trim() === '')
    throw usageError('the name of the folder is empty', 'Name the folder of --history.');
  const format = flags.one('--format', FORMATS)?.value ?? 'pretty';
  const color = wantsColor(context, flags.either('--color', '--no-color'));
  const { cwd } = context;
  const outputs = parseOutputsOf(FORMATS, flags.list('--output'), { cwd, paths: [name] });
  const source = flags.text('--source');
  const since = momentOf(flags.text('--since'));
  if (!flags.isOn('--quiet')) noticeVariables(context);
  const [{ trend }, { trendText }] = await Promise.all([
    import('../history.ts'),
    import('../reporters/trend.ts'),
  ]);
  const folder = { name, path: resolve(cwd, name) };
  const result = trend({ folder, source: source?.value ?? null, since, version: VERSION });
  if (!result.ok) throw 'sources' in result ? unclear(source, result.sources) : historyError(result.problems);
  let failed: OutputError | null = null;
  for (const output of outputs) {
    try {
      writeReportFile(output, trendText(result.trend, output.format, { color: false }));
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      failed ??= error;
    }
  }
  await reportToStdout(context, trendText(result.trend, format, { color }));
  if (failed !== null) throw failed;
  return result.trend.runs.length === 0 && !flags.isOn('--allow-empty') ? NO_RUN : 0;
}

function momentOf(flag: Flag<string> | undefined): string | null {
  if (flag === undefined) return null;
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(flag.value) ? `${flag.value}T00:00:00Z` : flag.value;
  if (epochSeconds(moment) !== null) return moment;
  throw usageError(
    `${flag.source}: ${JSON.stringify(flag.value)} is neither a date nor an RFC 3339 time with a zone`,
    'For example: 2026-11-01 or 2026-11-01T00:00:00Z',
  );
}

function unclear(flag: Flag<string> | undefined, sources: readonly string[]): UsageError {
  const known = `The folder has runs of: ${sources.join(', ')}.`;
  if (flag === undefined)
    return usageError('the folder has runs of several sources', `${known} Choose one with --source.`);
  const near = suggest(flag.value, sources);
  return usageError(
    `${flag.source}: the folder has no run of ${JSON.stringify(flag.value)}`,
    `${near === null ? '' : `Did you mean "${near}"? `}${known}`,
  );
}
