import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { validateSnapshotHeader } from '../../../schemas/generated/snapshot-header.mjs';
import { errorCode } from '../../util/error-code.ts';
import { isObject } from '../../util/is-object.ts';
import { reason } from '../../util/reason.ts';
import { readIndex, type ArchiveIndex, type Part } from './archive-index.ts';
import { FORMAT, streamFileName, VERSION } from './layout.ts';
import { SnapshotError } from './problem.ts';
import { streamLines, streamRecords, type RecordBatch } from './stream-reader.ts';
import { STREAMS, type SnapshotHeader, type StreamInfo, type StreamName } from './types.ts';

/** A snapshot that is open. Its streams are read from the disk each time, in flat memory. */
export type Snapshot = {
  readonly header: SnapshotHeader;
  /** SHA-256 of the header, which has the digests of all streams: `sha256:` and hex. It identifies the snapshot. */
  readonly digest: string;
  /**
   * The records of a stream in the order of ids. Throws `SnapshotError` at the end when they are not what the header names,
   * so no verdict may be made of them before.
   */
  readonly records: (stream: StreamName) => AsyncIterable<RecordBatch>;
  /** The same as lines only, not parsed. */
  readonly lines: (stream: StreamName) => AsyncIterable<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** Windows has no such flag. */
const OPEN_FLAGS = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/**
 * Opens a snapshot: its header is read and checked, and that the file is whole.
 * @throws {SnapshotError}
 */
export async function openSnapshot(path: string): Promise<Snapshot> {
  let handle: FileHandle;
  try {
    handle = await open(path, OPEN_FLAGS);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new SnapshotError('snapshot-not-a-snapshot', `${path} is not a file.`);
    const index = await readIndex(handle, stats.size);
    return snapshotOf(handle, index);
  } catch (cause) {
    await handle.close();
    throw cause instanceof SnapshotError ? cause : unreadable(path, cause);
  }
}

/** The properties of a record as JSON, out of its line; made anew where another program wrote the line in its own way. */
export function propertiesText(line: string, properties: { readonly [key: string]: unknown }): string {
  const at = line.indexOf(PROPERTIES);
  const isOurs = LINE.test(line) && at !== -1;
  return isOurs ? line.slice(at + PROPERTIES.length, -1) : JSON.stringify(properties);
}

const PROPERTIES = '"properties":';
const LINE = /^\{"id":"[^"\\]*","api":"(?:v1\.0|beta)",(?:"unknown":\{[^{}\\]*\},)?"properties":\{/;

function snapshotOf(handle: FileHandle, { header: bytes, parts }: ArchiveIndex): Snapshot {
  const header = headerIn(bytes);
  const place = (stream: StreamName): readonly [FileHandle, Part, StreamInfo] => {
    const part = parts.get(streamFileName(stream));
    const info = header.streams.find(({ name }) => name === stream);
    if (part === undefined || info === undefined) throw new SnapshotError('snapshot-damaged');
    return [handle, part, info];
  };
  return {
    header,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    records: (stream) => streamRecords(...place(stream)),
    lines: (stream) => streamLines(...place(stream)),
    close: () => handle.close(),
  };
}

function headerIn(bytes: Buffer): SnapshotHeader {
  const header = parsed(bytes.toString('utf8'));
  if (!isObject(header) || header['format'] !== FORMAT) throw new SnapshotError('snapshot-not-a-snapshot');
  if (header['version'] !== VERSION) throw otherVersion(header['version']);
  const [fault] = validateSnapshotHeader(header);
  if (fault !== undefined) throw invalidHeader(fault.instancePath);
  const { streams } = header as SnapshotHeader;
  if (streams.length !== STREAMS.length || STREAMS.some((name, at) => streams[at]?.name !== name))
    throw invalidHeader('/streams');
  return header as SnapshotHeader;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function otherVersion(version: unknown): SnapshotError {
  const which = typeof version === 'number' ? String(version) : 'unknown';
  return new SnapshotError(
    'snapshot-other-version',
    `The snapshot has version ${which} of the format, and this version reads ${VERSION}.`,
  );
}

function invalidHeader(pointer: string): SnapshotError {
  return new SnapshotError(
    'snapshot-invalid-header',
    `The header of the snapshot does not have the form that it should have, at ${pointer === '' ? '/' : pointer}.`,
  );
}

function unreadable(path: string, cause: unknown): SnapshotError {
  if (errorCode(cause) === 'ENOENT')
    return new SnapshotError('snapshot-not-found', `There is no file ${path}.`, { cause });
  return new SnapshotError('snapshot-unreadable', `${path} cannot be read: ${reason(cause)}.`, { cause });
}
