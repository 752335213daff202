import type { Finding } from '../findings/finding.ts';
import { severityRank } from './severity-order.ts';

/** Findings that count, from worst to least; those of one severity stay in the report's order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ suppressed }) => suppressed === null)
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
}
