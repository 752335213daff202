import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { compareCodePoints } from '../../util/code-points.ts';
import { errorCode } from '../../util/error-code.ts';
import { isObject } from '../../util/is-object.ts';
import { chunksOf } from '../spool/files.ts';
import { LineFault, linesOf } from '../spool/lines.ts';
import type { Part } from './archive-index.ts';
import { SnapshotError } from './problem.ts';
import type { SnapshotRecord, StreamInfo } from './types.ts';

/** Bytes that are unpacked at once: about 70 records. */
const CHUNK = 256 * 1024;

const LONGEST_LINE = 32 * 1024 * 1024;

/** Records that came together, and the lines that they stand in. */
export type RecordBatch = {
  readonly records: readonly SnapshotRecord[];
  readonly lines: readonly string[];
};

/**
 * The lines of a stream. That they are what the header names is known after the last one: nothing that was made of them
 * may be trusted before.
 * @throws {SnapshotError}
 */
export async function* streamLines(
  handle: FileHandle,
  part: Part,
  info: StreamInfo,
): AsyncGenerator<readonly string[]> {
  const hash = createHash('sha256');
  let count = 0;
  try {
    for await (const lines of linesOf(unpacked(handle, part, info, hash), LONGEST_LINE)) {
      count += lines.length;
      yield lines;
    }
  } catch (cause) {
    throw cause instanceof LineFault ? badRecord(info, cause.line, cause.message) : cause;
  }
  if (`sha256:${hash.digest('hex')}` !== info.digest) throw changed(info, 'the digest is another one');
  if (count !== info.records) throw changed(info, `it has ${count} records instead of ${info.records}`);
}

/** The same as records, whose form and order are checked; not their properties. */
export async function* streamRecords(
  handle: FileHandle,
  part: Part,
  info: StreamInfo,
): AsyncGenerator<RecordBatch> {
  let number = 0;
  let last: string | null = null;
  for await (const lines of streamLines(handle, part, info)) {
    const records: SnapshotRecord[] = [];
    for (const line of lines) {
      number += 1;
      const record = recordOf(line);
      if (record === null) throw badRecord(info, number, 'it is not one');
      if (last !== null && compareCodePoints(last, record.id) >= 0)
        throw badRecord(info, number, 'it is not in the order of ids');
      last = record.id;
      records.push(record);
    }
    yield { records, lines };
  }
}

/** Unpacks a stream and takes its digest, never more of it than the header says that there is. */
async function* unpacked(
  handle: FileHandle,
  { start, size }: Part,
  info: StreamInfo,
  hash: Hash,
): AsyncGenerator<Buffer> {
  const source = Readable.from(chunksOf(handle, start, start + size), { objectMode: false });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  source.once('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let bytes = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > info.bytes) throw changed(info, `it has more than ${info.bytes} bytes`);
      hash.update(chunk);
      yield chunk;
    }
  } catch (cause) {
    throw errorCode(cause).startsWith('Z_') ? brokenGzip(info, cause) : cause;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  if (bytes < info.bytes) throw changed(info, `it has ${bytes} bytes instead of ${info.bytes}`);
  // What stands behind the last member, some programs read and others not.
  if (gunzip.bytesWritten !== size) throw brokenGzip(info, null);
}

const KEYS = new Set(['id', 'api', 'unknown', 'properties']);

function recordOf(line: string): SnapshotRecord | null {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return null;
  }
  return isRecord(record) ? record : null;
}

function isRecord(value: unknown): value is SnapshotRecord {
  if (!isObject(value)) return false;
  for (const key in value) if (!KEYS.has(key)) return false;
  const { id, api, properties, unknown } = value;
  return (
    typeof id === 'string' &&
    (api === 'v1.0' || api === 'beta') &&
    isObject(properties) &&
    (unknown === undefined || isObject(unknown))
  );
}

function badRecord({ name }: StreamInfo, line: number, why: string): SnapshotError {
  return new SnapshotError(
    'snapshot-invalid-record',
    `Line ${line} of ${name} is not a record of a snapshot: ${why}.`,
  );
}

function changed({ name }: StreamInfo, why: string): SnapshotError {
  return new SnapshotError(
    'snapshot-digest-mismatch',
    `The content of ${name} is not the one that the header names: ${why}.`,
  );
}

function brokenGzip({ name }: StreamInfo, cause: unknown): SnapshotError {
  const message = `The snapshot is damaged: ${name} cannot be unpacked.`;
  return new SnapshotError('snapshot-damaged', message, { cause });
}
