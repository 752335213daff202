import { visibleJson } from './escape.ts';
import { detectionFinding } from './ocsf/detection-finding.ts';
import { scanActivity } from './ocsf/scan-activity.ts';
import type { Reporter } from './reporter.ts';

/**
 * OCSF events, one JSON object a line, which is what log shippers and SIEMs take in: first a Scan Activity that says what
 * was looked at and whether it is the whole answer, then a Detection Finding for each finding, suppressed ones too.
 */
export const ocsf: Reporter = (report) => {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const resources = new Map(report.resources.map((resource) => [resource.ref, resource]));
  const findings = report.findings.map((finding) =>
    detectionFinding(finding, {
      report,
      rule: rules.get(finding.rule),
      resource: resources.get(finding.resource.ref),
    }),
  );
  return [scanActivity(report), ...findings]
    .map((record) => `${visibleJson(JSON.stringify(record))}\n`)
    .join('');
};
