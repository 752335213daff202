import { usageError } from '../cli/errors.ts';
import { loadReporter } from '../reporters/index.ts';
import { reportFiles } from './argv.ts';
import type { EndedRun } from './event.ts';
import { writeFile } from './files.ts';
import { failureOf, openGitHub, repositoryOf, type GitHub, type Repository } from './github.ts';
import { savedComparison } from './judge.ts';
import type { Outcome } from './outputs.ts';
import { savedFolder } from './paths.ts';
import { comment } from './publish.ts';
import type { Step } from './step.ts';
import { writeSummary } from './summary.ts';

/**
 * Tells what a run without rights has saved, in a run that has them: it comments on a pull request from a fork. Nothing of
 * the fork is run, and no setting of it is read. What it has saved is text that is checked, and shown as text; which pull
 * request it is about is GitHub's word, not its.
 * @throws {UsageError} when the saved report cannot be used
 */
export async function tellSaved(step: Step): Promise<Outcome> {
  const { inputs, places, event, world } = step;
  if (event.kind !== 'ended-run')
    throw usageError('mode: "report" is for workflows that follow another one: on: workflow_run');
  const saved = savedComparison(savedFolder(inputs.results ?? '', places));
  const files = inputs.formats.length === 0 ? [] : reportFiles(inputs, places.reports);
  for (const { format, path } of files)
    writeFile(path, (await loadReporter(format))(saved.report, { color: false }));
  const outcome = { ...saved, files, folder: places.reports };
  writeSummary(outcome, { ...step, settings: null });
  if (inputs.comment === 'none') return outcome;
  const repository = repositoryOf(world.context.env);
  const number = repository === null ? null : await pullRequestOf(event, repository, step);
  if (number !== null) await comment(number, outcome, { ...step, settings: null });
  return outcome;
}

/** The open pull request whose last commit the run was of; `null` when there is none any more, which is told. */
async function pullRequestOf(
  run: EndedRun,
  repository: Repository,
  { inputs, world }: Step,
): Promise<number | null> {
  const github = await openGitHub(inputs.token);
  try {
    const number = await findPullRequest(run, repository, github);
    if (number === null)
      world.log.notice('no open pull request has the commit that was judged: nothing was commented');
    return number;
  } catch (error) {
    world.log.warning(`the pull request could not be found: ${failureOf(error)}`);
    return null;
  }
}

async function findPullRequest(
  { headOwner, headBranch, headSha }: EndedRun,
  repository: Repository,
  github: GitHub,
): Promise<number | null> {
  const { data } = await github.rest.pulls.list({
    ...repository,
    state: 'open',
    head: `${headOwner}:${headBranch}`,
    per_page: 100,
  });
  return data.find(({ head }) => head.sha === headSha)?.number ?? null;
}
