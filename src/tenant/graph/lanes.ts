import type { LaneRules } from './lane.ts';
import type { Lane } from './types.ts';

/** How many requests at a time the directory is asked to begin with. */
const FIRST_CONCURRENCY = 4;

/**
 * The rules of each part of Graph. Conditional Access and Identity Protection allow 1 request a second for a tenant, and
 * send no `Retry-After`; reports and logs allow 5 in 10 seconds; the directory counts resource units and says when it
 * has had enough. https://learn.microsoft.com/graph/throttling-limits
 */
export function laneRules(concurrency: number): { readonly [lane in Lane]: LaneRules } {
  return {
    directory: { start: FIRST_CONCURRENCY, most: concurrency, rate: null },
    protection: { start: 1, most: 1, rate: { count: 1, per: 1_000 } },
    reports: { start: 2, most: 2, rate: { count: 5, per: 10_000 } },
  };
}
