import type { Finding } from '../findings/finding.ts';
import type { Severity } from '../model/vocabulary.ts';

const RANKS = { critical: 0, high: 1, medium: 2, low: 3, info: 4 } as const satisfies Record<
  Severity,
  number
>;

/** Findings that count, from worst to least; those of one severity stay in the report's order. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ suppressed }) => suppressed === null)
    .sort((a, b) => RANKS[a.severity] - RANKS[b.severity]);
}
