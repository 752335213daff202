import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { decode, type Decoded } from './decode.ts';
import { errorCode, fileKind } from './file-kind.ts';
import type { Problem } from './problem.ts';
import { documentProblem } from './problem-codes.ts';
import { bytesInWords } from '../util/bytes.ts';

export type FileToRead = {
  /** What problems call it: relative to the working directory, forward slashes. */
  readonly uri: string;
  /** Absolute, and no link itself: a link in its last place is refused. */
  readonly path: string;
};

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;
const KEPT_BUFFER_BYTES = 1024 * 1024;
const FIRST_BUFFER_BYTES = 64 * 1024;

/** Neither waits for the other end of a FIFO nor follows a link that was put there a moment ago. Windows has neither flag. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** Reading is synchronous and the text is decoded before the next read, so one buffer serves all files. */
let sharedBuffer: Buffer = Buffer.alloc(0);

/**
 * The text of a regular file of at most `maxBytes`. Never waits, never reads a device, never reads more than the
 * limit however the file grows, and judges the very file that it opened.
 */
export function readFileSafely(file: FileToRead, maxBytes: number = DEFAULT_MAX_BYTES): Decoded {
  let descriptor = -1;
  try {
    const seen = lstatSync(file.path);
    if (!seen.isFile()) return refuse(notRegular(file.uri, fileKind(seen)));
    descriptor = openSync(file.path, OPEN_FLAGS);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return refuse(notRegular(file.uri, fileKind(stats)));
    if (stats.size > maxBytes) return refuse(tooLarge(file.uri, bytesInWords(stats.size), maxBytes));
    const bytes = readUpTo(descriptor, stats.size, maxBytes + 1);
    if (bytes.length > maxBytes) return refuse(tooLarge(file.uri, 'growing', maxBytes));
    return decode(file.uri, bytes);
  } catch (error) {
    return refuse(failed(file.uri, errorCode(error)));
  } finally {
    if (descriptor !== -1) close(descriptor);
  }
}

/** A failing close loses nothing: the bytes were read before. */
function close(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    return;
  }
}

function refuse(problem: Problem): Decoded {
  return { ok: false, problem };
}

/**
 * What can be read up to `limit` bytes. A file that gives all it has and then less than was asked for is at its
 * end; one that tells no size is read until nothing comes. The answer is a view that the next call overwrites.
 */
function readUpTo(descriptor: number, size: number, limit: number): Buffer {
  let buffer = bufferFor(Math.min(size + 1, limit));
  let length = 0;
  while (length < limit) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * length, limit));
    const wanted = Math.min(buffer.length, limit) - length;
    const read = readSync(descriptor, buffer, length, wanted, null);
    length += read;
    if (read === 0 || (length === size && read < wanted)) break;
  }
  return buffer.subarray(0, length);
}

function bufferFor(bytes: number): Buffer {
  if (sharedBuffer.length >= bytes) return sharedBuffer;
  const buffer = Buffer.allocUnsafeSlow(Math.max(FIRST_BUFFER_BYTES, bytes));
  if (buffer.length <= KEPT_BUFFER_BYTES) sharedBuffer = buffer;
  return buffer;
}

function notRegular(uri: string, kind: string): Problem {
  return documentProblem('not-a-regular-file', { uri, message: `This is not a regular file (${kind}).` });
}

function tooLarge(uri: string, size: string, limit: number): Problem {
  const message = `The file is ${size}, the limit is ${bytesInWords(limit)}.`;
  return documentProblem('file-too-large', { uri, message });
}

function failed(uri: string, code: string): Problem {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return documentProblem('file-disappeared', { uri });
    case 'ELOOP':
      return notRegular(uri, 'link');
    case 'EISDIR':
      return notRegular(uri, 'folder');
    case 'EACCES':
    case 'EPERM':
      return documentProblem('file-unreadable', {
        uri,
        message: `The file cannot be read: permission denied (${code}).`,
      });
    default:
      return documentProblem('file-unreadable', { uri, message: `The file cannot be read (${code}).` });
  }
}
