import type { Report } from '../findings/report.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor } from '../reporters/style.ts';
import { epochSeconds } from '../model/timestamps.ts';
import type { NamedFile } from '../suppression-files.ts';
import type { Waiver, WaiversFile } from '../suppressions/types.ts';
import type { WaiversWorld } from '../suppressions/waivers.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import { count } from './finding-line.ts';
import type { Flags } from './flags.ts';
import { whileLocked } from './lock.ts';
import { writeReportFile } from './output.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { safeText } from './safe-text.ts';
import { sections } from './sections.ts';
import { suppressionRun, unreliable, type SuppressionRun } from './suppression-run.ts';
import { loadSuppressions, problemsOf, waiversWorld } from './suppressions.ts';
import { objectText } from './waivers-list.ts';

/** Waivers that fail the check. */
const LOOK_AGAIN = 1;

type Looked = {
  readonly run: SuppressionRun;
  readonly waivers: WaiversFile | null;
  readonly report: Report;
  /** About waivers, and about what stands beside findings; waivers that are over are known from their file. */
  readonly notices: readonly SuppressionNotice[];
};

/**
 * `waivers check`: which suppressions somebody has to look at. Gives the exit code: 1 when one is expired or stale.
 * @throws {UsageError} when the file cannot be read
 */
export async function checkWaivers(
  { paths, color }: { readonly paths: readonly string[]; readonly color: boolean },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const { waivers, report, notices } = await look(paths, flags, context);
  const incomplete = unreliable(report, context);
  if (incomplete !== 0 && incomplete !== 4) return incomplete;
  const ofConcern = (wanted: SuppressionNotice['concern']) =>
    notices.filter(({ concern }) => concern === wanted).map(noticeLine);
  const expired = [...ended(waivers, report), ...ofConcern('expired')];
  const [stale, expiring] = [ofConcern('stale'), ofConcern('expiring')];
  const all = count(waivers?.entries.length ?? 0, 'waiver');
  const summary = `${all}: ${expired.length} expired, ${stale.length} stale, ${expiring.length} about to expire`;
  const lists = [
    { title: 'expired: what they were about counts again', lines: expired },
    { title: 'stale: what it is about is not found any more', lines: stale },
    { title: 'about to expire', lines: expiring },
  ];
  await reportToStdout(context, joinLines([summary, ...sections(lists, styleFor({ color }))]));
  return expired.length + stale.length > 0 ? LOOK_AGAIN : incomplete;
}

/**
 * `waivers prune`: takes out what is expired or stale, and leaves every other byte. Gives the exit code.
 * @throws {UsageError} when the file cannot be read, or not be changed without touching more of it
 * @throws {OutputError} when it could not be written; the old file is then untouched
 */
export async function pruneWaivers(
  {
    paths,
    dryRun,
    color,
  }: { readonly paths: readonly string[]; readonly dryRun: boolean; readonly color: boolean },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const { run, waivers, report, notices } = await look(paths, flags, context);
  const code = unreliable(report, context);
  if (code !== 0) return code;
  const now = epochSeconds(report.now) ?? 0;
  const stale = new Set(
    notices.flatMap(({ concern, kind, location }) =>
      concern === 'stale' && kind === 'waiver' ? [location?.range?.start.offset ?? -1] : [],
    ),
  );
  const { uri, path } = run.places.waivers;
  const removed = (waivers?.entries ?? []).filter(
    (waiver) => waiver.ends <= now || stale.has(placeOf(waiver)),
  );
  if (removed.length === 0) {
    await reportToStdout(context, safeText([`nothing to remove: ${uri} has no expired or stale waiver`]));
    return 0;
  }
  const world = waiversWorld(flags, run.effective, context, run.places);
  const without = await remover(removed, { file: { uri, path }, world });
  if (dryRun) {
    const { lineDiff } = await import('./line-diff.ts');
    const { before, after } = without();
    await reportToStdout(context, joinLines(lineDiff(uri, { before, after }, styleFor({ color }))));
    return 0;
  }
  await whileLocked({ name: uri, path }, context, () => {
    writeReportFile({ name: uri, path, what: 'the waivers' }, without().after);
  });
  const left = (waivers?.entries.length ?? 0) - removed.length;
  await reportToStdout(
    context,
    safeText([
      `removed ${count(removed.length, 'waiver')} from ${uri}, ${left} stay`,
      ...removed.map((waiver) => removedLine(waiver, now)),
    ]),
  );
  return 0;
}

/** Reads the file again, as another run may have changed it meanwhile, and gives its text with and without some waivers. */
async function remover(
  removed: readonly Waiver[],
  { file: { uri, path }, world }: { readonly file: NamedFile; readonly world: WaiversWorld },
): Promise<() => { readonly before: string; readonly after: string }> {
  const { readWaivers, readWaiversFile, withoutWaivers } = await import('../suppression-files.ts');
  return () => {
    const file = readWaiversFile({ uri, path }, world);
    if (!file.ok) throw problemsOf(file.problems);
    const going = new Set(removed.map(keyOf));
    const places = file.waivers.entries.flatMap((entry, index) => (going.has(keyOf(entry)) ? [index] : []));
    const after = withoutWaivers(file.text, places);
    const left = after === null ? null : readWaivers({ uri, text: after, world });
    if (
      after === null ||
      left?.ok !== true ||
      left.file.entries.length !== file.waivers.entries.length - places.length
    )
      throw usageError(
        `the list in ${uri} cannot be changed without touching more of it`,
        'Write one waiver under the other, each behind a dash of its own, or remove these by hand.',
      );
    return { before: file.text, after };
  };
}

function removedLine({ rule, object, suppression: { expires }, ends }: Waiver, now: number): string {
  return `  ${ends <= now ? 'expired' : 'stale'}  ${rule}  ${objectText(object)}  until ${expires ?? ''}`;
}

async function look(paths: readonly string[], flags: Flags, context: CliContext): Promise<Looked> {
  const run = await suppressionRun(paths, flags, context);
  const { sources } = await loadSuppressions(flags, run.effective, context, { usesBaseline: false });
  const report = await run.judge(sources);
  const notices = report.suppressions.notices.filter(
    ({ kind, concern }) => kind !== 'baseline' && !(kind === 'waiver' && concern === 'expired'),
  );
  return { run, waivers: sources.waivers, report, notices };
}

/** Waivers that are over, whether what they were about was judged or not. */
function ended(waivers: WaiversFile | null, { now }: Report): readonly string[] {
  const seconds = epochSeconds(now) ?? 0;
  return (waivers?.entries ?? [])
    .filter(({ ends }) => ends <= seconds)
    .map(({ rule, object, suppression: { location, expires } }) =>
      visible(
        `${location?.uri ?? ''}:${location?.range?.start.line ?? ''}: ${rule}, ${objectText(object)}, until ${expires ?? ''}`,
      ),
    );
}

function placeOf({ suppression }: Waiver): number {
  return suppression.location?.range?.start.offset ?? -2;
}

/** What an entry says, wherever it stands. */
function keyOf({ suppression: { location, ...told }, ...waiver }: Waiver): string {
  return JSON.stringify([waiver, told, location?.uri]);
}

function noticeLine({ message, location }: SuppressionNotice): string {
  const line = location?.range?.start.line;
  const place = location === null ? '' : `${location.uri}${line === undefined ? '' : `:${line}`}: `;
  return visible(`${place}${message}`);
}
