import { createHash } from 'node:crypto';
import { mkdtemp, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { errorCode } from '../../util/error-code.ts';
import { reason } from '../../util/reason.ts';
import { removeFolder, syncFolder } from '../spool/files.ts';
import { writeArchiveFile, type ArchiveEntry } from './archive-file.ts';
import { headerOf } from './header.ts';
import { HEADER_FILE, headerText, streamFileName } from './layout.ts';
import { SnapshotError } from './problem.ts';
import { createRedactor } from './redaction.ts';
import { openStreams } from './streams.ts';
import { STREAMS, type StreamInfo } from './types.ts';
import type { OpenSnapshotWriter, SnapshotContent, WriteOptions, WrittenSnapshot } from './writing.ts';

/**
 * Begins a snapshot at `path`; what is there stays until the new one is whole.
 * @throws {SnapshotError}
 */
export const openSnapshotWriter: OpenSnapshotWriter = async (path, { redact, signal }) => {
  const target = await inWords(path, () => targetOf(resolve(path)));
  const folder = await inWords(path, () => mkdtemp(join(dirname(target), `${basename(target)}.new-`)));
  const redactor = redact === null ? null : createRedactor(redact);
  const sortIds = redact?.what.includes('ids') ?? false;
  const streams = openStreams({ folder, redactor, sortIds, signal });
  let hasEnded = false;

  const end = async (): Promise<void> => {
    hasEnded = true;
    await streams.drop();
    // Nobody can do anything about what cannot be removed, and something else is to be reported.
    await removeFolder(folder).catch(() => undefined);
  };
  /** Does something, or ends with nothing left behind. */
  const run = async <T>(action: () => Promise<T>): Promise<T> => {
    if (hasEnded) throw new Error('this snapshot has ended');
    try {
      signal?.throwIfAborted();
      return await inWords(path, action);
    } catch (error) {
      await end();
      throw error;
    }
  };
  return {
    append: (stream, records) => run(() => streams.append(stream, records)),
    finish: (parts) =>
      run(async () => {
        const infos = await streams.finish();
        const header = headerOf(parts, { streams: infos.map(({ info }) => info), redact, redactor });
        const content = Buffer.from(headerText(header));
        const file = join(folder, 'snapshot');
        const entries = [headerEntry(content), ...infos.map((written) => streamEntry(folder, written))];
        const bytes = await writeArchiveFile(file, entries, signal);
        signal?.throwIfAborted();
        await rename(file, target);
        await syncFolder(dirname(target));
        await end();
        const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
        return { header, digest, bytes };
      }),
    abort: () => (hasEnded ? Promise.resolve() : end()),
  };
};

/**
 * Writes a whole snapshot.
 * @throws {SnapshotError}
 */
export async function writeSnapshot(
  path: string,
  { parts, streams }: SnapshotContent,
  options: WriteOptions,
): Promise<WrittenSnapshot> {
  const writer = await openSnapshotWriter(path, options);
  try {
    for (const stream of STREAMS)
      for await (const record of streams[stream] ?? []) await writer.append(stream, [record]);
    return await writer.finish(parts);
  } finally {
    await writer.abort();
  }
}

/** The file that is to be replaced: what a link leads to, never the link. Only a regular file is ever replaced. */
async function targetOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).isFile()) return await realpath(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
  throw new SnapshotError('snapshot-not-written', `${path} is not a file, so no snapshot is written to it.`);
}

/** The same with faults of the disk in words. */
async function inWords<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    const message = `The snapshot could not be written to ${path}: ${reason(cause)}.`;
    throw new SnapshotError('snapshot-not-written', message, { cause });
  }
}

function headerEntry(content: Buffer): ArchiveEntry {
  return { name: HEADER_FILE, size: content.length, content };
}

function streamEntry(
  folder: string,
  { info, packed }: { readonly info: StreamInfo; readonly packed: number },
): ArchiveEntry {
  const name = streamFileName(info.name);
  return { name, size: packed, content: { file: join(folder, name) } };
}
