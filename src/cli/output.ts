import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { OutputError } from './errors.ts';
import { reason } from '../util/reason.ts';

/** A file that a command writes, and what it is for people. */
type OutputFile = { readonly name: string; readonly path: string; readonly what?: string };

/**
 * Writes a report, or something else, to a file: whole or not at all. An existing file, or link to one, is replaced in
 * one step; a device or pipe is written to directly.
 * @throws {OutputError} when it could not be written; the old file is then untouched
 */
export function writeReportFile(
  { name, path, what = 'the report' }: OutputFile,
  content: string | Uint8Array,
): void {
  try {
    if (isSpecial(path)) writeWhole(path, content, 'w');
    else replaceFile(path, content);
  } catch (cause) {
    throw new OutputError(`could not write ${what} to ${name}: ${reason(cause)}`, { cause });
  }
}

/**
 * Writes files that are not there yet, in folders that need not be: all of them or none.
 * @throws {OutputError} when one of them is there, or could not be written; then there is none of them
 */
export function createFiles(files: readonly (OutputFile & { readonly content: string })[]): void {
  const made: string[] = [];
  try {
    for (const { name, path, content } of files) {
      const folder = mkdirSync(dirname(path), { recursive: true });
      if (folder !== undefined) made.push(folder);
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
        throw new OutputError(`${name} is there already; nothing was written`);
      replaceFile(path, content);
      made.push(path);
    }
  } catch (cause) {
    for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true });
    if (cause instanceof OutputError) throw cause;
    throw new OutputError(`could not write the files, and there is none of them: ${reason(cause)}`, {
      cause,
    });
  }
}

/**
 * Adds a text to the end of a file, on lines of its own.
 * @throws {OutputError} when it could not be written
 */
export function appendToFile({ name, path, what = 'the report' }: OutputFile, text: string): void {
  try {
    const isBegun = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
    writeWhole(path, isBegun ? `\n${text}` : text, 'a');
  } catch (cause) {
    throw new OutputError(`could not write ${what} to ${name}: ${reason(cause)}`, { cause });
  }
}

/** A file of this run alone, in a folder that only the user can look into. */
export function temporaryFile(name: string): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'agentid-lint-'));
  return {
    path: join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What cannot be replaced; `/dev/stderr` leads to a regular file when stderr does. */
function isSpecial(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && (!stats.isFile() || /^\/(?:dev|proc)\//.test(path));
}

/** Beside the file, because only there a rename is one step; in a folder of its own, because runs may overlap. */
function replaceFile(path: string, content: string | Uint8Array): void {
  const old = lstatSync(path, { throwIfNoEntry: false });
  const folder = mkdtempSync(join(dirname(path), '.agentid-lint-'));
  try {
    const temporary = join(folder, basename(path));
    writeWhole(temporary, content, 'wx', old?.isFile() === true ? old.mode & 0o777 : 0o666);
    renameSync(temporary, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeWhole(path: string, content: string | Uint8Array, flags: string, mode?: number): void {
  const descriptor = openSync(path, flags, mode);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
    if (flags === 'wx') fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
