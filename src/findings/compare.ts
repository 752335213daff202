import type { RuleOutcome } from '../policy/types.ts';
import type { Finding } from './finding.ts';
import type { Report, ReportedResource } from './report.ts';

/** What a change does to the findings that count. Each list is in the order of its report. */
export type Comparison = {
  /** Only in the newer report. */
  readonly added: readonly Finding[];
  /** In both, as the newer report has them. */
  readonly unchanged: readonly Finding[];
  /** Only in the older report, and what they were about was judged again, or is gone. */
  readonly fixed: readonly Finding[];
  /** Counted in the older report, and suppressed in the newer one. */
  readonly suppressed: readonly Finding[];
  /** Only in the older report, and nobody can tell: the file could not be read, or the rule not asked. */
  readonly unknown: readonly Finding[];
};

/**
 * Compares two reports by the fingerprints of their findings; both are of everything, and of the same settings. What was
 * not judged is never called fixed.
 */
export function compareReports(older: Report, newer: Report): Comparison {
  const counted = (findings: readonly Finding[]) => findings.filter(({ suppressed }) => suppressed === null);
  const before = new Set(counted(older.findings).map(({ fingerprint }) => fingerprint));
  const after = new Map(newer.findings.map((finding) => [finding.fingerprint, finding]));
  const gone = counted(older.findings).filter(({ fingerprint }) => !after.has(fingerprint));
  const wasAnswered = answersOf(newer);
  return {
    added: counted(newer.findings).filter(({ fingerprint }) => !before.has(fingerprint)),
    unchanged: counted(newer.findings).filter(({ fingerprint }) => before.has(fingerprint)),
    fixed: gone.filter(wasAnswered),
    suppressed: newer.findings.filter(
      ({ suppressed, fingerprint }) => suppressed !== null && before.has(fingerprint),
    ),
    unknown: gone.filter((finding) => !wasAnswered(finding)),
  };
}

/** Tells of a finding of another report whether this one would have it if it still were. */
function answersOf(report: Report): (finding: Finding) => boolean {
  const settled = new Set(report.outcomes.filter(isSettled).map(({ rule }) => rule));
  const unreadable = new Set(report.problems.flatMap(({ uri }) => uri ?? []));
  const resources = new Map<string, ReportedResource>(report.resources.map((entry) => [entry.ref, entry]));
  const isWhole = report.ledger.inputs.failed === 0 && report.ledger.resources.failed === 0;
  return ({ rule, location, resource }) => {
    if (location.kind === 'file' && unreadable.has(location.uri)) return false;
    const found = resources.get(resource.ref);
    if (found !== undefined) return wasAsked(report, found, rule);
    // It is gone, or is one of those without findings that are not listed, or has moved to where nothing could be read.
    return isWhole && settled.has(rule);
  };
}

function wasAsked({ checks }: Report, { broken, ...resource }: ReportedResource, rule: string): boolean {
  return broken === null && checks[resource.checks]?.evaluated.includes(rule) === true;
}

/** A rule that has nothing left to judge does not apply. */
function isSettled(outcome: RuleOutcome): boolean {
  return (
    outcome.status === 'evaluated' || (outcome.status === 'skipped' && outcome.reason === 'not-applicable')
  );
}
