import type { Severity } from '../../model/vocabulary.ts';
import { SEVERITIES } from '../severity-order.ts';
import { markup, type Markup } from './markup.ts';

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
