import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareCodePoints } from '../../util/code-points.ts';
import { errorCode } from '../../util/error-code.ts';
import {
  CHECKPOINT_FILE,
  readCheckpoint,
  requireSame,
  writeCheckpoint,
  type SavedStep,
} from './checkpoint.ts';
import { FOLDER_MODE, removeFolder } from './files.ts';
import { usable, usableEach } from './in-words.ts';
import { joinRows } from './join.ts';
import { LOCK_FILE, takeLock, type Lock } from './lock.ts';
import { SpoolError } from './problem.ts';
import { openSorter } from './sort.ts';
import { BEGUN, cutToCheckpoint, openStep, type OpenStep } from './step.ts';
import type { JoinBatch, OpenSpool, Spool, SpoolOptions } from './types.ts';

const ROWS = '.rows';
const SORT = 'sort-';
const STEP_NAME = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;
/** Every name that a collection gives to something in its folder. */
const OURS = [
  /^lock(?:\.claim|\.new)?$/,
  /^checkpoint\.json(?:\.new)?$/,
  /^sort-\d+$/,
  /^[A-Za-z0-9][A-Za-z0-9.-]*\.rows$/,
];

/**
 * Opens the work folder of a collection: what was read so far, on the disk, so that it can be joined in flat memory and an
 * interrupted run can go on. Everything that is appended before a checkpoint is there after a resume, and nothing else.
 * @throws {SpoolError}
 */
export const openSpool: OpenSpool = async (folder, options) => {
  const path = resolve(folder);
  const lock = await usable(path, () => enter(path, options));
  try {
    return await usable(path, () => begin(path, lock, options));
  } catch (error) {
    await lock.release();
    throw error;
  }
};

/** Makes the folder, or makes sure that it is one of ours. */
async function enter(folder: string, { owner }: SpoolOptions): Promise<Lock> {
  try {
    await mkdir(folder, { mode: FOLDER_MODE });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (!(await lstat(folder)).isDirectory() || !(await readdir(folder)).every(isOurs))
      throw new SpoolError('spool-foreign-folder');
  }
  return takeLock(folder, owner);
}

async function begin(folder: string, lock: Lock, { identity, resume }: SpoolOptions): Promise<Spool> {
  const checkpoint = resume ? await readCheckpoint(folder) : null;
  if (checkpoint !== null) requireSame(checkpoint.identity, identity);
  const saved = new Map(checkpoint?.steps);
  for (const name of await readdir(folder)) {
    const isKept = checkpoint !== null && (name === CHECKPOINT_FILE || saved.has(stepOf(name)));
    if (name !== LOCK_FILE && !isKept) await rm(join(folder, name), { recursive: true, force: true });
  }
  for (const [name, { bytes }] of saved) await cutToCheckpoint(join(folder, `${name}${ROWS}`), bytes);
  if (checkpoint === null) await writeCheckpoint(folder, { identity, steps: saved });
  return spoolOf({ folder, lock, identity, saved, resumed: checkpoint !== null });
}

type Opened = {
  readonly folder: string;
  readonly lock: Lock;
  readonly identity: SpoolOptions['identity'];
  /** As of the last checkpoint; changed with each. */
  readonly saved: Map<string, SavedStep>;
  readonly resumed: boolean;
};

/** Writes checkpoints one after the other, each with the steps as of the ones before. */
function checkpoints({ folder, lock, identity, saved }: Opened): {
  readonly save: (name: string, state: SavedStep) => Promise<void>;
  readonly settled: () => Promise<unknown>;
} {
  let last: Promise<unknown> = Promise.resolve();
  const write = async (name: string, state: SavedStep): Promise<void> => {
    await lock.check();
    await writeCheckpoint(folder, { identity, steps: new Map([...saved, [name, state]]) });
    saved.set(name, state);
  };
  const save = (name: string, state: SavedStep): Promise<void> => {
    const result = last.then(() => write(name, state));
    last = result.catch(() => undefined);
    return result;
  };
  return { save, settled: () => last };
}

function spoolOf(opened: Opened): Spool {
  const { folder, lock, saved, resumed } = opened;
  const { save, settled } = checkpoints(opened);
  const steps = new Map<string, OpenStep>();
  let joins = 0;
  let isClosed = false;

  const changing =
    <A extends unknown[]>(action: (...list: A) => Promise<void>) =>
    async (...list: A): Promise<void> => {
      if (isClosed) throw new Error('the spool is closed');
      await usable(folder, () => action(...list));
    };
  const begun = (name: string): OpenStep => {
    const step = openStep(stepName(name), {
      path: join(folder, `${name}${ROWS}`),
      saved: saved.get(name) ?? BEGUN,
      save: (state) => save(name, state),
    });
    return {
      ...step,
      append: changing(step.append),
      checkpoint: changing(step.checkpoint),
      done: changing(step.done),
      restart: changing(step.restart),
      rows: () => usableEach(folder, step.rows()),
    };
  };
  const stepOfName = (name: string): OpenStep => {
    const step = steps.get(name) ?? begun(name);
    steps.set(name, step);
    return step;
  };
  const close = async (): Promise<void> => {
    isClosed = true;
    for (const step of steps.values()) await step.close();
    await settled();
  };
  return {
    resumed,
    folder,
    step: stepOfName,
    steps: () => [...new Set([...saved.keys(), ...steps.keys()])].sort(compareCodePoints),
    join: <Step extends string>(names: readonly Step[]): AsyncIterable<JoinBatch<Step>> => {
      const sorter = openSorter({ folder: join(folder, `${SORT}${(joins += 1)}`) });
      return usableEach(folder, joinRows(names, names.map(stepOfName), sorter));
    },
    close: () => close().finally(lock.release),
    remove: async () => {
      await close();
      await usable(folder, lock.check);
      await removeFolder(folder);
    },
  };
}

function stepName(name: string): string {
  if (!STEP_NAME.test(name)) throw new Error(`no name of a step: ${name}`);
  return name;
}

function isOurs(name: string): boolean {
  return OURS.some((form) => form.test(name));
}

function stepOf(file: string): string {
  return file.endsWith(ROWS) ? file.slice(0, -ROWS.length) : '';
}
