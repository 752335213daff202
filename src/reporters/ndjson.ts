import { visibleJson } from './escape.ts';
import { toJsonFinding, toJsonProblem } from './json/finding.ts';
import { toJsonChecks, toJsonResource } from './json/resource.ts';
import { toJsonOutcome } from './json/rule.ts';
import { toJsonRun } from './json/run.ts';
import type { Reporter } from './reporter.ts';

/**
 * A JSON object a line, each with its `type`, as `schemas/report-line.schema.json` describes them: the run first, so that
 * whoever reads lines knows at once whether they are the whole answer, then problems, findings, outcomes and resources in
 * the forms that the JSON report has.
 */
export const ndjson: Reporter = (report) => {
  const run = { format: 'ndjson-v1', ...toJsonRun(report), checks: report.checks.map(toJsonChecks) };
  return [
    line('run', run),
    ...report.problems.map((problem) => line('problem', toJsonProblem(problem))),
    ...report.findings.map((finding) => line('finding', toJsonFinding(finding))),
    ...report.outcomes.map((outcome) => line('outcome', toJsonOutcome(outcome))),
    ...report.resources.map((resource) => line('resource', toJsonResource(resource))),
  ].join('');
};

function line(type: string, record: object): string {
  return `${visibleJson(JSON.stringify({ type, ...record }))}\n`;
}
