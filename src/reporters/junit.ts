import type { Report } from '../findings/report.ts';
import { joinLines } from './escape.ts';
import { resourceSuites, type Detail } from './junit/resource-suites.ts';
import { runSuite } from './junit/run-suite.ts';
import { xmlLines } from './junit/xml.ts';
import type { Reporter } from './reporter.ts';

/** Beyond it, cases that did not fail are told as numbers. */
export const MOST_CASES = 20_000;

/**
 * JUnit XML: a suite for the run and one for each file or kind of object, with a case for every rule that was asked of a
 * resource. Findings fail it; suppressed ones, and rules that lacked facts, skip it; what could not be read or judged is
 * an error.
 */
export const junit: Reporter = (report) => {
  const detail = detailOf(report);
  const { suites, together } = resourceSuites(report, detail);
  return joinLines(xmlLines([runSuite(report, detail, together), ...suites], secondOf(report.now)));
};

/** Of a change nobody can say which cases passed: findings elsewhere are not in the report. */
function detailOf({ change, resources, checks, findings }: Report): Detail {
  const sizes = checks.map(({ evaluated, skipped }) => evaluated.length + skipped.length);
  const cases = resources.reduce((sum, resource) => sum + (sizes[resource.checks] ?? 0), findings.length);
  const told = cases > MOST_CASES ? 'together' : 'each';
  return { passed: change === null ? told : 'none', skipped: told };
}

/** `2026-11-23T00:00:00`: Ant's schema wants whole seconds and no time zone. */
function secondOf(now: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.exec(now)?.[0] ?? '1970-01-01T00:00:00';
}
