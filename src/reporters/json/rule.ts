import type { ReportedRule } from '../../findings/report.ts';
import type { RuleOutcome, SkippedSubjects } from '../../policy/types.ts';
import type { JsonOutcome, JsonRule, JsonSkippedSubjects } from '../json-v1.ts';

/** A rule as programs read it. */
export function toJsonRule(rule: ReportedRule): JsonRule {
  const { id, title, description, severity, remediation, controls, judges, source, url } = rule;
  return {
    ...{ id, title, description, severity, remediation },
    controls: controls.map((control) => ({ framework: control.framework, id: control.id })),
    judges,
    source,
    url,
  };
}

/** What happened to a rule as programs read it. */
export function toJsonOutcome(outcome: RuleOutcome): JsonOutcome {
  const { rule } = outcome;
  switch (outcome.status) {
    case 'evaluated': {
      const { status, subjects, failing, skipped = [] } = outcome;
      return { rule, status, subjects, failing, skipped: skipped.map(toJsonSkipped) };
    }
    case 'skipped':
      return { rule, status: outcome.status, reason: outcome.reason, missing: outcome.missing ?? [] };
    case 'failed':
      return { rule, status: outcome.status, error: outcome.error };
  }
}

function toJsonSkipped({ reason, subjects, missing = [] }: SkippedSubjects): JsonSkippedSubjects {
  return { reason, subjects, missing };
}
