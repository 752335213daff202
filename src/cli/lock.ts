import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from '../util/error-code.ts';
import { isObject } from '../util/is-object.ts';
import { reason } from '../util/reason.ts';
import type { CliContext } from './context.ts';
import { OutputError, usageError } from './errors.ts';

/** A file that several runs may want to change, and what it is for people. */
type LockedFile = { readonly name: string; readonly path: string };
type World = Pick<CliContext, 'process' | 'startedAt'>;

const SUFFIX = '.lock';
const TRIES = 200;
const PAUSE = 50;
/** Tries after which a lock that says nothing is no longer about to be written: its run was killed first. */
const SILENT = 40;
/** How often taking over a lock may itself have been left behind: by runs that were killed within a moment, one after another. */
const DEEPEST = 4;

/**
 * Does what reads, changes and writes a file while no other run does. A run that holds the lock is waited for, ten seconds
 * at most; the lock of one that has ended is taken over, and so is one with our own number: it is of an earlier process,
 * such as the one of a container that was started again.
 * @throws {UsageError} when another run goes on holding the lock
 * @throws {OutputError} when there can be no lock: the file then could not be written either
 */
export async function whileLocked<T>(file: LockedFile, world: World, work: () => T): Promise<T> {
  const lock = `${file.path}${SUFFIX}`;
  const ours = `${JSON.stringify({ pid: world.process.pid, startedAt: world.startedAt })}\n`;
  for (let tried = 1; !taken(file, lock, { ours, world, tried }); tried += 1) {
    if (tried === TRIES) throw inUse(file, lock);
    await wait(PAUSE);
  }
  try {
    return work();
  } finally {
    release(lock, ours);
  }
}

type Attempt = { readonly ours: string; readonly world: World; readonly tried: number };

function taken(file: LockedFile, lock: string, attempt: Attempt): boolean {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    return take(lock, attempt, DEEPEST);
  } catch (cause) {
    throw new OutputError(`could not write ${file.name}: ${reason(cause)}`, { cause });
  }
}

/** Whether the lock is ours from now on. */
function take(lock: string, attempt: Attempt, depth: number): boolean {
  const { ours } = attempt;
  if (create(lock, ours)) return true;
  const before = textIn(lock);
  if (before === null || depth === 0 || isHeld(before, attempt)) return false;
  // Of several runs that find what another one has left, one puts its own in the place of it: there is always a lock,
  // and only who holds the lock of the lock replaces it, by that very file.
  const claim = `${lock}${SUFFIX}`;
  if (!take(claim, attempt, depth - 1)) return false;
  if (textIn(lock) === before) {
    renameSync(claim, lock);
    return true;
  }
  release(claim, ours);
  return false;
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A lock that stays is taken over once its process has ended. */
function release(lock: string, ours: string): void {
  try {
    if (textIn(lock) === ours) rmSync(lock, { force: true });
  } catch {
    return;
  }
}

function textIn(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function isHeld(text: string, { world: { process }, tried }: Attempt): boolean {
  const pid = pidIn(text);
  return pid === null ? tried <= SILENT : pid !== process.pid && process.isRunning(pid);
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

function inUse({ name }: LockedFile, lock: string): Error {
  return usageError(`another run is changing ${name}`, `Wait for it. When none is running, remove ${lock}`);
}
