import type { ReportedResource } from '../findings/report.ts';
import { findingBlock, problemBlock } from './blocks.ts';
import { joinLines, visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { styleFor } from './style.ts';
import { summaryLines } from './summary.ts';
import { countedFindings } from './suppressed.ts';
import { incompleteNotice } from './tally.ts';

/**
 * The screen for people: problems, then findings in the report's order, each with its source underlined or the object
 * that it is in, then the summary. What a rule advises (fix, docs, controls) is told with its first finding only, and findings
 * that do not count are counted only. A report that is not the whole answer says so in its first line.
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
  for (const finding of countedFindings(report)) {
    lines.push(
      ...findingBlock(finding, unexplained.get(finding.rule), style, resources.get(finding.resource.ref)),
      '',
    );
    unexplained.delete(finding.rule);
  }
  lines.push(...summaryLines(report, style));
  return joinLines(lines);
};
