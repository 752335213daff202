import { reason } from '../util/reason.ts';
import { ArtifactError, keepArtifact } from './keep-artifact.ts';
import { checkedOut } from './base.ts';
import { commentText, markerOf } from './comment-text.ts';
import { writeComment } from './comment.ts';
import { readSmallFile, writeFile } from './files.ts';
import { openGitHub, repositoryOf } from './github.ts';
import type { Outcome } from './outputs.ts';
import type { Step, Telling } from './step.ts';
import { uploadedFor, uploadSarif, withCategory } from './upload-sarif.ts';

/** Bytes of a report that is handed on. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Hands the outcome on: to code scanning, to the run's artifacts and to the pull request. None of it changes the verdict. */
export async function publish(outcome: Outcome, telling: Telling): Promise<void> {
  await publishSarif(outcome, telling);
  await publishArtifact(outcome, telling);
  await publishComment(outcome, telling);
}

async function publishSarif({ files }: Outcome, telling: Telling): Promise<void> {
  const { inputs, places, event, world, base } = telling;
  const file = files.find(({ format }) => format === 'sarif');
  if (file === undefined) return;
  const text = readSmallFile(file.path, MOST_BYTES) ?? '';
  const sarif = inputs.category === null ? text : withCategory(text, inputs.category);
  if (sarif !== text) writeFile(file.path, sarif);
  if (!inputs.uploadSarif) return;
  const { env, startedAt } = world.context;
  const repository = repositoryOf(env);
  if (isReadOnly(telling)) {
    world.log.notice('the SARIF report was not uploaded: the token of this pull request can only read');
    return;
  }
  if (repository === null || inputs.token === '') {
    world.log.warning('the SARIF report was not uploaded: there is no token, or no repository');
    return;
  }
  const of = uploadedFor(event, await checkedOut(places, env), {
    sha: env['GITHUB_SHA'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
  });
  const { kind, sentence } = await uploadSarif(
    { ...of, sarif, top: base?.top ?? places.workspace, startedAt: new Date(startedAt).toISOString() },
    { github: await openGitHub(inputs.token), repository, wait: world.wait },
  );
  say(kind, sentence, telling);
}

async function publishArtifact({ files, folder }: Outcome, { inputs, world }: Telling): Promise<void> {
  if (inputs.artifact === null) return;
  try {
    world.log.say(await keepArtifact(inputs.artifact, files, folder));
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    world.log.warning(reason(error));
  }
}

async function publishComment(outcome: Outcome, telling: Telling): Promise<void> {
  const { inputs, event, world } = telling;
  if (inputs.comment === 'none') return;
  if (event.kind !== 'change' || event.number === null) {
    world.log.say('no comment was written: this event is about no pull request');
    return;
  }
  if (isReadOnly(telling)) {
    world.log.notice('no comment was written: the token of this pull request can only read');
    return;
  }
  await comment(event.number, outcome, telling);
}

/** Comments on a pull request, and says what became of it. */
export async function comment(
  number: number,
  outcome: Outcome,
  telling: Pick<Telling, 'inputs' | 'world' | 'settings'>,
): Promise<void> {
  const { inputs, world, settings } = telling;
  const repository = repositoryOf(world.context.env);
  if (repository === null || inputs.token === '') {
    world.log.warning('no comment was written: there is no token, or no repository');
    return;
  }
  const marker = markerOf(inputs.category);
  const body = commentText(marker, { ...outcome, settings });
  const github = await openGitHub(inputs.token);
  const { kind, sentence } = await writeComment({ number, marker, body }, github, repository);
  say(kind, sentence, telling);
}

/** What a person should know is on the page of the run; that all went well is in the log alone. */
function say(
  kind: 'taken' | 'written' | 'not-allowed' | 'failed',
  sentence: string,
  { world }: Pick<Step, 'world'>,
): void {
  if (kind === 'failed') world.log.warning(sentence);
  else if (kind === 'not-allowed') world.log.notice(sentence);
  else world.log.say(sentence);
}

/** The token of a pull request from a fork may write nothing; with `pull_request_target` it may. */
function isReadOnly({ event }: Pick<Step, 'event'>): boolean {
  return event.kind === 'change' && event.isForeign && event.name !== 'pull_request_target';
}
