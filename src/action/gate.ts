import type { Comparison } from '../findings/compare.ts';
import type { Finding } from '../findings/finding.ts';
import { reaches } from '../findings/gate.ts';
import type { Report } from '../findings/report.ts';

/** The exit code of findings that fail a run. */
const FINDINGS = 1;

/**
 * The report when only new findings fail the run: one that fails for older ones alone passes, or is incomplete if it would
 * be without them.
 */
export function judgeNew(report: Report, comparison: Pick<Comparison, 'added' | 'unsuppressed'>): Report {
  const { exitCode, exitReasons, failOn, findings } = report;
  const fails = failing(report);
  const { added, unsuppressed } = comparison;
  if (exitCode !== FINDINGS || [...added, ...unsuppressed.map(({ finding }) => finding)].some(fails))
    return report;
  // Codes that are worse than that of findings would have been used.
  const others = exitReasons.filter(({ code }) => code !== FINDINGS);
  const [other] = others;
  if (other !== undefined)
    return { ...report, verdict: 'incomplete', exitCode: other.code, exitReasons: others };
  const older = findings.filter(fails).length;
  const reason = `no new findings at or above "${failOn}", ${older} that the base has too`;
  return { ...report, verdict: 'pass', exitCode: 0, exitReasons: [{ code: 0, reason }] };
}

/** Whether a finding is one of those that fail the run: a severity with a budget is judged by that alone. */
function failing({ findings, failOn, maxFindings }: Report): (finding: Finding) => boolean {
  const counted = findings.filter(({ suppressed }) => suppressed === null);
  return ({ suppressed, severity }) => {
    if (suppressed !== null) return false;
    const most = maxFindings[severity];
    return most === undefined
      ? reaches(severity, failOn)
      : counted.filter((each) => each.severity === severity).length > most;
  };
}
