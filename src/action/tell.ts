import { workflowCommands } from '../reporters/github.ts';
import { verdictLines } from '../reporters/tally.ts';
import { besideSentence } from './beside.ts';
import type { Outcome } from './outputs.ts';
import type { Telling } from './step.ts';
import { writeSummary } from './summary.ts';

/**
 * Tells the outcome in the log, on the page of the job, and beside the code. What is about the run comes first: GitHub keeps
 * ten annotations of each level.
 */
export async function tell(outcome: Outcome, telling: Telling): Promise<void> {
  const { inputs, world, event, base, settings } = telling;
  const { log } = world;
  if (settings !== null) log.notice(settings);
  const beside = besideSentence(outcome.beside, outcome.report);
  if (beside !== null) log.notice(beside);
  if (event.kind === 'change' && event.name === 'pull_request_target' && base?.head === base?.commit)
    log.warning('the base is checked out, not the pull request: nothing of its change was judged');
  if (inputs.changedOnly && base === null)
    log.say('changed-only has no meaning for this event: everything is reported');
  if (inputs.failOnNew && outcome.comparison !== null) log.say(verdictLines(outcome.report).verdict);
  if (inputs.annotations) await log.commands(workflowCommands(outcome.report));
  writeSummary(outcome, telling);
}
