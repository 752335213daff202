import type { Finding, Location } from './finding.ts';
import type { ReportedChange } from './report.ts';

/** The files that a change touches, relative to the working directory. */
export type Change = { readonly since: string; readonly files: ReadonlySet<string> };

export type FindingsInChange = {
  readonly findings: readonly Finding[];
  readonly change: ReportedChange | null;
};

/** The findings in the files of a change and those that point into one, in their order; without a change all of them. */
export function inChange(findings: readonly Finding[], change: Change | undefined): FindingsInChange {
  if (change === undefined) return { findings, change: null };
  const { since, files } = change;
  const isIn = (location: Location) => files.has(location.uri);
  const kept = findings.filter(
    ({ location, related }) => isIn(location) || related.some((other) => isIn(other.location)),
  );
  return {
    findings: kept,
    change: { since, files: files.size, leftOut: findings.length - kept.length },
  };
}
