import { SEVERITIES, type Severity } from '../model/vocabulary.ts';
import type { ExitReason, FailOn, MaxFindings, Report, Verdict } from './report.ts';

/**
 * Every exit code and its meaning; the contract is the same for every command and format. Listed worst first:
 * when several apply, the first one is used.
 */
export const EXIT_CODES = [
  { code: 10, meaning: 'internal error (a bug), or a report that could not be written' },
  { code: 2, meaning: 'usage, config, rule, waiver or baseline error, or a warning with --strict' },
  { code: 5, meaning: 'sign-in failed or tenant not reachable' },
  { code: 3, meaning: 'nothing to judge was found (unless --allow-empty)' },
  { code: 1, meaning: 'findings at or above --fail-on, over --max-findings, or new with --fail-on-new' },
  { code: 4, meaning: 'incomplete: something could not be read or judged (unless --allow-incomplete)' },
  { code: 0, meaning: 'everything was judged, and no finding fails the run' },
] as const;

/** Of a run with findings at or above the threshold, and of no other. */
export const FINDINGS_CODE = 1;

export type GateInput = {
  readonly failOn: FailOn;
  /** A severity with a budget is judged by that alone, the others by `failOn`. */
  readonly maxFindings: MaxFindings;
  /** Of the findings that count. */
  readonly severities: readonly Severity[];
  /** Findings that the baseline does not know, when any such finding fails the run; else 0. */
  readonly unknown: number;
  /** Sentences about what is wrong with waivers and the like. */
  readonly mistakes: readonly string[];
  /** Sentences about what could not be read or judged. */
  readonly gaps: readonly string[];
  /** Sentences about policies that broke. */
  readonly faults: readonly string[];
  /** Why there was nothing to judge; `null` when there was something. */
  readonly empty: string | null;
  readonly allowEmpty: boolean;
  readonly allowIncomplete: boolean;
};

/** What a run ends with. */
export type Ending = {
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Worst first; the first one is used. */
  readonly exitReasons: readonly ExitReason[];
};

/** The verdict: a pure function of what was found and of what could not be judged. */
export function judgeRun(input: GateInput): Ending {
  const { gaps, faults, mistakes, empty } = input;
  const reasons: ExitReason[] = faults.map((reason) => ({ code: 10, reason }));
  reasons.push(...mistakes.map((reason) => ({ code: 2, reason })));
  if (empty !== null && !input.allowEmpty) reasons.push({ code: 3, reason: empty });
  reasons.push(...failures(input).map((reason) => ({ code: FINDINGS_CODE, reason })));
  if (!input.allowIncomplete) reasons.push(...gaps.map((reason) => ({ code: 4, reason })));
  return endingOf(reasons);
}

/** A report that ends with one more reason. */
export function withReason(report: Report, reason: ExitReason): Report {
  return { ...report, ...endingOf([...report.exitReasons.filter(({ code }) => code !== 0), reason]) };
}

function endingOf(reasons: readonly ExitReason[]): Ending {
  const order = (code: number) => EXIT_CODES.findIndex((entry) => entry.code === code);
  const exitReasons = reasons.toSorted((a, b) => order(a.code) - order(b.code));
  const exitCode = exitReasons[0]?.code ?? 0;
  return { verdict: verdictOf(exitCode), exitCode, exitReasons };
}

/** Why findings fail the run, a sentence each. */
function failures({ failOn, maxFindings, severities, unknown }: GateInput): readonly string[] {
  const reasons: string[] = [];
  if (severities.some((severity) => maxFindings[severity] === undefined && reaches(severity, failOn)))
    reasons.push(`findings at or above "${failOn}"`);
  for (const severity of SEVERITIES) {
    const found = severities.filter((each) => each === severity).length;
    const most = maxFindings[severity];
    if (most !== undefined && found > most)
      reasons.push(`${findings(found)} of severity ${severity}, at most ${most} allowed`);
  }
  if (unknown > 0) reasons.push(`${findings(unknown)} that the baseline does not know`);
  return reasons;
}

function findings(number: number): string {
  return number === 1 ? '1 finding' : `${number} findings`;
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
