import type { Problem } from '../documents/problem.ts';
import type { Finding } from '../findings/finding.ts';
import { changeNote } from './change-note.ts';
import { joinLines, pathAtLineStart, visible } from './escape.ts';
import type { Reporter } from './reporter.ts';
import { noticeLines } from './notices.ts';
import { previousNote } from './previous-note.ts';
import { shownFindings, suppressedWords } from './suppressed.ts';
import { suppressionSentence } from './suppression-words.ts';
import { incompleteNotice, verdictLines } from './tally.ts';
import { positionSuffix } from './text.ts';
import { toldMessage } from './told-message.ts';

/**
 * One line for each problem and finding, `path:line:col: severity rule message`, for editors and grep; objects of a tenant
 * are `tenant:servicePrincipals/<id>`. Suppressions that somebody has to look at follow. The last line is the verdict; a report that is not the whole answer says so in its first line.
 */
export const compact: Reporter = (report, options) => {
  const notice = incompleteNotice(report);
  const lines = notice === null ? [] : [visible(notice)];
  for (const problem of report.problems) {
    lines.push(problemLine(problem));
  }
  for (const finding of shownFindings(report, options)) {
    lines.push(findingLine(finding));
  }
  lines.push(...noticeLines(report));
  const notes = [changeNote(report), previousNote(report)];
  lines.push(...notes.flatMap((each) => (each === null ? [] : [visible(each)])));
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

function findingLine(finding: Finding): string {
  const { location, severity, rule, suppressed } = finding;
  const where =
    location.kind === 'tenant'
      ? `tenant:${visible(location.uri)}`
      : `${pathAtLineStart(location.uri)}${positionSuffix(location.range)}`;
  const mark = suppressed === null ? '' : 'suppressed ';
  const why = suppressed === null ? '' : `; ${suppressionSentence(suppressed)}`;
  return `${where}: ${mark}${severity} ${visible(rule)} ${visible(`${toldMessage(finding)}${why}`)}`;
}
