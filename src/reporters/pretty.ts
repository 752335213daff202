import type { ReportedResource } from '../findings/report.ts';
import { findingBlock, problemBlock } from './blocks.ts';
import { controlLines } from './controls.ts';
import { joinLines, visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { styleFor } from './style.ts';
import { summaryLines } from './summary.ts';
import { noticeLines } from './notices.ts';
import { shownFindings } from './suppressed.ts';
import { incompleteNotice } from './tally.ts';

/**
 * The screen for people: problems, then findings in the report's order, each with its source underlined or the object
 * that it is in, suppressions that somebody has to look at, then the summary. What a rule advises (fix, docs, controls) is
 * told with its first finding only, and findings that do not count are counted only, unless they are to be shown. A report
 * that is not the whole answer says so in its first line.
 */
export const pretty: Reporter = (report, options) => {
  const style = styleFor(options);
  const notice = incompleteNotice(report);
  const lines: string[] = notice === null ? [] : [style.paint('medium', visible(notice)), ''];
  for (const problem of report.problems) {
    lines.push(...problemBlock(problem, style), '');
  }
  const unexplained = new Map(report.rules.map((rule) => [rule.id, rule]));
  const resources = new Map<string, ReportedResource>(report.resources.map((each) => [each.ref, each]));
  for (const finding of shownFindings(report, options)) {
    // How to put it right is told where it has to be.
    const rule = finding.suppressed === null ? unexplained.get(finding.rule) : undefined;
    lines.push(...findingBlock(finding, rule, style, resources.get(finding.resource.ref)), '');
    if (rule !== undefined) unexplained.delete(finding.rule);
  }
  lines.push(...controlLines(report, style));
  const notices = noticeLines(report);
  if (notices.length > 0) lines.push(...notices.map((line) => style.paint('medium', line)), '');
  lines.push(...summaryLines(report, style));
  return joinLines(lines);
};
