import { annotationsOf, type Annotation, type AnnotationRules } from './annotations.ts';
import { joinLines, visible } from './escape.ts';
import { previousNote } from './previous-note.ts';
import type { Reporter } from './reporter.ts';
import { verdictLines } from './tally.ts';

/**
 * Issues for Azure Pipelines, as logging commands
 * (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands), worst first and at most ten errors and
 * ten warnings, which is all that an agent keeps of a step. What is left out is counted in a line; the last line is the
 * verdict. `task.complete` is not said: the exit code fails the step, and a pipeline may choose to let it pass.
 */
export const azuredevops: Reporter = (report) => {
  const previous = previousNote(report);
  const { shown, leftOut } = annotationsOf(report, AZURE);
  return [
    ...shown.map((annotation) => `${commandOf(annotation)}\n`),
    joinLines([
      ...(leftOut === null ? [] : [`${leftOut}: see the full report`]),
      ...(previous === null ? [] : [visible(previous)]),
      visible(verdictLines(report).verdict),
    ]),
  ].join('');
};

/** An agent keeps ten of each level for a step (azure-pipelines-agent, `_maxIssueCount`), and knows no notices. */
const AZURE: AnnotationRules = {
  levels: { critical: 'error', high: 'error', medium: 'warning', low: 'warning', info: 'warning' },
  concerns: { stale: 'warning', expired: 'warning', expiring: 'warning' },
  most: { error: 10, warning: 10, notice: 0 },
};

function commandOf({ level, title, message, code, place }: Annotation): string {
  const start = place?.range?.start;
  const properties = [
    ['type', level],
    ['sourcepath', place?.path],
    ['linenumber', start?.line],
    ['columnnumber', start?.column],
    ['code', code ?? undefined],
  ].flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${escape(String(value))};`],
  );
  return `##vso[task.logissue ${properties.join('')}]${escape(`${title}: ${message}`)}`;
}

/** What the agent undoes in properties and messages (azure-pipelines-agent, `Command.Unescape`). */
function escape(text: string): string {
  return text
    .replaceAll('%', '%AZP25')
    .replaceAll(';', '%3B')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replaceAll(']', '%5D');
}
