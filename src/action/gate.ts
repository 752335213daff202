import type { Comparison } from '../findings/compare.ts';
import { reaches } from '../findings/gate.ts';
import type { Report } from '../findings/report.ts';

/** The exit code of findings that fail a run. */
const FINDINGS = 1;

/**
 * The report when only new findings fail the run: one that fails for older ones alone passes, or is incomplete if it would
 * be without them.
 */
export function judgeNew(report: Report, { added }: Pick<Comparison, 'added'>): Report {
  const { exitCode, exitReasons, failOn, findings } = report;
  const fails = ({ suppressed, severity }: Report['findings'][number]) =>
    suppressed === null && reaches(severity, failOn);
  if (exitCode !== FINDINGS || added.some(fails)) return report;
  // Codes that are worse than that of findings would have been used.
  const others = exitReasons.filter(({ code }) => code !== FINDINGS);
  const [other] = others;
  if (other !== undefined)
    return { ...report, verdict: 'incomplete', exitCode: other.code, exitReasons: others };
  const older = findings.filter(fails).length;
  const reason = `no new findings at or above "${failOn}", ${older} that the base has too`;
  return { ...report, verdict: 'pass', exitCode: 0, exitReasons: [{ code: 0, reason }] };
}
