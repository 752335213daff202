import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from '../../util/code-points.ts';
import { errorCode } from '../../util/error-code.ts';
import { isObject } from '../../util/is-object.ts';
import { replaceFile } from './files.ts';
import { SpoolError } from './problem.ts';
import type { StepState } from './types.ts';

export const CHECKPOINT_FILE = 'checkpoint.json';

const FORMAT = 'agentid-lint-checkpoint';
const VERSION = 1;

/** A step as of its last checkpoint. */
export type SavedStep = StepState & {
  /** Length of its file of rows. */
  readonly bytes: number;
};

export type Identity = { readonly [name: string]: string };

export type Checkpoint = { readonly identity: Identity; readonly steps: ReadonlyMap<string, SavedStep> };

/** What an interrupted run left; `null` when it left nothing. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | null> {
  let text: string;
  try {
    text = await readFile(join(folder, CHECKPOINT_FILE), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  return checkpointOf(text);
}

/** The same steps give the same bytes, in whatever order they were begun. */
export async function writeCheckpoint(folder: string, { identity, steps }: Checkpoint): Promise<void> {
  const sorted = [...steps].sort(([a], [b]) => compareCodePoints(a, b));
  const content = { format: FORMAT, version: VERSION, identity, steps: Object.fromEntries(sorted) };
  await replaceFile(join(folder, CHECKPOINT_FILE), `${JSON.stringify(content)}\n`);
}

/** @throws {SpoolError} unless the interrupted run was for the same */
export function requireSame(saved: Identity, asked: Identity): void {
  const names = [...new Set([...Object.keys(saved), ...Object.keys(asked)])].sort(compareCodePoints);
  const different = names.filter((name) => saved[name] !== asked[name]);
  if (different.length === 0) return;
  const words = different.map(
    (name) => `${name} was ${saved[name] ?? 'not given'} and is ${asked[name] ?? 'not given'}`,
  );
  throw new SpoolError(
    'spool-other-run',
    `The interrupted run was for something else, so it cannot be resumed: ${words.join('; ')}.`,
  );
}

function checkpointOf(text: string): Checkpoint {
  const content = parsed(text);
  if (!isObject(content) || content['format'] !== FORMAT) throw new SpoolError('spool-damaged');
  if (content['version'] !== VERSION) throw new SpoolError('spool-other-version');
  const { identity, steps } = content;
  if (!isObject(identity) || !isObject(steps)) throw new SpoolError('spool-damaged');
  return {
    identity: Object.fromEntries(Object.entries(identity).map(([name, value]) => [name, String(value)])),
    steps: new Map(Object.entries(steps).map(([name, step]) => [name, savedStep(step)])),
  };
}

function savedStep(step: unknown): SavedStep {
  if (!isObject(step)) throw new SpoolError('spool-damaged');
  const { done, rows, bytes, nextLink, notes } = step;
  if (typeof done !== 'boolean' || typeof rows !== 'number' || typeof bytes !== 'number' || !isObject(notes))
    throw new SpoolError('spool-damaged');
  return { done, rows, nextLink: typeof nextLink === 'string' ? nextLink : null, notes, bytes };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SpoolError('spool-damaged', undefined, { cause });
  }
}
