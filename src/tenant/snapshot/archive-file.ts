import { open, type FileHandle } from 'node:fs/promises';
import { TAR_END_BYTES, tarHeaderOf, tarPadding } from '../../util/tar.ts';
import { chunksOf, FILE_MODE } from '../spool/files.ts';

/** An entry of the archive: its content, or the file that has it. */
export type ArchiveEntry = {
  readonly name: string;
  readonly size: number;
  readonly content: Buffer | { readonly file: string };
};

/** Writes a tar of files in flat memory, down to the disk itself; tells its size. */
export async function writeArchiveFile(
  path: string,
  entries: readonly ArchiveEntry[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const target = await open(path, 'wx', FILE_MODE);
  try {
    for (const { name, size, content } of entries) {
      await target.appendFile(tarHeaderOf(name, size));
      if (Buffer.isBuffer(content)) await target.appendFile(content);
      else await copy(content.file, target, signal);
      await target.appendFile(tarPadding(size));
    }
    await target.appendFile(new Uint8Array(TAR_END_BYTES));
    await target.sync();
    return (await target.stat()).size;
  } finally {
    await target.close();
  }
}

async function copy(file: string, target: FileHandle, signal: AbortSignal | undefined): Promise<void> {
  const source = await open(file, 'r');
  try {
    for await (const chunk of chunksOf(source, 0, Infinity)) {
      signal?.throwIfAborted();
      await target.appendFile(chunk);
    }
  } finally {
    await source.close();
  }
}
