import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { followPath } from '../documents/links.ts';
import type { Problem } from '../documents/problem.ts';
import { readFileSafely } from '../documents/read.ts';
import { compareCodePoints } from '../util/code-points.ts';
import { errorCode } from '../util/error-code.ts';
import { parseHistoryFile } from './parse.ts';
import { historyProblem } from './problem.ts';
import type { NewFile } from './run.ts';
import type { HistoryFile } from './types.ts';

/** A folder of runs. `name` is what problems call it: as typed. */
export type HistoryFolder = { readonly name: string; /** Absolute. */ readonly path: string };

export type OpenedHistory =
  | { readonly ok: true; /** By name. */ readonly files: readonly HistoryFile[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const MAX_FILE_BYTES = 128 * 1024 * 1024;

/** Every run in a folder, or what is wrong with any of them. A folder that is not there yet has none, where it need not be. */
export function readHistory(
  folder: HistoryFolder,
  { mustExist }: { readonly mustExist: boolean },
): OpenedHistory {
  const { name, path } = folder;
  const target = followPath(path);
  if (target.kind === 'failed' && target.code === 'ENOENT' && !mustExist) return { ok: true, files: [] };
  if (target.kind === 'failed') {
    const message =
      target.code === 'ENOENT' ? 'There is no such folder.' : `It cannot be read (${target.code}).`;
    return failed(historyProblem('history-unreadable', message, { uri: name }));
  }
  if (target.kind !== 'folder')
    return failed(historyProblem('history-not-a-folder', 'This is not a folder.', { uri: name }));
  try {
    return readRuns(name, target.path);
  } catch (error) {
    return failed(
      historyProblem('history-unreadable', `It cannot be read (${errorCode(error)}).`, { uri: name }),
    );
  }
}

function readRuns(folder: string, path: string): OpenedHistory {
  const prefix = folder.replaceAll('\\', '/').replace(/\/+$/, '');
  const files: HistoryFile[] = [];
  const problems: Problem[] = [];
  for (const name of readdirSync(path)
    .filter((each) => each.endsWith('.ndjson'))
    .sort(compareCodePoints)) {
    const uri = `${prefix}/${name}`;
    const read = readFileSafely({ uri, path: join(path, name) }, MAX_FILE_BYTES);
    const parsed = read.ok ? parseHistoryFile(name, uri, read.text) : read;
    if (!parsed.ok) problems.push(parsed.problem);
    else if ('file' in parsed) files.push(parsed.file);
  }
  if (problems.length > 0) return { ok: false, problems };
  const names = new Set(files.map(({ name }) => name));
  const torn = files.filter(({ run }) => run.after !== null && !names.has(run.after));
  return torn.length === 0
    ? { ok: true, files }
    : { ok: false, problems: torn.map(({ name, run }) => missingRun(`${prefix}/${name}`, run.after ?? '')) };
}

function missingRun(uri: string, after: string): Problem {
  return historyProblem('history-missing-run', `The run before it, ${after}, is missing.`, { uri, line: 1 });
}

function failed(problem: Problem): OpenedHistory {
  return { ok: false, problems: [problem] };
}

/**
 * Adds a file to a folder, which is made when it is not there: whole or not at all, however many runs do so at once.
 * @throws {Error} of the file system, when it could not be written
 */
export function addFile({ path }: HistoryFolder, { name, text }: NewFile): void {
  makeFolder(path);
  const target = join(path, name);
  if (isThere(target, text)) return;
  // In the folder, because only there a rename is one step; nobody takes it for a run, should it be left behind.
  const room = mkdtempSync(join(path, '.agentid-lint-'));
  try {
    const temporary = join(room, name);
    writeWhole(temporary, text);
    renameSync(temporary, target);
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

/** `recursive` of `mkdirSync` does not end where the parent is there and makes no folders, as `/proc`. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}

function isThere(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

function writeWhole(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o666);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
