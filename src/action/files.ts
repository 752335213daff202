import { appendFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { reason } from '../util/reason.ts';
import type { Environment } from './input-names.ts';

/** What the event is, by the file that the runner names; `null` when there is none. */
export function readPayload({ GITHUB_EVENT_PATH: path }: Environment): unknown {
  if (path === undefined || path === '' || !existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The text of a file of at most so many bytes; `null` when there is none. @throws {Error} when it is larger or cannot be read */
export function readSmallFile(path: string, limit: number): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (!stats.isFile() || stats.size > limit) throw new Error(`${path} is no file of ${limit} bytes at most`);
  return readFileSync(path, 'utf8');
}

export function writeFile(path: string, text: string): void {
  writeFileSync(path, text);
}

/** Removes a file, or a link to one, if it is there. @throws {Error} when it is a folder */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** Adds text to a file that the runner has made. Says why it could not, else `null`. */
export function appendTo(path: string, text: string): string | null {
  try {
    appendFileSync(path, text);
    return null;
  } catch (error) {
    return reason(error);
  }
}
