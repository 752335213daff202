import type { Trend } from '../../history/trend.ts';
import { visibleJson } from '../escape.ts';

/** All of a trend for programs. */
export function trendJson({ tool, source, since, runs, timeToFix, oldest }: Trend): string {
  const value = { format: 'trend-v1', tool, source, since, runs, timeToFix, oldest };
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
