import type {
  MaxFindings,
  ReportedComparison,
  ReportedExemption,
  ReportedSuppressions,
} from '../../findings/report.ts';
import type { SuppressionNotice } from '../../findings/suppression.ts';
import { SEVERITIES } from '../severity-order.ts';
import type {
  JsonComparison,
  JsonExemption,
  JsonMaxFindings,
  JsonSuppressionNotice,
  JsonSuppressions,
} from '../json-v1.ts';
import { toJsonPlace } from './finding.ts';

/** What tells which findings count, as programs read it. */
export function toJsonSuppressions({
  waivers,
  baseline,
  inline,
  notices,
}: ReportedSuppressions): JsonSuppressions {
  return {
    waivers: toJsonFile(waivers),
    baseline: toJsonFile(baseline),
    inline,
    notices: notices.map(toJsonNotice),
  };
}

function toJsonFile(used: ReportedSuppressions['waivers']): JsonSuppressions['waivers'] {
  return used === null ? null : { file: used.file, entries: used.entries };
}

/** A suppression that somebody has to look at, as programs read it. */
function toJsonNotice(notice: SuppressionNotice): JsonSuppressionNotice {
  const { concern, kind, rule, object, message, expires, location } = notice;
  return { concern, kind, rule, object, message, expires, location: toJsonPlace(location) };
}

/** Budgets as programs read them, worst severity first. */
export function toJsonMaxFindings(budgets: MaxFindings): JsonMaxFindings {
  return Object.fromEntries(
    SEVERITIES.flatMap((severity) => {
      const most = budgets[severity];
      return most === undefined ? [] : [[severity, most]];
    }),
  );
}

/** An exempt principal as programs read it. */
export function toJsonExemption({ id, reason, findings }: ReportedExemption): JsonExemption {
  return { id, reason, findings };
}

/** What has changed since an earlier report, as programs read it. */
export function toJsonComparison(comparison: ReportedComparison): JsonComparison {
  const { file, now, added, fixed, severityChanged, suppressed, unsuppressed, unknown } = comparison;
  return { file, now, added, fixed, severityChanged, suppressed, unsuppressed, unknown };
}
