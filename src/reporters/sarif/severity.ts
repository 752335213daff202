import type { Finding } from '../../findings/finding.ts';
import type { Report, ReportedRule } from '../../findings/report.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { severityRank } from '../severity-order.ts';

/** `security-severity` is a score in GitHub's bands: over 9 critical, 7 high, 4 medium, 0.1 low. Info has none. */
export const LEVELS = {
  critical: { level: 'error', problem: 'error', score: '9.5' },
  high: { level: 'error', problem: 'error', score: '8.0' },
  medium: { level: 'warning', problem: 'warning', score: '5.5' },
  low: { level: 'note', problem: 'recommendation', score: '3.0' },
  info: { level: 'note', problem: 'recommendation', score: null },
} as const satisfies Record<Severity, object>;

/**
 * The severity that each rule has in this run. GitHub takes an alert's from its rule, so a severity that the config
 * changes has to stand there: the worst one of the rule's findings, and its own when it has none.
 */
export function severityOfRules({ findings }: Report): (rule: ReportedRule) => Severity {
  const worst = new Map<string, Severity>();
  for (const finding of findings.filter(counts)) {
    const before = worst.get(finding.rule) ?? 'info';
    worst.set(
      finding.rule,
      severityRank(finding.severity) < severityRank(before) ? finding.severity : before,
    );
  }
  return ({ id, severity }) => worst.get(id) ?? severity;
}

function counts({ suppressed }: Finding): boolean {
  return suppressed === null;
}
