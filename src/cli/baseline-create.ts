import type { Finding } from '../findings/finding.ts';
import type { SuppressionSources } from '../suppressions/types.ts';
import { safeText } from './safe-text.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import { count } from './finding-line.ts';
import type { Flags } from './flags.ts';
import { whileLocked } from './lock.ts';
import { writeReportFile } from './output.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { shellWord } from './shell-word.ts';
import { suppressionRun, unreliable, type SuppressionRun } from './suppression-run.ts';
import { loadSuppressions, problemsOf } from './suppressions.ts';

/** What may go into a baseline, and what may not. */
type Recorded = {
  readonly findings: readonly Finding[];
  readonly forbidden: readonly Finding[];
  /** How many do not count for another reason. */
  readonly suppressed: number;
};

/**
 * `baseline create`: records the findings that count. Gives the exit code.
 * @throws {UsageError} when there is a baseline, and nothing is to be added to it
 * @throws {OutputError} when it could not be written; the old file is then untouched
 */
export async function createBaseline(
  { paths, adds }: { readonly paths: readonly string[]; readonly adds: boolean },
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const run = await suppressionRun(paths, flags, context);
  const { uri, path } = run.places.baseline;
  if (!adds) refuseOld(path, uri, context);
  const { sources } = await loadSuppressions(flags, run.effective, context, { usesBaseline: false });
  const report = await run.judge(sources);
  const code = unreliable(report, context);
  if (code !== 0) return code;
  const counting = report.findings.filter(({ suppressed }) => suppressed === null);
  const recorded = {
    ...(await withoutForbidden(counting, sources, run)),
    suppressed: report.findings.length - counting.length,
  };
  const files = await import('../suppression-files.ts');
  const written = await whileLocked({ name: uri, path }, context, () => {
    if (!adds) refuseOld(path, uri, context);
    const old = context.exists(path) ? files.readBaselineFile({ uri, path }, report.base) : null;
    if (old?.ok === false) throw problemsOf(old.problems);
    const missing =
      old === null
        ? recorded.findings
        : recorded.findings.filter((finding) => !files.knows(old.baseline, finding));
    const text =
      old === null
        ? files.writeBaseline(files.entriesOf(missing, report.base))
        : files.withEntries(old.text, files.entriesOf(missing, report.base));
    const checked = files.readBaseline(uri, text, report.base);
    if (!checked.ok) throw problemsOf(checked.problems);
    if (text !== old?.text) writeReportFile({ name: uri, path, what: 'the baseline' }, text);
    return { isNew: old === null, added: missing.length, all: checked.baseline.entries.size };
  });
  const lines = [
    ...toldOf(uri, written),
    ...leftOut(recorded),
    ...(flags.isOn('--quiet') || !written.isNew ? [] : nextSteps(uri)),
  ];
  await reportToStdout(context, safeText(lines));
  return 0;
}

function refuseOld(path: string, uri: string, context: CliContext): void {
  if (!context.exists(path)) return;
  throw usageError(
    `there is a baseline already: ${uri}`,
    '--add adds what it does not know yet. "agentid-lint baseline prune" takes out what is not found any more.',
  );
}

/** A rule may forbid that its findings are recorded; such a rule is rare, and a run with all of them recorded tells. */
async function withoutForbidden(
  counting: readonly Finding[],
  sources: SuppressionSources,
  { effective, judge }: SuppressionRun,
): Promise<Pick<Recorded, 'findings' | 'forbidden'>> {
  const { config, ruleSet } = effective;
  const layers = [config.rules, ...config.overrides.map(({ rules }) => rules)];
  const mayForbid =
    ruleSet.rules.some(({ waivable }) => waivable === false) ||
    layers.some((rules) => Object.values(rules).some(({ waivable }) => waivable === false));
  if (!mayForbid) return { findings: counting, forbidden: [] };
  const { entriesOf } = await import('../suppression-files.ts');
  const entries = entriesOf(counting, '').map((entry, index) => ({ ...entry, line: index + 2 }));
  const baseline = { uri: '', entries: new Map(entries.map((entry) => [entry.fingerprint, entry])) };
  const again = await judge({ ...sources, baseline });
  const counts = again.findings.filter(({ suppressed }) => suppressed === null);
  const forbidden = new Set(counts.map(({ fingerprint }) => fingerprint));
  const isForbidden = ({ fingerprint }: Finding) => forbidden.has(fingerprint);
  return {
    findings: counting.filter((finding) => !isForbidden(finding)),
    forbidden: counting.filter(isForbidden),
  };
}

function toldOf(
  uri: string,
  { isNew, added, all }: { readonly isNew: boolean; readonly added: number; readonly all: number },
): readonly string[] {
  if (isNew) return [`wrote ${uri}: ${count(all, 'finding')}`];
  return added === 0
    ? [`nothing to add: ${uri} knows every finding`]
    : [`added ${count(added, 'finding')} to ${uri}, which has ${all} now`];
}

function leftOut({ forbidden, suppressed }: Recorded): readonly string[] {
  const rules = [...new Set(forbidden.map(({ rule }) => rule))].sort();
  return [
    ...(forbidden.length === 0
      ? []
      : [
          `left out ${count(forbidden.length, 'finding')} of rules that allow no exception: ${rules.join(', ')}`,
        ]),
    ...(suppressed === 0
      ? []
      : [
          `left out ${count(suppressed, 'finding')} that ${suppressed === 1 ? 'does' : 'do'} not count anyway`,
        ]),
  ];
}

function nextSteps(uri: string): readonly string[] {
  return [
    '',
    'Commit it. What it knows does not count any more; whatever is new does:',
    '  agentid-lint lint --fail-on-new',
    `  git add ${shellWord(uri)}`,
  ];
}
