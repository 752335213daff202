import type { Report } from '../findings/report.ts';
import type { RuleOutcome, SkippedSubjects } from '../policy/types.ts';
import type { JsonOutcome, JsonReport, JsonSkippedSubjects } from '../reporters/json-v1.ts';
import { findingOf, noticeOf, problemOf } from './finding-of.ts';

/** The report that a JSON report was written from, but for offsets into texts: they are not kept, and no reporter uses them. */
export function reportOf(saved: JsonReport): Report {
  const { tool, now, verdict, exitCode, exitReasons, failOn, paths, base, config, change } = saved;
  const { maxFindings, failOnNew, suppressions, exemptPrincipals, previous, framework } = saved;
  const { findings, outcomes, problems, rules, ledger, tenant, resources, unlisted, checks } = saved;
  return {
    ...{ tool, now, verdict, exitCode, exitReasons, failOn, maxFindings, failOnNew },
    findings: findings.map(findingOf),
    outcomes: outcomes.map(outcomeOf),
    problems: problems.map(problemOf),
    rules,
    ledger,
    tenant: tenant ?? null,
    ...{ resources, unlisted, checks, paths, base, config, change },
    suppressions: { ...suppressions, notices: suppressions.notices.map(noticeOf) },
    ...{ exemptPrincipals, previous, framework },
  };
}

function outcomeOf(outcome: JsonOutcome): RuleOutcome {
  const { rule } = outcome;
  switch (outcome.status) {
    case 'evaluated': {
      const { status, subjects, failing, skipped } = outcome;
      const told = { rule, status, subjects, failing };
      return skipped.length === 0 ? told : { ...told, skipped: skipped.map(skippedOf) };
    }
    case 'skipped': {
      const { status, reason, missing } = outcome;
      return missing.length === 0 ? { rule, status, reason } : { rule, status, reason, missing };
    }
    case 'failed':
      return { rule, status: outcome.status, error: outcome.error };
  }
}

function skippedOf({ reason, subjects, missing }: JsonSkippedSubjects): SkippedSubjects {
  return missing.length === 0 ? { reason, subjects } : { reason, subjects, missing };
}
