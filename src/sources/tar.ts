import {
  isZero,
  readTarHeader,
  TAR_BLOCK,
  TAR_END_BYTES,
  tarHeaderOf,
  tarPadding,
  type TarHeader,
} from '../util/tar.ts';

export type TarEntry = Omit<TarHeader, 'size'> & {
  readonly content: Uint8Array;
  /** Where the next entry begins. */
  readonly next: number;
};

export type TarStep =
  { readonly ok: true; readonly entry: TarEntry | null } | { readonly ok: false; readonly reason: string };

/**
 * The entry whose header begins at `at`, a multiple of the block size; `null` at the end of the archive, which must be
 * whole. Only what every tar program reads in the same way is accepted.
 */
export function readTarEntry(tar: Uint8Array, at: number): TarStep {
  const block = tar.subarray(at, at + TAR_BLOCK);
  if (block.length < TAR_BLOCK) return broken('it is cut off');
  if (isZero(block)) return endOfArchive(tar, at);
  const reading = readTarHeader(block);
  if (!reading.ok) return reading;
  const { size, ...header } = reading.header;
  const start = at + TAR_BLOCK;
  const end = start + size;
  const next = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  if (next > tar.length) return broken('an entry says that it is larger than the archive');
  if (!isZero(tar.subarray(end, next))) return broken('something is hidden after the end of an entry');
  return { ok: true, entry: { ...header, content: tar.subarray(start, end), next } };
}

/** An archive of regular files with nothing of the machine or the moment in it. Names have at most 100 ASCII characters. */
export function writeTar(files: Iterable<readonly [name: string, content: Uint8Array]>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [name, content] of files)
    blocks.push(tarHeaderOf(name, content.length), content, tarPadding(content.length));
  return Buffer.concat([...blocks, new Uint8Array(TAR_END_BYTES)]);
}

/** Two empty blocks end an archive; what follows only fills it up. */
function endOfArchive(tar: Uint8Array, at: number): TarStep {
  const rest = tar.subarray(at);
  if (rest.length < TAR_END_BYTES || rest.length % TAR_BLOCK !== 0) return broken('it is cut off');
  return isZero(rest) ? { ok: true, entry: null } : broken('something follows after its end');
}

function broken(reason: string): TarStep {
  return { ok: false, reason };
}
