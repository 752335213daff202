import type { Problem } from '../documents/problem.ts';
import type { Finding } from '../findings/finding.ts';
import { changeNote } from './change-note.ts';
import { joinLines, pathAtLineStart, visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { countedFindings, suppressedWords } from './suppressed.ts';
import { incompleteNotice, verdictLines } from './tally.ts';
import { positionSuffix } from './text.ts';

/**
 * One line for each problem and finding, `path:line:col: severity rule message`, for editors and grep; objects of a tenant
 * are `tenant:servicePrincipals/<id>`. The last line is the verdict; a report that is not the whole answer says so in its first line.
 */
export const compact: Reporter = (report) => {
  const notice = incompleteNotice(report);
  const lines = notice === null ? [] : [visible(notice)];
  for (const problem of report.problems) {
    lines.push(problemLine(problem));
  }
  for (const finding of countedFindings(report)) {
    lines.push(findingLine(finding));
  }
  const change = changeNote(report);
  if (change !== null) lines.push(visible(change));
  const suppressed = suppressedWords(report);
  if (suppressed.length > 0) lines.push(`not counted: ${suppressed.join(', ')}`);
  const { verdict, also } = verdictLines(report);
  lines.push(...also.map(visible), visible(verdict));
  return joinLines(lines);
};

function problemLine({ uri, range, code, message }: Problem): string {
  const what = `error ${visible(code)} ${visible(message)}`;
  return uri === null ? what : `${pathAtLineStart(uri)}${positionSuffix(range)}: ${what}`;
}

function findingLine({ location, severity, rule, message }: Finding): string {
  const where =
    location.kind === 'tenant'
      ? `tenant:${visible(location.uri)}`
      : `${pathAtLineStart(location.uri)}${positionSuffix(location.range)}`;
  return `${where}: ${severity} ${visible(rule)} ${visible(message)}`;
}
