import { existsSync } from 'node:fs';
import { open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';

/** Everything that is collected is for the user alone. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

const READ_BYTES = 256 * 1024;

/** Puts text in the place of a file in one step: whoever looks sees the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  await writeFile(beside, text, { mode: FILE_MODE });
  await rename(beside, path);
}

/** Makes sure that a rename outlasts a power cut, where the system can: Windows cannot open folders. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(folder, 'r');
  } catch {
    return;
  }
  try {
    await handle.sync();
  } catch {
    return;
  } finally {
    await handle.close();
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A part of a file from `start` up to `end`, or to where it ends if that is before. */
export async function* chunksOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, end - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Whether an interrupted run has left its work folder, or another one is at work in it. */
export function hasWorkFolder(folder: string): boolean {
  return existsSync(folder);
}
