import type { Severity } from '../../model/vocabulary.ts';
import { markup, type Markup } from './markup.ts';

/** From worst to least. */
export const SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
  'info',
] as const satisfies readonly Severity[];

/** 0 for the worst; what has no severity comes last. */
export function severityRank(severity: Severity | null): number {
  return severity === null ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

/** A severity as a word on its colour. */
export function severityBadge(severity: Severity): Markup {
  return markup`<span class="sev ${severity}">${severity}</span>`;
}

/** Numbers by severity as badges, without those that are zero. */
export function severityCounts(counts: Readonly<Record<Severity, number>>): Markup[] {
  return SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => markup`<span class="sev ${severity}">${counts[severity]} ${severity}</span> `,
  );
}
