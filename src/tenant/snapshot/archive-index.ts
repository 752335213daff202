import type { FileHandle } from 'node:fs/promises';
import { isZero, readTarHeader, TAR_BLOCK, TAR_END_BYTES } from '../../util/tar.ts';
import { FORMAT, HEADER_FILE, LONGEST_HEADER, streamFileName } from './layout.ts';
import { SnapshotError } from './problem.ts';
import { STREAMS } from './types.ts';

/** Where a file in the archive stands. */
export type Part = { readonly start: number; readonly size: number };

export type ArchiveIndex = {
  readonly header: Buffer;
  /** By name, the header too. */
  readonly parts: ReadonlyMap<string, Part>;
};

/** What tar programs fill an archive up to. */
const FILLED_TO = 10 * 1024;

const KNOWN = new Set([HEADER_FILE, ...STREAMS.map(streamFileName)]);

/**
 * Finds the files in the archive of a snapshot, which must be whole: nothing may be missing at its end, nor anything else
 * be in it.
 * @throws {SnapshotError}
 */
export async function readIndex(handle: FileHandle, size: number): Promise<ArchiveIndex> {
  const parts = new Map<string, Part>();
  let header: Buffer | null = null;
  for (let at = 0; ;) {
    const block = await bytesAt(handle, at, TAR_BLOCK);
    const isFirst = header === null;
    if (isFirst && !(await isSnapshot(handle, block))) throw new SnapshotError('snapshot-not-a-snapshot');
    if (block.length < TAR_BLOCK) throw damaged('it is cut off');
    if (isZero(block)) {
      await requireEnd(handle, at, size);
      break;
    }
    const reading = readTarHeader(block);
    if (!reading.ok) throw damaged(reading.reason);
    const { kind, size: length } = reading.header;
    const name = reading.header.name.replace(/^\.\//, '');
    if (kind !== 'file' || !KNOWN.has(name)) throw damaged('it holds a file that no snapshot has');
    if (parts.has(name)) throw damaged(`it holds ${name} twice`);
    const part = { start: at + TAR_BLOCK, size: length };
    at = part.start + Math.ceil(length / TAR_BLOCK) * TAR_BLOCK;
    if (at > size) throw damaged('it is cut off');
    const end = part.start + length;
    if (!isZero(await bytesAt(handle, end, at - end)))
      throw damaged('something is hidden after the end of an entry');
    parts.set(name, part);
    if (isFirst) header = await headerIn(handle, part);
  }
  for (const name of KNOWN) if (!parts.has(name)) throw damaged(`${name} is missing in it`);
  return { header: header ?? Buffer.alloc(0), parts };
}

function damaged(why: string): SnapshotError {
  return new SnapshotError('snapshot-damaged', `The snapshot is damaged: ${why}.`);
}

/** Whether a file begins like a snapshot, be it cut off after that. */
async function isSnapshot(handle: FileHandle, block: Buffer): Promise<boolean> {
  const name = Buffer.from(HEADER_FILE);
  const start = block.subarray(0, 2).toString('latin1') === './' ? 2 : 0;
  if (!block.subarray(start, start + name.length).equals(name)) return false;
  const head = await bytesAt(handle, TAR_BLOCK, TAR_BLOCK);
  return head.length < FORMAT.length * 2 || head.includes(FORMAT);
}

async function headerIn(handle: FileHandle, { start, size }: Part): Promise<Buffer> {
  if (size > LONGEST_HEADER) throw new SnapshotError('snapshot-invalid-header');
  return bytesAt(handle, start, size);
}

async function requireEnd(handle: FileHandle, at: number, size: number): Promise<void> {
  const rest = size - at;
  if (rest < TAR_END_BYTES || rest % TAR_BLOCK !== 0) throw damaged('it is cut off');
  if (rest > TAR_END_BYTES + FILLED_TO || !isZero(await bytesAt(handle, at, rest)))
    throw damaged('something follows after its end');
}

/** Fewer bytes only where the file ends. */
async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
