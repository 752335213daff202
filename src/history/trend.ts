import type { Verdict } from '../findings/report.ts';
import { SEVERITIES, type Severity } from '../model/vocabulary.ts';
import { compareCodePoints } from '../util/code-points.ts';
import { applyState, runsOf, secondsOf } from './fold.ts';
import {
  noCounts,
  noSuppressions,
  type HistoryFile,
  type RunLine,
  type SeverityCounts,
  type StateLine,
  type States,
  type SuppressionCounts,
  type SuppressionKind,
} from './types.ts';

/** How things stand after a run. All texts are untrusted. */
export type TrendRun = {
  readonly now: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** Whether something could not be read or judged. */
  readonly incomplete: boolean;
  /** Whether it was asked for a part only. */
  readonly partial: boolean;
  /** Findings that are not known to be fixed: open, or not judged since they were. */
  readonly findings: SeverityCounts;
  /** How many of these could not be judged. */
  readonly unknown: number;
  readonly suppressed: SuppressionCounts;
  /** Findings that count again since what suppressed them has expired; `null` when only a part was asked for. */
  readonly expired: number | null;
  /** Resources that it was given. */
  readonly resources: number;
  readonly tool: string;
};

/** How long findings of a severity last, in days. */
export type TimeToFix = {
  readonly severity: Severity;
  /** Findings that were there, counted or suppressed, and are fixed. */
  readonly fixed: number;
  /** From the run that had them first to the one that had them no more; `null` when there are none. */
  readonly meanDays: number | null;
  /** Findings that are open after the last run. */
  readonly open: number;
  /** From the run that had them first to the last one; `null` when there are none. */
  readonly meanAgeDays: number | null;
};

/** A finding that is not known to be fixed. All texts are untrusted. */
export type OldFinding = Pick<StateLine, 'fingerprint' | 'rule' | 'resource' | 'file' | 'severity'> & {
  readonly state: 'open' | 'unknown';
  /** The moment of the run that had it first. */
  readonly since: string;
  readonly days: number;
};

/** What runs have found over time. */
export type Trend = {
  readonly tool: { readonly name: 'agentid-lint'; readonly version: string };
  /** `files`, `files:` and a folder, or `tenant:` and its id; `null` when there is no run. Untrusted text. */
  readonly source: string | null;
  /** Only runs from this moment on are told; `null` for all. */
  readonly since: string | null;
  /** In their order. */
  readonly runs: readonly TrendRun[];
  /** From worst to least. */
  readonly timeToFix: readonly TimeToFix[];
  /** Of those that are not known to be fixed, the ones that were first. */
  readonly oldest: readonly OldFinding[];
};

export type TrendOptions = {
  readonly version: string;
  readonly source: string | null;
  readonly since: string | null;
};

/** Findings that are told one by one. */
const MOST_OLD = 10;
const SECONDS_OF_A_DAY = 86_400;

/** The moment at which each finding was there first, counted or suppressed, by fingerprint. What is exempt is nothing to fix. */
type Openings = Map<string, string>;
type Durations = { readonly [severity in Severity]: number[] };

/** What the runs of a series say, one after the other. */
export function trendOf(files: readonly HistoryFile[], { version, source, since }: TrendOptions): Trend {
  const states = new Map<string, StateLine>();
  const tally: Tally = { findings: noCounts(), suppressed: noSuppressions(), unknown: 0 };
  const openings: Openings = new Map();
  const fixed = noDurations();
  const runs: TrendRun[] = [];
  const ordered = source === null ? [] : runsOf(files, source);
  for (const { run, states: lines } of ordered) {
    const isTold = since === null || secondsOf(run.now) >= secondsOf(since);
    for (const line of lines) {
      const lasted = follow(openings, line, run.now);
      if (lasted !== null && isTold) fixed[line.severity].push(lasted);
      take(line, states, tally);
    }
    if (isTold) runs.push(trendRun(run, tally));
  }
  const last = runs.at(-1)?.now ?? null;
  const old = last === null ? [] : oldFindings(states, openings, last);
  return {
    tool: { name: 'agentid-lint', version },
    source,
    since,
    runs,
    timeToFix: timesToFix(fixed, old),
    oldest: old.slice(0, MOST_OLD),
  };
}

