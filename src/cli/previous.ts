import type { Report } from '../findings/report.ts';
import type { Previous } from '../previous.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { STDIN } from './lint-request.ts';

/**
 * The earlier report that a run is to be compared with; `null` when it is not. It is read before the run is judged, which
 * may replace it.
 * @throws {UsageError} when it cannot be read
 */
export async function previousOf(flags: Flags, context: CliContext): Promise<Previous | null> {
  const flag = flags.text('--previous');
  if (flag === undefined) return null;
  if (flag.value === STDIN)
    throw usageError(`${flag.source} names a file, and "-" is stdin`, 'Save the earlier report to a file.');
  const { savedReport } = await import('./saved-report.ts');
  return { file: flag.value, report: await savedReport(flag.value, flags.isOn('--quiet'), context) };
}

/**
 * The report of a run with what has changed since an earlier one.
 * @throws {UsageError} when the two are of different things
 */
export async function comparedWith(report: Report, previous: Previous | null): Promise<Report> {
  if (previous === null) return report;
  const { incomparableWith, withPrevious } = await import('../previous.ts');
  const why = incomparableWith(previous, report);
  if (why === null) return withPrevious(report, previous);
  throw usageError(
    `--previous: ${why}, so that they cannot be compared`,
    'Name an earlier report of the same.',
  );
}
