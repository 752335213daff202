import type { Problem } from '../documents/problem.ts';
import type { Finding } from '../findings/finding.ts';
import type { ReportedRule } from '../findings/report.ts';
import { codeFrame } from './code-frame.ts';
import { joinLines, visible } from './escape.ts';
import { advice, note, noteLine, relatedPlace } from './note.ts';
import type { Reporter } from './reporter.ts';
import { styleFor, type Style, type Tone } from './style.ts';
import { summaryLines } from './summary.ts';
import { incompleteNotice } from './tally.ts';

/** Stands before the notes of what has no place. */
const NO_MARGIN = '   ';

/**
 * The screen for people: problems, then findings in the report's order, each with its source underlined, then the
 * summary. What a rule advises (fix, docs, controls) is told with its first finding only. A report that is not the
 * whole answer says so in its first line.
 */
export const pretty: Reporter = (report, options) => {
  const style = styleFor(options);
  const notice = incompleteNotice(report);
  const lines: string[] = notice === null ? [] : [style.paint('medium', visible(notice)), ''];
  for (const problem of report.problems) {
    lines.push(...problemLines(problem, style), '');
  }
  const unexplained = new Map(report.rules.map((rule) => [rule.id, rule]));
  for (const finding of report.findings) {
    lines.push(...findingLines(finding, unexplained.get(finding.rule), style), '');
    unexplained.delete(finding.rule);
  }
  lines.push(...summaryLines(report, style));
  return joinLines(lines);
};

function problemLines(problem: Problem, style: Style): string[] {
  const { uri, range, related = [], hint } = problem;
  const frame = uri === null ? null : codeFrame({ uri, range, snippet: [] }, 'problem', style);
  const margin = frame?.margin ?? NO_MARGIN;
  return [
    heading({ tone: 'problem', label: 'error', id: problem.code, message: problem.message }, style),
    ...(frame?.lines ?? []),
    ...related.map((place) => relatedPlace({ uri: uri ?? '', ...place }, margin, style)),
    ...(hint === undefined ? [] : note('help', hint, margin, style)),
  ];
}

/** `rule` is given when its advice is still to be told. */
function findingLines(finding: Finding, rule: ReportedRule | undefined, style: Style): string[] {
  const { severity, location } = finding;
  const { margin, lines } = codeFrame(location, severity, style);
  return [
    heading({ tone: severity, label: severity, id: finding.rule, message: finding.message }, style),
    ...lines,
    ...finding.related.map(({ message, location: place }) =>
      relatedPlace({ ...place, message }, margin, style),
    ),
    ...(location.range === null && location.pointer !== ''
      ? [noteLine('at', visible(location.pointer), margin, style)]
      : []),
    ...(rule === undefined ? [] : advice(finding.remediation, rule, margin, style)),
  ];
}

type Heading = { readonly tone: Tone; readonly label: string; readonly id: string; readonly message: string };

function heading({ tone, label, id, message }: Heading, style: Style): string {
  return `${style.paint(tone, `${label}[${visible(id)}]`)} ${style.paint('bold', visible(message))}`;
}
