import type { Trend } from '../history/trend.ts';
import type { ReporterOptions } from './reporter.ts';
import type { TrendFormat } from './trend-formats.ts';
import { trendCsv } from './trend/csv.ts';
import { trendHtml } from './trend/html.ts';
import { trendJson } from './trend/json.ts';
import { trendMarkdown } from './trend/markdown.ts';
import { trendPretty } from './trend/pretty.ts';

/** Turns a trend into text that ends with a line break. Pure, as reporters are. */
export function trendText(trend: Trend, format: TrendFormat, options: ReporterOptions): string {
  switch (format) {
    case 'pretty':
      return trendPretty(trend, options);
    case 'json':
      return trendJson(trend);
    case 'csv':
      return trendCsv(trend);
    case 'markdown':
      return trendMarkdown(trend);
    case 'html':
      return trendHtml(trend);
  }
}
