import { SEVERITIES, type Severity } from '../model/vocabulary.ts';
import type { ExitReason, FailOn, Verdict } from './report.ts';

/**
 * Every exit code and its meaning; the contract is the same for every command and format. Listed worst first:
 * when several apply, the first one is used.
 */
export const EXIT_CODES = [
  { code: 10, meaning: 'internal error (a bug), or a report that could not be written' },
  { code: 2, meaning: 'usage, config or rule error; nothing was judged' },
  { code: 5, meaning: 'sign-in failed or tenant not reachable' },
  { code: 3, meaning: 'nothing to judge was found (unless --allow-empty)' },
  { code: 1, meaning: 'findings at or above --fail-on' },
  { code: 4, meaning: 'incomplete: something could not be read or judged (unless --allow-incomplete)' },
  { code: 0, meaning: 'everything was judged, nothing at or above --fail-on' },
] as const;

/** Of a run with findings at or above the threshold, and of no other. */
export const FINDINGS_CODE = 1;

export type GateInput = {
  readonly failOn: FailOn;
  readonly severities: readonly Severity[];
  /** Sentences about what could not be read or judged. */
  readonly gaps: readonly string[];
  /** Sentences about policies that broke. */
  readonly faults: readonly string[];
  /** Why there was nothing to judge; `null` when there was something. */
  readonly empty: string | null;
  readonly allowEmpty: boolean;
  readonly allowIncomplete: boolean;
};

/** The verdict: a pure function of what was found and of what could not be judged. */
export function judgeRun(input: GateInput): {
  verdict: Verdict;
  exitCode: number;
  exitReasons: readonly ExitReason[];
} {
  const { failOn, gaps, faults, empty } = input;
  const reasons: ExitReason[] = faults.map((reason) => ({ code: 10, reason }));
  if (empty !== null && !input.allowEmpty) reasons.push({ code: 3, reason: empty });
  if (input.severities.some((severity) => reaches(severity, failOn))) {
    reasons.push({ code: FINDINGS_CODE, reason: `findings at or above "${failOn}"` });
  }
  if (!input.allowIncomplete) reasons.push(...gaps.map((reason) => ({ code: 4, reason })));
  const order = (code: number) => EXIT_CODES.findIndex((entry) => entry.code === code);
  reasons.sort((a, b) => order(a.code) - order(b.code));
  const exitCode = reasons[0]?.code ?? 0;
  return { verdict: verdictOf(exitCode), exitCode, exitReasons: reasons };
}

/** Whether a severity is at or above a threshold. */
export function reaches(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** What an exit code says of a run. */
export function verdictOf(exitCode: number): Verdict {
  switch (exitCode) {
    case 0:
      return 'pass';
    case FINDINGS_CODE:
      return 'fail';
    case 4:
      return 'incomplete';
    default:
      return 'error';
  }
}
