import type { Report } from '../findings/report.ts';
import { annotationsOf, type Annotation, type AnnotationRules } from './annotations.ts';
import { joinLines, visible } from './escape.ts';
import { previousNote } from './previous-note.ts';
import type { Reporter } from './reporter.ts';
import { verdictLines } from './tally.ts';

/**
 * Annotations for GitHub, as workflow commands
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions), worst first and at most ten of each
 * level, which is all that GitHub keeps of a step. What is left out is counted in a notice. The last line is the verdict,
 * for readers of the log.
 */
export const github: Reporter = (report) => {
  const previous = previousNote(report);
  const notes = previous === null ? [] : [previous];
  return `${workflowCommands(report)}${joinLines([...notes, verdictLines(report).verdict].map(visible))}`;
};

/** The commands alone, for a log that tells the verdict in another way; empty when there is nothing to annotate. */
export function workflowCommands(report: Report): string {
  const { shown, leftOut } = annotationsOf(report, GITHUB);
  const commands = shown.map(commandOf);
  return [...commands, ...(leftOut === null ? [] : [overflow(leftOut)])].map((line) => `${line}\n`).join('');
}

/** A runner keeps ten of each level for a step (actions/runner, `_maxIssueCount`); one notice is kept for the overflow. */
const GITHUB: AnnotationRules = {
  levels: { critical: 'error', high: 'error', medium: 'warning', low: 'notice', info: 'notice' },
  concerns: { stale: 'warning', expired: 'warning', expiring: 'notice' },
  most: { error: 10, warning: 10, notice: 9 },
};

function overflow(leftOut: string): string {
  return `::notice title=agentid-lint::${leftOut}: see the job summary or the full report`;
}

function commandOf({ level, title, message, place }: Annotation): string {
  const properties = Object.entries({ ...(place === null ? {} : placeOf(place)), title });
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${level} ${written}::${escapeData(message)}`;
}

/** The runner takes columns only for a place on one line (actions/runner, `ValidateLinesAndColumns`). */
function placeOf({ path, range }: NonNullable<Annotation['place']>): Readonly<Record<string, string>> {
  if (range === null) return { file: path };
  const { start, end } = range;
  const lines = { file: path, line: `${start.line}`, endLine: `${end.line}` };
  return start.line === end.line ? { ...lines, col: `${start.column}`, endColumn: `${end.column}` } : lines;
}

/** What the runner undoes in the text of a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
