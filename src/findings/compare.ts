import { posix } from 'node:path';
import { answersOf } from './answers.ts';
import type { Finding } from './finding.ts';
import type { Report, ReportedComparison } from './report.ts';
import type { Suppression } from './suppression.ts';

/** A finding that counts in both reports, with another severity. */
type SeverityChange = { readonly before: Finding; readonly after: Finding };

/** A finding that counts again. */
type Unsuppressed = {
  /** As the newer report has it. */
  readonly finding: Finding;
  /** What kept it from counting. */
  readonly was: Suppression;
  /** Whether that has expired; else it is not there any more. */
  readonly hasExpired: boolean;
};

/** What differs between two reports. A finding is in one of the lists at most; each is in the order of its report. */
export type Comparison = {
  /** Count in the newer report, and are not in the older one. */
  readonly added: readonly Finding[];
  /** Were suppressed, and count now. */
  readonly unsuppressed: readonly Unsuppressed[];
  readonly severityChanged: readonly SeverityChange[];
  /** Count in both with the same severity, as the newer report has them. */
  readonly unchanged: readonly Finding[];
  /** Counted, and are suppressed now, as the newer report has them. */
  readonly suppressed: readonly Finding[];
  /** Counted or were suppressed, are not in the newer report, and what they were about was judged again, or is gone. */
  readonly fixed: readonly Finding[];
  /** Counted, are not in the newer report, and nobody can tell: the file could not be read, or the rule not asked. */
  readonly unknown: readonly Finding[];
};

/**
 * Compares two reports by the fingerprints of their findings, and by what these were before; both are of everything (see
 * `incomparable`). What was not judged is never called fixed.
 */
export function compareReports(older: Report, newer: Report): Comparison {
  const former = pairsOf(older, newer);
  const added: Finding[] = [];
  const unsuppressed: Unsuppressed[] = [];
  const severityChanged: SeverityChange[] = [];
  const unchanged: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of newer.findings) {
    const before = former.get(finding);
    if (finding.suppressed !== null) {
      if (before?.suppressed === null) suppressed.push(finding);
    } else if (before === undefined) added.push(finding);
    else if (before.suppressed !== null)
      unsuppressed.push({ finding, was: before.suppressed, hasExpired: finding.expired !== null });
    else if (before.severity !== finding.severity) severityChanged.push({ before, after: finding });
    else unchanged.push(finding);
  }
  return { added, unsuppressed, severityChanged, unchanged, suppressed, ...gone(older, newer, former) };
}

/** The findings that did not count before and do now, in the order of the newer report. */
export function newlyCounting({ added, unsuppressed }: Comparison, { findings }: Report): readonly Finding[] {
  const them = new Set([...added, ...unsuppressed.map(({ finding }) => finding)]);
  return findings.filter((finding) => them.has(finding));
}

/** The same as numbers, for a report. */
export function comparisonCounts(comparison: Comparison): Omit<ReportedComparison, 'file' | 'now'> {
  const { added, fixed, severityChanged, suppressed, unsuppressed, unknown } = comparison;
  return {
    added: added.length,
    fixed: fixed.length,
    severityChanged: severityChanged.length,
    suppressed: suppressed.length,
    unsuppressed: unsuppressed.length,
    unknown: unknown.length,
  };
}

/** Why two reports cannot be compared, as a clause; `null` when they can. `older` and `newer` say how they are called. */
export function incomparable(
  [older, olderReport]: readonly [name: string, report: Report],
  [newer, newerReport]: readonly [name: string, report: Report],
): string | null {
  const [what, other] = [judgedBy(olderReport), judgedBy(newerReport)];
  if (what !== other) return `${older} is of ${what}, and ${newer} of ${other}`;
  for (const [name, { change }] of [
    [older, olderReport],
    [newer, newerReport],
  ] as const)
    if (change !== null) return `${name} has only what is in changed files`;
  return null;
}

function judgedBy({ tenant, base }: Report): string {
  if (tenant !== null) {
    const hidden = tenant.redacted.includes('ids') ? ' with hidden ids' : '';
    return `the tenant ${tenant.id}${hidden}`;
  }
  return base === ''
    ? 'files below the root of a repository'
    : `files below the folder ${JSON.stringify(base)}`;
}

type Pairs = ReadonlyMap<Finding, Finding>;

/** Each finding of the newer report that the older one has too, with that one. */
function pairsOf({ findings: older }: Report, { findings: newer }: Report): Pairs {
  const pairs = new Map<Finding, Finding>();
  const left = new Set(older);
  const pair = (known: ReadonlyMap<string, Finding>, namesOf: (finding: Finding) => readonly string[]) => {
    for (const finding of newer) {
      if (pairs.has(finding)) continue;
      const before = namesOf(finding)
        .map((name) => known.get(name))
        .find((one) => one !== undefined && left.has(one));
      if (before === undefined) continue;
      pairs.set(finding, before);
      left.delete(before);
    }
  };
  const now = new Map(older.map((finding) => [finding.fingerprint, finding]));
  pair(now, ({ fingerprint }) => [fingerprint]);
  // Renamed since: the newer one knows what it was. Written by a newer version than the other: that one knows.
  pair(now, ({ formerFingerprints }) => formerFingerprints);
  const before = new Map(older.flatMap((each) => each.formerFingerprints.map((name) => [name, each])));
  pair(before, ({ fingerprint, formerFingerprints }) => [fingerprint, ...formerFingerprints]);
  return pairs;
}

/** Findings of the older report that are not in the newer one. What was accepted and is fixed is fixed all the same. */
function gone(older: Report, newer: Report, pairs: Pairs): Pick<Comparison, 'fixed' | 'unknown'> {
  const kept = new Set(pairs.values());
  // What one finding of a rule was called before, the others were too.
  const renamed = new Map(Array.from(pairs, ([{ rule }, before]) => [before.rule, rule]));
  const answerTo = answersOf(newer);
  const wasLookedAt = isSameList(older.paths, newer.paths) ? () => true : lookedAtBy(newer.paths);
  const isFixed = ({ rule, location, resource }: Finding) => {
    const file = location.kind === 'file' ? location.uri : null;
    const answer = answerTo({ rule: renamed.get(rule) ?? rule, resource: resource.ref, file });
    return answer === 'judged' || (answer === 'gone' && (file === null || wasLookedAt(file)));
  };
  const them = older.findings.filter((finding) => !kept.has(finding));
  return {
    fixed: them.filter(isFixed),
    unknown: them.filter((finding) => finding.suppressed === null && !isFixed(finding)),
  };
}

/** Tells whether a file would have been judged if it were there, in a run over these paths. Of a pattern nobody can tell. */
function lookedAtBy(paths: readonly string[]): (file: string) => boolean {
  const folders = paths.map((path) => posix.join(path, '.'));
  return (file) =>
    paths.length === 0 ||
    folders.some((folder) => folder === '.' || file === folder || file.startsWith(`${folder}/`));
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path) => other.includes(path));
}
