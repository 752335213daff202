import type { Survey } from '../init.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import { choiceOf } from './flags.ts';
import { WORKFLOWS, type InitOptions } from './init-options.ts';
import type { InitPlace } from './init-place.ts';
import { listedFiles } from './init-text.ts';
import { answerTo, type Question } from './interview.ts';
import { KINDS } from './option-table.ts';

/** What is to be written besides the config. What is there already is no question. */
export type InitAnswers = {
  /** What application JSON without a marker is; `null` when nobody has said it. */
  readonly as: (typeof KINDS)[number] | null;
  readonly workflow: boolean;
  readonly preCommit: boolean;
  readonly baseline: boolean;
};

type Plan = { readonly options: InitOptions; readonly place: InitPlace; readonly survey: Survey };

/**
 * What is done without a question.
 * @throws {UsageError} when the command line names a service that is not known
 */
export function proposed({ options, place, survey }: Plan): InitAnswers {
  const { preCommit = false, baseline = false } = options;
  const workflow =
    options.workflow === undefined
      ? undefined
      : choiceOf({ value: options.workflow, source: '--workflow' }, WORKFLOWS);
  return {
    as: null,
    workflow: workflow === undefined ? place.isOnGitHub : workflow === 'github',
    preCommit,
    baseline: baseline && hasAnything(survey) && !place.baseline.isThere,
  };
}

/**
 * What somebody at a terminal answers, as far as the command line does not say it.
 * @throws {UsageError} when an answer cannot be read
 * @throws {InterruptedError} when the person ends the command instead of answering
 */
export async function askedFor(plan: Plan, context: CliContext): Promise<InitAnswers> {
  const { options, place, survey } = plan;
  const usual = proposed(plan);
  const ask = <T>(question: Question<T>): Promise<T> => answerTo(question, context);
  const { patterns, files } = survey.unmarked;
  const asksKind = !place.config.isThere && files.length > 0 && patterns !== null;
  return {
    as: asksKind ? await ask(kindQuestion(files)) : null,
    workflow:
      options.workflow === undefined && usual.workflow && !place.workflow.isThere
        ? await ask(yesOrNo(`Write ${place.workflow.name}, which lints every pull request`, true))
        : usual.workflow,
    preCommit:
      options.preCommit === undefined && place.isRepository && place.folder === '' && !place.preCommit.isThere
        ? await ask(yesOrNo(`Write ${place.preCommit.name}, which lints before every commit`, false))
        : usual.preCommit,
    baseline:
      options.baseline === undefined && hasAnything(survey) && !place.baseline.isThere
        ? await ask(
            yesOrNo('Record what is found today in a baseline, so that only new findings count', false),
          )
        : usual.baseline,
  };
}

function hasAnything({ kinds, projects, unmarked }: Survey): boolean {
  return kinds.length + projects.length + unmarked.files.length > 0;
}

function kindQuestion(files: readonly string[]): Question<InitAnswers['as']> {
  const who = files.length === 1 ? `What is ${listedFiles(files)}` : `What are ${listedFiles(files)}`;
  return {
    text: `${who} (${KINDS.join(', ')}, none)`,
    usual: 'none',
    read: (text) => {
      const kind = choiceOf({ value: text, source: 'kind' }, [...KINDS, 'none']);
      return KINDS.find((known) => known === kind) ?? null;
    },
  };
}

function yesOrNo(text: string, usual: boolean): Question<boolean> {
  return {
    text: `${text} (yes, no)`,
    usual: usual ? 'yes' : 'no',
    read: (answer) => {
      const word = answer.toLowerCase();
      if (word === 'y' || word === 'yes') return true;
      if (word === 'n' || word === 'no') return false;
      throw usageError(`${JSON.stringify(answer)} is neither yes nor no`);
    },
  };
}
