import {
  configText,
  preCommitEntry,
  preCommitText,
  surveyFiles,
  workflowText,
  type Survey,
} from '../init.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { createBaseline } from './baseline-create.ts';
import type { CliContext } from './context.ts';
import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';
import { askedFor, proposed, type InitAnswers } from './init-answers.ts';
import type { InitOptions } from './init-options.ts';
import { initPlace, type InitPlace, type StarterFile } from './init-place.ts';
import { foundLines, nextLines } from './init-text.ts';
import { canAsk } from './interview.ts';
import { lintRequest } from './lint-request.ts';
import { createFiles } from './output.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { VERSION } from './version.ts';

/**
 * Writes the files that a repository begins with, after the last answer: all of them or none, and nothing over what is there;
 * then a baseline, when one is wanted. Tells it on stdout, and gives the exit code: that of the baseline, which may fail for
 * what cannot be read.
 * @throws {UsageError} when nobody can be asked, or the config that is there cannot be used
 * @throws {OutputError} when a file could not be written; then there is none of them
 */
export async function initRepository(
  options: InitOptions,
  flags: Flags,
  context: CliContext,
): Promise<number> {
  const asks = options.yes !== true && options.dryRun !== true;
  refuseToGuess(asks, context);
  const { request, config } = await lintRequest([], flags, context);
  const place = await initPlace(flags, config, context);
  refuseHook(options, place);
  const survey = await surveyFiles(request);
  const isQuiet = flags.isOn('--quiet');
  const tell = (lines: readonly string[]) => reportToStdout(context, shown(lines));
  if (!isQuiet) await tell([...foundLines(survey), '']);
  const plan = { options, place, survey };
  const answers = asks ? await askedFor(plan, context) : proposed(plan);
  const files = newFiles(answers, survey, place);
  const there = keptLines(place);
  if (options.dryRun === true) {
    await tell([...files.flatMap(previewOf), ...there, ...baselineLines(options, answers, place)]);
    return 0;
  }
  createFiles(files);
  await tell([...files.map(({ name }) => `wrote ${name}`), ...there]);
  const code = answers.baseline
    ? await createBaseline({ paths: [], adds: false }, withoutNotices(flags), context)
    : 0;
  const wrote = files.map(({ path }) => path);
  const hasBaseline = place.baseline.isThere || (answers.baseline && code === 0);
  await tell([
    ...(answers.baseline ? [] : baselineLines(options, answers, place)),
    ...hookLines(answers, place),
    ...(isQuiet ? [] : nextLines({ survey, place, wrote, hasBaseline, isAnswered: answers.as !== null })),
  ]);
  return code;
}

/** What comes after a baseline is told with the rest. */
function withoutNotices(flags: Flags): Flags {
  return { ...flags, isOn: (name) => name === '--quiet' || flags.isOn(name) };
}

function refuseToGuess(asks: boolean, context: CliContext): void {
  if (!asks || canAsk(context)) return;
  throw usageError(
    'init asks what to write, and there is nobody to answer',
    '--yes writes what it proposes, --dry-run shows it.',
  );
}

function refuseHook({ preCommit }: InitOptions, { folder, isRepository }: InitPlace): void {
  if (preCommit !== true || (isRepository && folder === '')) return;
  throw usageError(
    `--pre-commit: hooks are for a whole repository, and this is ${isRepository ? 'a folder of one' : 'none'}`,
    isRepository ? 'Run init at its top.' : 'git init makes one.',
  );
}

type NewFile = StarterFile & { readonly content: string };

function newFiles(answers: InitAnswers, survey: Survey, place: InitPlace): readonly NewFile[] {
  const { config, workflow, preCommit, branch, folder } = place;
  const profiles = ['recommended', ...(survey.projects.length > 0 ? ['agent365'] : [])];
  const wanted = [
    { ...config, content: configText({ ...survey, profiles, as: answers.as }) },
    ...(answers.workflow
      ? [{ ...workflow, content: workflowText({ version: VERSION, branch, folder }) }]
      : []),
    ...(answers.preCommit ? [{ ...preCommit, content: preCommitText(VERSION) }] : []),
  ];
  return wanted.filter(({ isThere }) => !isThere);
}

function previewOf({ name, content }: NewFile): readonly string[] {
  return [`would write ${name}:`, '', ...content.trimEnd().split('\n'), ''];
}

function keptLines({ config, workflow, preCommit, baseline, hasHook, isOtherWorkflow, folder }: InitPlace) {
  const kept = [config, workflow, ...(hasHook ? [preCommit] : []), baseline];
  return [
    ...kept.filter(({ isThere }) => isThere).map(({ name }) => `there already: ${name}`),
    ...(isOtherWorkflow
      ? [
          `  It does not name ${folder}: https://github.com/agentid-lint/agentid-lint/blob/main/docs/github-action.md#monorepo`,
        ]
      : []),
  ];
}

/** A file of somebody else is never edited. */
function hookLines({ preCommit }: InitAnswers, place: InitPlace): readonly string[] {
  if (!preCommit || !place.preCommit.isThere || place.hasHook) return [];
  return [
    '',
    `Add to "repos" in ${place.preCommit.name}, which was left as it is:`,
    ...preCommitEntry(VERSION),
  ];
}

/** What becomes of a baseline that is asked for, when none is written. */
function baselineLines(
  { baseline }: InitOptions,
  answers: InitAnswers,
  { baseline: { name, isThere } }: InitPlace,
): readonly string[] {
  if (answers.baseline) return [`would record what is found today in ${name}`];
  return baseline === true && !isThere ? [`did not write ${name}: there is nothing to record yet`] : [];
}

function shown(lines: readonly string[]): string {
  return joinLines(lines.map(visible));
}
