import type { Finding } from '../findings/finding.ts';
import type { MaxFindings, Report, Verdict } from '../findings/report.ts';
import { SEVERITIES } from './severity-order.ts';
import type { RuleOutcome } from '../policy/types.ts';
import { count } from './text.ts';

/** The exit code of a run that could not judge everything. */
const INCOMPLETE = 4;

/** What each verdict is called. */
export const VERDICT_WORDS = {
  pass: 'passed',
  fail: 'failed',
  incomplete: 'incomplete',
  error: 'error',
} as const satisfies Record<Verdict, string>;

type SeverityCounts = { [severity in Finding['severity']]: number };

/** Findings that count, by severity, worst first. */
export function countBySeverity(findings: readonly Finding[]): SeverityCounts {
  const counts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of findings) {
    if (finding.suppressed === null) counts[finding.severity] += 1;
  }
  return counts;
}

/** What could not be judged in full, a number and its sentence part each; empty when the answer is whole. */
export function gapsOf(report: Report): readonly { readonly things: number; readonly words: string }[] {
  const { inputs, resources, evaluations } = report.ledger;
  const failedRules = report.outcomes.filter((outcome) => outcome.status === 'failed').length;
  const blindRules = report.outcomes.filter(lacksFacts).length;
  const strayFailures = failedRules === 0 ? evaluations.failed : 0;
  return [
    { things: inputs.failed, words: `${count(inputs.failed, 'file')} could not be read` },
    { things: resources.failed, words: `${count(resources.failed, 'resource')} could not be judged` },
    { things: failedRules, words: `${count(failedRules, 'rule')} failed` },
    { things: strayFailures, words: `${count(strayFailures, 'evaluation')} failed` },
    { things: blindRules, words: `${count(blindRules, 'rule lacks', 'rules lack')} facts` },
  ].filter((gap) => gap.things > 0);
}

function lacksFacts(outcome: RuleOutcome): boolean {
  return outcome.status === 'skipped'
    ? outcome.reason === 'facts-missing'
    : outcome.status === 'evaluated' &&
        (outcome.skipped ?? []).some((skipped) => skipped.reason === 'facts-missing');
}

/**
 * Why the report is not the whole answer, in one sentence for the first line of the output; `null` when it is whole.
 * A run that fails for its findings may be incomplete as well.
 */
export function incompleteNotice(report: Report): string | null {
  const gaps = gapsOf(report).map((gap) => gap.words);
  const told = report.exitReasons.find((reason) => reason.code === INCOMPLETE)?.reason;
  if (gaps.length === 0 && told === undefined && report.verdict !== 'incomplete') {
    return null;
  }
  const reason = gaps.length > 0 ? gaps.join(', ') : (told ?? 'not everything could be judged');
  return `incomplete: ${reason}; this is not the whole answer`;
}

/** The verdict in words with the reason for the exit code, then a line for every other code that applies. */
export function verdictLines(report: Report): { readonly verdict: string; readonly also: readonly string[] } {
  const [used, ...others] = report.exitReasons;
  const reason = used?.reason ?? passWords(report);
  return {
    verdict: `${VERDICT_WORDS[report.verdict]}: ${reason} (exit ${report.exitCode})`,
    also: others.map((other) => `also: ${other.reason} (exit ${other.code})`),
  };
}

/** What a run was asked to fail on, and has nothing of. */
export function passWords({ failOn, maxFindings, failOnNew }: Report): string {
  const budgets = budgetWords(maxFindings);
  const others = budgets === null ? '' : 'other ';
  const threshold =
    failOn === 'none'
      ? `${others}findings do not fail this run`
      : `no ${others}findings at or above "${failOn}"`;
  return [...(budgets === null ? [] : [budgets]), threshold, ...(failOnNew ? ['nothing new'] : [])].join(
    ', ',
  );
}

/** `at most 3 high and 10 low are allowed`; `null` when no number is. */
export function budgetWords(maxFindings: MaxFindings): string | null {
  const all = SEVERITIES.flatMap((severity) => {
    const most = maxFindings[severity];
    return most === undefined ? [] : [`${most} ${severity}`];
  });
  return all.length === 0 ? null : `at most ${all.join(' and ')} are allowed`;
}
