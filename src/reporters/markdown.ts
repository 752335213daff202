import { renderSummary } from './markdown/render-summary.ts';
import type { Reporter } from './reporter.ts';

/** The whole report as GitHub's Markdown: for a wiki, an issue, or the summary of a job. */
export const markdown: Reporter = (report) => renderSummary(report, { level: 'full' });
