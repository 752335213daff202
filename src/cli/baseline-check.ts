import { resolve } from 'node:path';
import { repositoryBase } from '../config/find.ts';
import type { Report } from '../findings/report.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { styleFor } from '../reporters/style.ts';
import type { BaselineState } from '../suppressions/baseline-state.ts';
import type { Baseline, BaselineEntry } from '../suppressions/types.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import { count, findingLine } from './finding-line.ts';
import type { Flags } from './flags.ts';
import { whileLocked } from './lock.ts';
import { writeReportFile } from './output.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { safeText } from './safe-text.ts';
import { sections } from './sections.ts';
import { suppressionRun, unreliable, type SuppressionRun } from './suppression-run.ts';
import { loadSuppressions, problemsOf } from './suppressions.ts';

/** Findings that fail the check. */
const DIFFERS = 1;
const MOST_LISTED = 100;

type Looked = {
  readonly run: SuppressionRun;
  readonly baseline: Baseline;
  readonly report: Report;
  readonly state: BaselineState;
};

/**
 * `baseline check`: whether the baseline still says what is found. Gives the exit code: 1 when something is new or stale.
 * @throws {UsageError} when there is no baseline, or it cannot be read
 */
export async function checkBaseline(
  { paths, color }: { readonly paths: readonly string[]; readonly color: boolean },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const { baseline, report, state } = await look(paths, flags, context);
  const incomplete = unreliable(report, context);
  if (incomplete !== 0 && incomplete !== 4) return incomplete;
  const fresh = report.findings.filter(({ suppressed }) => suppressed === null);
  const summary = [
    `${baseline.uri}: ${state.known.length} known, ${fresh.length} new, ${state.stale.length} stale`,
    ...unseen(state),
  ];
  const lists = [
    { title: 'new: in no baseline', lines: listed(fresh.map(findingLine)) },
    {
      title: 'stale: not found any more; "agentid-lint baseline prune" takes them out',
      lines: listed(state.stale.map(entryLine)),
    },
  ];
  await reportToStdout(
    context,
    joinLines([...summary.map(visible), ...sections(lists, styleFor({ color }))]),
  );
  return fresh.length + state.stale.length > 0 ? DIFFERS : incomplete;
}

/**
 * `baseline prune`: takes out the entries that are not found any more. Gives the exit code.
 * @throws {UsageError} when there is no baseline, or it cannot be read
 * @throws {OutputError} when it could not be written; the old file is then untouched
 */
export async function pruneBaseline(
  wanted: { readonly paths: readonly string[]; readonly dryRun: boolean; readonly gone: boolean },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const { run, baseline, report, state } = await look(wanted.paths, flags, context);
  const code = unreliable(report, context);
  if (code !== 0) return code;
  const { uri, path } = run.places.baseline;
  const removed = wanted.gone ? [...state.stale, ...state.absent] : state.stale;
  if (removed.length > 0 && !wanted.dryRun) await remove(removed, { uri, path }, context);
  const verb = wanted.dryRun ? 'would remove' : 'removed';
  const left = baseline.entries.size - removed.length;
  const lines =
    removed.length === 0
      ? [`nothing to remove: ${uri} has no stale entry`]
      : [
          `${verb} ${count(removed.length, 'entry', 'entries')} from ${uri}, ${left} stay`,
          ...removed.map((entry) => `  ${entryLine(entry)}`),
        ];
  await reportToStdout(context, safeText([...lines, ...(wanted.gone ? [] : unseen(state))]));
  return 0;
}

async function look(paths: readonly string[], flags: Flags, context: CliContext): Promise<Looked> {
  const run = await suppressionRun(paths, flags, context);
  const { baseline: file } = run.places;
  const { sources } = await loadSuppressions(flags, run.effective, context, { usesBaseline: true });
  const { baseline } = sources;
  if (baseline === null)
    throw usageError(
      `there is no baseline: ${file.uri}`,
      'Make one with "agentid-lint baseline create", or name it with --baseline.',
    );
  const report = await run.judge(sources);
  const { baselineState } = await import('../suppression-files.ts');
  const state = baselineState(baseline, report, {
    rules: run.effective.ruleSet.rules,
    isGone: (uri) => !context.exists(resolve(context.cwd, uri)),
  });
  return { run, baseline, report, state };
}

/** Another run may have changed the file meanwhile: what goes is looked for again. */
async function remove(
  removed: readonly BaselineEntry[],
  file: { readonly uri: string; readonly path: string },
  context: CliContext,
): Promise<void> {
  const { readBaselineFile, withoutEntries } = await import('../suppression-files.ts');
  const fingerprints = new Set(removed.map(({ fingerprint }) => fingerprint));
  await whileLocked({ name: file.uri, path: file.path }, context, () => {
    const now = readBaselineFile(file, repositoryBase(context.cwd));
    if (!now.ok) throw problemsOf(now.problems);
    const entries = [...now.baseline.entries.values()];
    const gone = entries.filter(({ fingerprint }) => fingerprints.has(fingerprint));
    const text = withoutEntries(now.text, gone);
    writeReportFile({ name: file.uri, path: file.path, what: 'the baseline' }, text);
  });
}

function unseen({ absent, unjudged }: BaselineState): readonly string[] {
  return [
    ...(absent.length === 0
      ? []
      : [
          `${count(absent.length, 'entry is', 'entries are')} about objects that this run did not see; "prune --gone" takes them out`,
        ]),
    ...(unjudged.length === 0 ? [] : [`${count(unjudged.length, 'entry', 'entries')} could not be judged`]),
  ];
}

function entryLine({ line, rule, resource, at }: BaselineEntry): string {
  return `line ${line}  ${rule}  ${resource}${at === '' ? '' : `  ${at}`}`;
}

function listed(lines: readonly string[]): readonly string[] {
  const more = lines.length - MOST_LISTED;
  return [...lines.slice(0, MOST_LISTED).map(visible), ...(more > 0 ? [`… and ${more} more`] : [])];
}
