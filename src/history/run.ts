import type { Report } from '../findings/report.ts';
import type { RuleOutcome } from '../policy/types.ts';
import { changedStates, type Scope } from './changes.ts';
import { runsBefore, runsOf, statesAfter } from './fold.ts';
import { fileName, fileText } from './text.ts';
import { noCounts, noSuppressions, seriesOf, type HistoryFile, type RunLine } from './types.ts';

/** A file that is to be written. */
export type NewFile = { readonly name: string; readonly text: string };

/** The file of a run, in a folder with these files. The same report and files give the same one. */
export function newFile(report: Report, files: readonly HistoryFile[], scope: Scope): NewFile {
  const { tenant } = report;
  const origin =
    tenant === null ? { source: 'files', base: report.base } : { source: `tenant:${tenant.id}`, base: '' };
  const before = runsBefore(runsOf(files, seriesOf(origin)), report.now);
  const states = changedStates(report, statesAfter(before), scope);
  const { now, verdict, exitCode, findings, ledger, tool, change } = report;
  const run: RunLine = {
    ...{ now, ...origin, after: before.at(-1)?.name ?? null, verdict, exitCode, ...countsOf(report) },
    expired: findings.filter(({ expired }) => expired !== null).length,
    resources: ledger.resources.total,
    tool: tool.version,
    policyDigest: tool.policyDigest,
    incomplete: isIncomplete(report),
    partial: scope.partial || change !== null,
    states: states.length,
  };
  const text = fileText(run, states);
  return { name: fileName(run, text), text };
}

function countsOf({ findings }: Report): Pick<RunLine, 'counts' | 'suppressed'> {
  const counts = noCounts();
  const suppressed = noSuppressions();
  for (const finding of findings) {
    if (finding.suppressed === null) counts[finding.severity] += 1;
    else suppressed[finding.suppressed.kind] += 1;
  }
  return { counts, suppressed };
}

/** Whatever the exit code is: a run may be allowed to be incomplete, or fail for more. */
function isIncomplete({ ledger, outcomes, exitReasons, tenant }: Report): boolean {
  return (
    ledger.inputs.failed > 0 ||
    ledger.resources.failed > 0 ||
    ledger.evaluations.failed > 0 ||
    tenant?.complete === false ||
    outcomes.some(isBlind) ||
    exitReasons.some(({ code }) => code === 4)
  );
}

function isBlind(outcome: RuleOutcome): boolean {
  switch (outcome.status) {
    case 'failed':
      return true;
    case 'skipped':
      return outcome.reason === 'facts-missing';
    case 'evaluated':
      return (outcome.skipped ?? []).some(({ reason }) => reason === 'facts-missing');
  }
}
