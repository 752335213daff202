import type { Problem } from '../documents/problem.ts';
import { compareReports, incomparable, newlyCounting, type Comparison } from './compare.ts';
import { FINDINGS_CODE, reaches, verdictOf } from './gate.ts';
import type { ExitReason, FailOn, Report, Verdict } from './report.ts';
import { SEVERITIES } from '../model/vocabulary.ts';

/** A report, and the name of its file. Both are untrusted. */
export type NamedReport = { readonly file: string; readonly report: Report };

export type DiffRequest = {
  readonly older: NamedReport;
  readonly newer: NamedReport;
  /** `null`: the threshold of the newer report. */
  readonly failOn: FailOn | null;
  /** Whether everything fails that counts now and did not before, whatever its severity. */
  readonly failOnNew: boolean;
  readonly allowIncomplete: boolean;
};

/** What differs between two reports, and what follows. */
export type Diff = {
  readonly older: NamedReport;
  readonly newer: NamedReport;
  readonly comparison: Comparison;
  /** What kept something from being read or judged in the newer run, and did not in the older one. */
  readonly unread: readonly Problem[];
  readonly failOn: FailOn;
  readonly failOnNew: boolean;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Worst first; the first one is used. */
  readonly exitReasons: readonly ExitReason[];
};

export type DiffResult =
  | { readonly ok: true; readonly diff: Diff }
  /** `why` is a clause. */
  | { readonly ok: false; readonly why: string };

/** Compares two reports, unless they are of different things. */
export function diffReports(request: DiffRequest): DiffResult {
  const { older, newer, failOnNew, allowIncomplete } = request;
  const named = ({ file, report }: NamedReport) => [JSON.stringify(file), report] as const;
  const why = incomparable(named(older), named(newer));
  if (why !== null) return { ok: false, why };
  const comparison = compareReports(older.report, newer.report);
  const unread = newlyUnread(older.report, newer.report);
  const failOn = request.failOn ?? newer.report.failOn;
  const gaps = allowIncomplete ? [] : gapsOf(comparison, unread);
  const exitReasons = [
    ...failures(comparison, { report: newer.report, failOn, failOnNew }).map((reason) => ({
      code: FINDINGS_CODE,
      reason,
    })),
    ...gaps.map((reason) => ({ code: 4, reason })),
  ];
  const exitCode = exitReasons[0]?.code ?? 0;
  const verdict = verdictOf(exitCode);
  return {
    ok: true,
    diff: { older, newer, comparison, unread, failOn, failOnNew, verdict, exitCode, exitReasons },
  };
}

type Gate = { readonly report: Report; readonly failOn: FailOn; readonly failOnNew: boolean };

function failures(comparison: Comparison, { report, failOn, failOnNew }: Gate): readonly string[] {
  const fresh = newlyCounting(comparison, report);
  const failing = failOnNew ? fresh : fresh.filter(({ severity }) => reaches(severity, failOn));
  const raised = comparison.severityChanged.filter(
    ({ before, after }) =>
      SEVERITIES.indexOf(after.severity) < SEVERITIES.indexOf(before.severity) &&
      reaches(after.severity, failOn),
  );
  const threshold = failOnNew ? '' : ` at or above "${failOn}"`;
  return [
    ...(failing.length === 0 ? [] : [`${findings(failing.length)}${threshold} did not count before`]),
    ...(raised.length === 0
      ? []
      : [`${findings(raised.length)} at or above "${failOn}" had a lower severity before`]),
  ];
}

function gapsOf({ unknown }: Comparison, unread: readonly Problem[]): readonly string[] {
  return [
    ...(unknown.length === 0
      ? []
      : [
          `of ${findings(unknown.length)} nobody can tell whether ${unknown.length === 1 ? 'it is' : 'they are'} still there`,
        ]),
    ...(unread.length === 0
      ? []
      : [
          `${unread.length} ${unread.length === 1 ? 'problem that is' : 'problems that are'} new kept something from being read or judged`,
        ]),
  ];
}

function newlyUnread(older: Report, newer: Report): readonly Problem[] {
  const keyOf = ({ code, uri }: Problem) => JSON.stringify([code, uri]);
  const known = new Set(older.problems.map(keyOf));
  return newer.problems.filter((problem) => !known.has(keyOf(problem)));
}

function findings(number: number): string {
  return number === 1 ? '1 finding' : `${number} findings`;
}