/** Keeps when a finding was there first. Gives the seconds that it lasted when it was, and is fixed now. */
function follow(
  openings: Openings,
  { fingerprint, was, state, kind }: StateLine,
  now: string,
): number | null {
  const opened = openings.get(was ?? fingerprint) ?? openings.get(fingerprint);
  if (was !== null) openings.delete(was);
  if (state === 'fixed') {
    openings.delete(fingerprint);
    return opened === undefined ? null : secondsOf(now) - secondsOf(opened);
  }
  if (opened !== undefined) openings.set(fingerprint, opened);
  else if (state === 'open' || (state === 'suppressed' && kind !== 'exemption'))
    openings.set(fingerprint, now);
  return null;
}

/** How many states there are of each sort; kept from run to run, as there may be thousands of both. */
type Tally = {
  readonly findings: { [severity in Severity]: number };
  readonly suppressed: { [kind in SuppressionKind]: number };
  unknown: number;
};

/** Takes what a line says over, and counts it instead of what was known. */
function take(line: StateLine, states: Map<string, StateLine>, tally: Tally): void {
  const { fingerprint, was } = line;
  const before = [states.get(fingerprint), was === null ? undefined : states.get(was)];
  applyState(states, line);
  for (const each of before) if (each !== undefined) add(each, -1, tally);
  const after = states.get(fingerprint);
  if (after !== undefined) add(after, 1, tally);
}

function add({ severity, state, kind }: StateLine, number: 1 | -1, tally: Tally): void {
  if (kind !== null) tally.suppressed[kind] += number;
  else tally.findings[severity] += number;
  if (state === 'unknown') tally.unknown += number;
}

function trendRun(run: RunLine, tally: Tally): TrendRun {
  const { now, verdict, exitCode, incomplete, partial, expired, resources, tool } = run;
  return {
    ...{ now, verdict, exitCode, incomplete, partial },
    findings: { ...tally.findings },
    unknown: tally.unknown,
    suppressed: { ...tally.suppressed },
    expired: partial ? null : expired,
    resources,
    tool,
  };
}

/** The oldest first. What was never open before nobody could tell is as old as that. */
function oldFindings(states: States, openings: Openings, last: string): readonly OldFinding[] {
  const old: OldFinding[] = [];
  for (const { fingerprint, rule, resource, file, severity, state } of states.values()) {
    const since = openings.get(fingerprint);
    if ((state !== 'open' && state !== 'unknown') || since === undefined) continue;
    const days = inDays(secondsOf(last) - secondsOf(since));
    old.push({ fingerprint, rule, resource, file, severity, state, since, days });
  }
  const rank = ({ severity }: OldFinding) => SEVERITIES.indexOf(severity);
  return old.sort(
    (a, b) =>
      secondsOf(a.since) - secondsOf(b.since) ||
      rank(a) - rank(b) ||
      compareCodePoints(a.fingerprint, b.fingerprint),
  );
}

function timesToFix(fixed: Durations, old: readonly OldFinding[]): readonly TimeToFix[] {
  return SEVERITIES.map((severity) => {
    const open = old.filter((each) => each.severity === severity && each.state === 'open');
    return {
      severity,
      fixed: fixed[severity].length,
      meanDays: meanOf(fixed[severity].map((seconds) => seconds / SECONDS_OF_A_DAY)),
      open: open.length,
      meanAgeDays: meanOf(open.map(({ days }) => days)),
    };
  });
}

function noDurations(): Durations {
  return { critical: [], high: [], medium: [], low: [], info: [] };
}

function meanOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  return tenths(numbers.reduce((sum, number) => sum + number, 0) / numbers.length);
}

function inDays(seconds: number): number {
  return tenths(seconds / SECONDS_OF_A_DAY);
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10;
}
