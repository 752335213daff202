import type { ReportedControl, ReportedFramework } from '../../findings/report.ts';
import type { JsonControl, JsonControlRule, JsonFramework } from '../json-v1.ts';

/** The result by the controls of a framework, as programs read it. */
export function toJsonFramework({ id, title, url, controls }: ReportedFramework): JsonFramework {
  return { id, title, url, controls: controls.map(toJsonControl) };
}

function toJsonControl({ id, title, url, status, rules }: ReportedControl): JsonControl {
  return { id, title, url, status, rules: rules.map(toJsonControlRule) };
}

function toJsonControlRule(said: ReportedControl['rules'][number]): JsonControlRule {
  const { rule, status, source, evaluated, passed, failed, skipped, suppressed, reason } = said;
  return { rule, status, source, evaluated, passed, failed, skipped, suppressed, reason };
}
