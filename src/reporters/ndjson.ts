import type { Report } from '../findings/report.ts';
import { visibleJson } from './escape.ts';
import { toJsonFinding, toJsonProblem } from './json/finding.ts';
import { toJsonChecks, toJsonResource } from './json/resource.ts';
import { toJsonOutcome } from './json/rule.ts';
import { toJsonRun } from './json/run.ts';
import type { Reporter } from './reporter.ts';

/**
 * A JSON object a line, each with its `type`, as `schemas/report-line.schema.json` describes them: the run first, so that
 * whoever reads lines knows at once whether they are the whole answer, then problems, findings, notices about suppressions,
 * outcomes, resources and controls in the forms that the JSON report has.
 */
export const ndjson: Reporter = (report) => {
  const { run, notices, controls } = listsApart(report);
  return [
    line('run', run),
    ...report.problems.map((problem) => line('problem', toJsonProblem(problem))),
    ...report.findings.map((finding) => line('finding', toJsonFinding(finding))),
    ...notices.map((notice) => line('notice', notice)),
    ...report.outcomes.map((outcome) => line('outcome', toJsonOutcome(outcome))),
    ...report.resources.map((resource) => line('resource', toJsonResource(resource))),
    ...controls.map((control) => line('control', control)),
  ].join('');
};

/** The run without the lists in it that may be long. */
function listsApart(report: Report) {
  const { suppressions, framework, ...rest } = toJsonRun(report);
  const { notices, ...used } = suppressions;
  const { controls, ...named } = framework ?? { controls: [] };
  const run = {
    format: 'ndjson-v1',
    ...rest,
    suppressions: used,
    framework: framework === null ? null : named,
    checks: report.checks.map(toJsonChecks),
  };
  return { run, notices, controls };
}

function line(type: string, record: object): string {
  return `${visibleJson(JSON.stringify({ type, ...record }))}\n`;
}
