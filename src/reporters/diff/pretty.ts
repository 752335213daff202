import type { Diff } from '../../findings/diff.ts';
import type { Problem } from '../../documents/problem.ts';
import type { Verdict } from '../../findings/report.ts';
import { joinLines, visible } from '../escape.ts';
import { styleFor, type Style, type Tone } from '../style.ts';
import { positionSuffix, shortFingerprint } from '../text.ts';
import { countsLine, endingLines, groupsOf, placeOf, type Entry, type Group } from './groups.ts';
import type { DiffReporter } from './reporter.ts';

const TONES = {
  pass: 'good',
  fail: 'problem',
  incomplete: 'medium',
  error: 'problem',
} as const satisfies Record<Verdict, Tone>;
const INDENT = '  ';

/** For people: what is worse, what nobody can tell, what is better, and the end. */
export const diffPretty: DiffReporter = (diff, { color }) => {
  const style = styleFor({ color });
  const { worse, unknown, better } = groupsOf(diff.comparison);
  const [verdict = '', ...also] = endingLines(diff);
  return joinLines([
    ...[...worse, unknown].flatMap((group) => groupLines(group, style)),
    ...problemLines(diff.unread, style),
    ...better.flatMap((group) => groupLines(group, style)),
    comparedLine(diff, style),
    countsLine(diff),
    style.paint(TONES[diff.verdict], visible(verdict)),
    ...also.map((line) => INDENT + visible(line)),
  ]);
};

function comparedLine({ older, newer }: Diff, style: Style): string {
  const [before, after] = [older, newer].map(
    ({ file, report }) => `${visible(file)} (${visible(report.now)})`,
  );
  return style.paint('dim', `from ${before ?? ''} to ${after ?? ''}`);
}

function groupLines({ title, entries }: Group, style: Style): readonly string[] {
  if (entries.length === 0) return [];
  return [
    style.paint('bold', `${title} (${entries.length})`),
    ...entries.flatMap((entry) => entryLines(entry, style)),
    '',
  ];
}

function entryLines({ finding, before, note }: Entry, style: Style): readonly string[] {
  const { severity, rule, message, location } = finding;
  const changed = before === null ? '' : `${style.paint(before, before)} → `;
  const place = `${visible(placeOf(location))}  ${style.paint('dim', shortFingerprint(finding))}`;
  return [
    `${INDENT}${changed}${style.paint(severity, `${severity}[${visible(rule)}]`)} ${visible(message)}`,
    `${INDENT}${INDENT}${place}`,
    ...(note === null ? [] : [`${INDENT}${INDENT}${visible(note)}`]),
  ];
}

function problemLines(problems: readonly Problem[], style: Style): readonly string[] {
  if (problems.length === 0) return [];
  return [
    style.paint('bold', `New problems: not read or judged any more (${problems.length})`),
    ...problems.flatMap(({ uri, range, code, message }) => [
      `${INDENT}${style.paint('problem', `error[${visible(code)}]`)} ${visible(message)}`,
      ...(uri === null ? [] : [`${INDENT}${INDENT}${visible(uri)}${positionSuffix(range)}`]),
    ]),
    '',
  ];
}
