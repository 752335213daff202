import { renderSummary } from './markdown/render-summary.ts';
import type { Reporter } from './reporter.ts';

/** One page of GitHub's Markdown: the verdict, the worst findings, and what was not judged. */
export const markdownSummary: Reporter = (report, { showSuppressed = false }) =>
  renderSummary(report, { level: 'summary', showSuppressed });
