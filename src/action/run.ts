import { InterruptedError, UsageError, type Mistake } from '../cli/errors.ts';
import { renderError } from '../cli/render-error.ts';
import { baseOf, type Base } from './base.ts';
import { eventOf } from './event.ts';
import { readPayload } from './files.ts';
import { judgeNew } from './gate.ts';
import { readInputs } from './inputs.ts';
import { mayAddBeside } from './beside.ts';
import { compareWithBase, comparesWith, judgeCheckout } from './judge.ts';
import { writeOutputs, type Failure, type Outcome } from './outputs.ts';
import { placesOf } from './paths.ts';
import { publish } from './publish.ts';
import { refuseUnsafe } from './refusals.ts';
import { tellSaved } from './saved.ts';
import { settingsSentence } from './settings-changes.ts';
import { tell } from './tell.ts';
import type { ActionWorld, Step } from './step.ts';

/** Runs the Action. Gives the exit code of the step: 0 when everything was judged and nothing fails it. Never throws. */
export async function runAction(world: ActionWorld): Promise<number> {
  try {
    const inputs = readInputs(world.inputs);
    const { env } = world.context;
    const places = placesOf(inputs, env);
    const event = eventOf(env['GITHUB_EVENT_NAME'] ?? '', readPayload(env), env['GITHUB_ACTOR'] ?? '');
    const step = { inputs, places, event, world };
    if (inputs.mode === 'report') {
      writeOutputs(await tellSaved(step));
      // The run that has saved the report has failed for it already.
      return 0;
    }
    const end = await judge(step);
    writeOutputs(end);
    return 'report' in end && end.report.verdict === 'pass' ? 0 : 1;
  } catch (error) {
    return failed(error, world);
  }
}

async function judge(step: Step): Promise<Outcome | Failure> {
  const { inputs, places, event, world } = step;
  refuseUnsafe(step);
  const base =
    event.kind === 'change'
      ? await baseOf(event, places, { env: world.context.env, token: inputs.token })
      : null;
  try {
    return await judgeFrom(base, step);
  } finally {
    await base?.remove();
  }
}

async function judgeFrom(base: Base | null, step: Step): Promise<Outcome | Failure> {
  const { inputs, places, world } = step;
  const judged = await judgeCheckout(base, step);
  const { report, exitCode, said } = judged;
  if (report === null || report.exitCode !== exitCode) {
    world.log.error(said.replace(/^error: /, '') || `ended with exit code ${exitCode}`);
    return { exitCode };
  }
  const isCompared =
    comparesWith(base, inputs) &&
    (inputs.failOnNew || inputs.comment === 'sticky' || mayAddBeside(report, base));
  const { comparison, beside, files } = isCompared
    ? await compareWithBase(base, { report, files: judged.files }, step)
    : { comparison: null, beside: [], files: judged.files };
  const outcome: Outcome = {
    report: inputs.failOnNew && comparison !== null ? judgeNew(report, comparison) : report,
    comparison,
    beside,
    files,
    folder: places.reports,
  };
  const settings = base === null ? null : settingsSentence(report, base);
  await tell(outcome, { ...step, base, settings });
  await publish(outcome, { ...step, base, settings });
  return outcome;
}

/** An error of the user, of the surroundings, or ours: told, and never a pass. */
function failed(error: unknown, { log, context }: ActionWorld): number {
  const { text, exitCode } = renderError(error, { debug: context.env['RUNNER_DEBUG'] === '1' });
  if (error instanceof InterruptedError) return exitCode;
  if (error instanceof UsageError) for (const mistake of error.mistakes) log.error(sentenceOf(mistake));
  else log.error(text);
  writeOutputs({ exitCode });
  return 1;
}

function sentenceOf({ message, hint }: Mistake): string {
  return hint === null ? message : `${message}\n${hint}`;
}
