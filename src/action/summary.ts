import { renderSummary } from '../reporters/markdown/render-summary.ts';
import { besideSentence } from './beside.ts';
import { comparisonWords } from './comment-text.ts';
import { appendTo } from './files.ts';
import type { Outcome } from './outputs.ts';
import type { Telling } from './step.ts';

/** Adds the outcome to the page of the job: how much of it, `summary` says. */
export function writeSummary(
  { report, comparison, beside }: Pick<Outcome, 'report' | 'comparison' | 'beside'>,
  { inputs, world, settings }: Pick<Telling, 'inputs' | 'world' | 'settings'>,
): void {
  const path = world.context.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (inputs.summary === 'none' || path === '') return;
  const besides = besideSentence(beside, report);
  const notes = [
    ...(settings === null ? [] : [settings]),
    ...(besides === null ? [] : [besides]),
    ...(comparison === null ? [] : [`compared with the base: ${comparisonWords(comparison)}`]),
  ];
  const failed = appendTo(path, renderSummary(report, { level: inputs.summary, notes }));
  if (failed !== null) world.log.warning(`the job summary was not written: ${failed}`);
}
