import type { Report } from '../findings/report.ts';
import { visibleJson } from './escape.ts';
import type { JsonReport } from './json-v1.ts';
import { toJsonFinding, toJsonProblem } from './json/finding.ts';
import { toJsonChecks, toJsonResource } from './json/resource.ts';
import { toJsonOutcome, toJsonRule } from './json/rule.ts';
import { toJsonRun } from './json/run.ts';
import type { Reporter } from './reporter.ts';

/**
 * The whole report for programs, as `schemas/report.schema.json` describes it: UTF-8 that every JSON reader takes, and
 * from which every other format can be written again.
 */
export const json: Reporter = (report) => `${visibleJson(JSON.stringify(toJsonReport(report), null, 2))}\n`;

function toJsonReport(report: Report): JsonReport {
  const { ledger, unlisted, tenant, ...run } = toJsonRun(report);
  return {
    format: 'json-v1',
    ...run,
    findings: report.findings.map(toJsonFinding),
    outcomes: report.outcomes.map(toJsonOutcome),
    problems: report.problems.map(toJsonProblem),
    rules: report.rules.map(toJsonRule),
    ledger,
    ...(tenant === undefined ? {} : { tenant }),
    resources: report.resources.map(toJsonResource),
    unlisted,
    checks: report.checks.map(toJsonChecks),
  };
}
