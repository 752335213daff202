import type { Diff } from '../../findings/diff.ts';
import { code, ruleName, sentence } from '../markdown/inline.ts';
import { positionSuffix } from '../text.ts';
import { countsLine, endingLines, groupsOf, placeOf, type Entry, type Group } from './groups.ts';
import type { DiffReporter } from './reporter.ts';

/** As GitHub's Markdown; every text of others is inert in it. */
export const diffMarkdown: DiffReporter = (diff) => {
  const { worse, unknown, better } = groupsOf(diff.comparison);
  const [verdict = '', ...also] = endingLines(diff);
  return `${[
    '## agentid-lint: what has changed',
    `**${countsLine(diff)}**`,
    [verdict, ...also].map((line) => `- ${sentence(line)}`).join('\n'),
    ...[...worse, unknown].flatMap((group) => section(group, diff)),
    ...problems(diff),
    ...better.flatMap((group) => section(group, diff)),
    `Compared: ${named(diff.older)} with ${named(diff.newer)}`,
  ].join('\n\n')}\n`;
};

function named({ file, report }: Diff['older']): string {
  return `${code(file)} (${code(report.now)})`;
}

function section({ title, entries }: Group, diff: Diff): readonly string[] {
  if (entries.length === 0) return [];
  return [`### ${title} (${entries.length})`, entries.map((entry) => line(entry, diff)).join('\n')];
}

function line({ finding, before, note }: Entry, { older, newer }: Diff): string {
  const { severity, rule, message, location } = finding;
  const known = [...newer.report.rules, ...older.report.rules].find(({ id }) => id === rule);
  const changed = before === null ? '' : `${before} → `;
  const told = note === null ? '' : `; ${sentence(note)}`;
  return `- **${changed}${severity}** ${ruleName(rule, known)} at ${code(placeOf(location))}: ${sentence(message)}${told}`;
}

function problems({ unread }: Diff): readonly string[] {
  if (unread.length === 0) return [];
  const lines = unread.map(({ uri, range, code: what, message }) => {
    const place = uri === null ? '' : ` at ${code(`${uri}${positionSuffix(range)}`)}`;
    return `- ${code(what)}${place}: ${sentence(message)}`;
  });
  return [`### New problems: not read or judged any more (${unread.length})`, lines.join('\n')];
}
