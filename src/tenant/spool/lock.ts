import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../util/error-code.ts';
import { isObject } from '../../util/is-object.ts';
import { FILE_MODE, replaceFile } from './files.ts';
import { SpoolError } from './problem.ts';
import type { SpoolOptions } from './types.ts';

export const LOCK_FILE = 'lock';
/** Stands behind the name of the lock while somebody takes it over. */
const CLAIM = '.claim';

type Owner = SpoolOptions['owner'];

export type Lock = {
  /** Throws when another run has taken the folder over. */
  readonly check: () => Promise<void>;
  readonly release: () => Promise<void>;
};

/**
 * Takes a folder for one process. A lock whose process has ended is taken over, and so is one with our own number: it is
 * of an earlier process, such as the one of a container that was started again.
 * @throws {SpoolError} when another run uses the folder
 */
export async function takeLock(folder: string, owner: Owner): Promise<Lock> {
  const path = join(folder, LOCK_FILE);
  const ours = `${JSON.stringify({ pid: owner.pid, startedAt: owner.startedAt })}\n`;
  if (!(await create(path, ours))) await takeOver(path, ours, owner);
  const check = async (): Promise<void> => {
    if ((await textIn(path)) !== ours) throw new SpoolError('spool-lock-lost');
  };
  const release = async (): Promise<void> => {
    if ((await textIn(path)) === ours) await rm(path, { force: true });
  };
  return { check, release };
}

/** Whether the lock is ours from now on; `false` when there is one already. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: FILE_MODE });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Puts our lock in the place of one whose process has ended. Of several processes that find it, one does: there is always
 * a lock, and it is changed only by who has made a second file, which only one can.
 */
async function takeOver(path: string, ours: string, owner: Owner): Promise<void> {
  const claim = `${path}${CLAIM}`;
  const before = await textIn(path);
  if (before === null || isHeld(before, owner)) throw inUse(before);
  if (!(await create(claim, ours))) throw inUse(null);
  try {
    const now = await textIn(path);
    if (now !== before) throw inUse(now);
    await replaceFile(path, ours);
  } finally {
    await rm(claim, { force: true });
  }
}

async function textIn(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A lock without a number may be one that is being written at this moment. */
function isHeld(text: string, owner: Owner): boolean {
  const pid = pidIn(text);
  return pid === null || (pid !== owner.pid && owner.isRunning(pid));
}

function inUse(text: string | null): SpoolError {
  const pid = text === null ? null : pidIn(text);
  if (pid === null) return new SpoolError('spool-in-use');
  return new SpoolError('spool-in-use', `Another run, process ${pid}, is collecting into this folder.`);
}

function pidIn(text: string): number | null {
  try {
    const lock: unknown = JSON.parse(text);
    return isObject(lock) && typeof lock['pid'] === 'number' && Number.isInteger(lock['pid'])
      ? lock['pid']
      : null;
  } catch {
    return null;
  }
}
