import { answersOf } from '../findings/answers.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { compareCodePoints } from '../util/code-points.ts';
import type { StateLine, States } from './types.ts';

/** What a run was asked for, and what the report does not tell of it. */
export type Scope = {
  /** Whether it was asked for a part only: some paths, rules, or what has changed. */
  readonly partial: boolean;
  /** Whether findings in a file are reported at all. */
  readonly reports: (file: string) => boolean;
  /** Whether a file would have been read if it was there. */
  readonly covers: (file: string) => boolean;
  /** Whether a file is there. */
  readonly isThere: (file: string) => boolean;
  /** Earlier names of rules, and their names now. */
  readonly renamed: ReadonlyMap<string, string>;
};

/** The states that are others than those known before, in the order of their fingerprints. */
export function changedStates(report: Report, known: States, scope: Scope): readonly StateLine[] {
  const found = foundStates(report, known);
  const continued = new Set(report.findings.flatMap(({ formerFingerprints }) => formerFingerprints));
  const silenceOf = silence(report, scope);
  const changes = [...found.values()].filter((line) => line.was !== null || !isKnown(line, known));
  for (const [fingerprint, before] of known) {
    if (found.has(fingerprint) || continued.has(fingerprint)) continue;
    const state = silenceOf(before);
    if (state !== null && state !== before.state) changes.push({ ...before, was: null, state, kind: null });
  }
  return changes.sort((a, b) => compareCodePoints(a.fingerprint, b.fingerprint));
}

/** What a report has, by fingerprint. Of findings that are told alike, one that counts goes before one that does not. */
function foundStates({ findings }: Report, known: States): ReadonlyMap<string, StateLine> {
  const states = new Map<string, StateLine>();
  for (const finding of findings) {
    const other = states.get(finding.fingerprint);
    if (other === undefined || finding.suppressed === null)
      states.set(finding.fingerprint, stateOf(finding, known));
  }
  return states;
}

function stateOf(finding: Finding, known: States): StateLine {
  const { fingerprint, formerFingerprints, rule, resource, location, severity, suppressed } = finding;
  const former = formerFingerprints.find((each) => known.has(each));
  return {
    fingerprint,
    was: known.has(fingerprint) ? null : (former ?? null),
    rule,
    resource: resource.ref,
    file: location.kind === 'file' ? location.uri : null,
    severity,
    ...(suppressed === null ? { state: 'open', kind: null } : { state: 'suppressed', kind: suppressed.kind }),
  };
}

function isKnown({ fingerprint, severity, state, kind }: StateLine, known: States): boolean {
  const before = known.get(fingerprint);
  return before?.severity === severity && before.state === state && before.kind === kind;
}

/** What it means that a report does not have a finding that was there; `null` when it means nothing. */
function silence(report: Report, scope: Scope): (before: StateLine) => 'fixed' | 'unknown' | null {
  const answerTo = answersOf(report);
  const isEmpty = report.exitReasons.some(({ code }) => code === NOTHING_TO_JUDGE);
  const files = new Set(report.resources.map(({ location }) => location.uri));
  const cannotTell = scope.partial ? null : 'unknown';
  return ({ rule, resource, file }) => {
    if (file !== null && !scope.reports(file)) return null;
    switch (answerTo({ rule: scope.renamed.get(rule) ?? rule, resource, file })) {
      case 'judged':
        return 'fixed';
      case 'unread':
        return scope.partial && file !== null && !scope.covers(file) ? null : 'unknown';
      case 'unasked':
        return cannotTell;
      case 'gone':
        if (isEmpty) return cannotTell;
        if (file === null) return 'fixed';
        if (scope.partial && !scope.covers(file)) return null;
        // A file may have been left out of the run, which mends nothing. Of a very large run not all that were read are known.
        return report.unlisted === 0 && !files.has(file) && scope.isThere(file) ? cannotTell : 'fixed';
    }
  };
}

/** The exit code of a run that found nothing to judge. */
const NOTHING_TO_JUDGE = 3;
