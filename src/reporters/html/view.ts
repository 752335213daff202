import type { Finding } from '../../findings/finding.ts';
import type { Report, ReportedResource, ReportedRule } from '../../findings/report.ts';
import { resourceLookUp } from '../resource-of.ts';

/** A finding and its number in the report, which its anchor is made of. */
export type NumberedFinding = { readonly number: number; readonly finding: Finding };

/** A report with what the sections of the page look up in it. */
export type View = {
  readonly report: Report;
  readonly findings: readonly NumberedFinding[];
  readonly rules: ReadonlyMap<string, ReportedRule>;
  readonly resourceOf: (finding: Finding) => ReportedResource | undefined;
  /** How many findings that count a resource has. */
  readonly findingsIn: (resource: ReportedResource) => number;
};

export function viewOf(report: Report): View {
  const findings = report.findings.map((finding, index) => ({ number: index + 1, finding }));
  const counts = new Map<ReportedResource, number>();
  const resourceOf = resourceLookUp(report.resources);
  for (const finding of report.findings) {
    const resource = resourceOf(finding);
    if (resource === undefined || finding.suppressed !== null) continue;
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  return {
    report,
    findings,
    rules: new Map(report.rules.map((rule) => [rule.id, rule])),
    resourceOf,
    findingsIn: (resource) => counts.get(resource) ?? 0,
  };
}
