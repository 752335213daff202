import type { Comparison } from '../findings/compare.ts';
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import { code, ruleName, sentence } from '../reporters/markdown/inline.ts';
import { repositoryPath } from '../reporters/repository-path.ts';
import { incompleteNotice, verdictLines } from '../reporters/tally.ts';
import { count, positionSuffix } from '../reporters/text.ts';
import type { Outcome } from './outputs.ts';

/** GitHub takes 65,536 characters of Unicode, and 262,144 bytes. */
const MOST_CHARACTERS = 60_000;
/** More findings than these are not read in a comment. */
const MOST_OF_A_LIST = 100;
/** Characters for the frame of a list and for how many were left out. */
const FRAME = 200;

type Told = Pick<Outcome, 'report' | 'comparison' | 'beside'> & {
  /** What is to be said of settings that the change touches; `null` when there is nothing. */
  readonly settings: string | null;
};

/** The line by which a comment is found again; a pull request may have one of each category. */
export function markerOf(category: string | null): string {
  return `<!-- agentid-lint:${category ?? 'default'} -->`;
}

/** The comment on a pull request: the verdict, and what the change does to the findings. Every text in it is inert. */
export function commentText(marker: string, { report, comparison, beside, settings }: Told): string {
  const { verdict } = verdictLines(report);
  const [word = '', ...reason] = verdict.split(': ');
  const incomplete = incompleteNotice(report);
  const head = [
    marker,
    `### agentid-lint: ${word}`,
    sentence(reason.join(': ')),
    ...(incomplete === null
      ? []
      : [`> **Incomplete:** ${sentence(incomplete.replace(/^incomplete: /, ''))}`]),
    ...(settings === null ? [] : [`> **Settings:** ${sentence(settings)}`]),
    comparison === null
      ? `${count(counted(report).length, 'finding')}, with nothing to compare them with`
      : comparisonWords(comparison),
  ].join('\n\n');
  let text = head;
  for (const list of listsOf(report, comparison, beside))
    if (list.findings.length > 0) text += section(list, report, MOST_CHARACTERS - text.length);
  return `${text}\n`;
}

/** How many findings are new, fixed and so on, in words. */
export function comparisonWords(comparison: Comparison): string {
  const { added, unsuppressed, fixed, severityChanged, unchanged, suppressed, unknown } = comparison;
  return [
    `${added.length + unsuppressed.length} new`,
    `${fixed.length} fixed`,
    `${unchanged.length} unchanged`,
    ...(severityChanged.length === 0 ? [] : [`${severityChanged.length} with another severity`]),
    ...(suppressed.length === 0 ? [] : [`${suppressed.length} suppressed by this change`]),
    ...(unknown.length === 0 ? [] : [`${unknown.length} that cannot be compared`]),
  ].join(', ');
}

type List = { readonly title: string; readonly findings: readonly Finding[]; readonly isFolded: boolean };

function listsOf(report: Report, comparison: Comparison | null, beside: readonly Finding[]): readonly List[] {
  if (comparison === null) return [{ title: 'Findings', findings: counted(report), isFolded: false }];
  const { added, unsuppressed, fixed, severityChanged, suppressed, unknown, unchanged } = comparison;
  const again = unsuppressed.map(({ finding }) => finding);
  return [
    { title: 'New', findings: added, isFolded: false },
    { title: 'Not suppressed any more', findings: again, isFolded: false },
    { title: 'Newly suppressed beside them in this change', findings: beside, isFolded: false },
    { title: 'Fixed', findings: fixed, isFolded: true },
    {
      title: 'With another severity',
      findings: severityChanged.map(({ after }) => after),
      isFolded: true,
    },
    {
      title: 'Suppressed by this change',
      findings: suppressed.filter((finding) => finding.suppressed?.kind !== 'inline'),
      isFolded: true,
    },
    {
      title: 'Cannot be compared: the file was not read, or the rule not asked',
      findings: unknown,
      isFolded: true,
    },
    { title: 'Unchanged', findings: unchanged, isFolded: true },
  ];
}

function counted({ findings }: Report): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === null);
}

function section({ title, findings, isFolded }: List, report: Report, room: number): string {
  const heading = `${title} (${findings.length})`;
  const lines: string[] = [];
  let left = room - FRAME;
  for (const finding of findings.slice(0, MOST_OF_A_LIST)) {
    const line = lineOf(finding, report);
    left -= line.length + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const more = findings.length - lines.length;
  if (more > 0) lines.push(`- ${more} more: see the summary of the run, or its reports`);
  const body = lines.join('\n');
  return isFolded
    ? `\n\n<details><summary>${heading}</summary>\n\n${body}\n\n</details>`
    : `\n\n#### ${heading}\n\n${body}`;
}

function lineOf({ severity, rule, message, location }: Finding, { base, rules }: Report): string {
  const place =
    location.kind === 'file'
      ? `${repositoryPath(base, location.uri)}${positionSuffix(location.range)}`
      : location.uri;
  const named = ruleName(
    rule,
    rules.find(({ id }) => id === rule),
  );
  return `- **${severity}** ${named} at ${code(place)}: ${sentence(message)}`;
}
