import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode, fileKind } from '../documents/file-kind.ts';
import type { Problem } from '../documents/problem.ts';
import { reason } from '../util/reason.ts';
import { sourceProblem, type SourceProblemCode } from './problem.ts';

export type BundleBytes =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const MAX_BYTES = 16 * 1024 * 1024;

/** Does not wait for the other end of a FIFO. Windows has no such flag. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** The bytes of a bundle file. Never waits, never reads a device, and never more than a bundle may have. */
export function readBundleBytes({ path, uri }: { readonly path: string; readonly uri: string }): BundleBytes {
  const refuse = (code: SourceProblemCode, message?: string): BundleBytes => ({
    ok: false,
    problems: [sourceProblem(code, message === undefined ? {} : { message }, { uri, range: null })],
  });
  let descriptor = -1;
  try {
    descriptor = openSync(path, OPEN_FLAGS);
    const stats = fstatSync(descriptor);
    if (!stats.isFile())
      return refuse('source-not-found', `A bundle is a file, and this is none (${fileKind(stats)}).`);
    if (stats.size > MAX_BYTES) return refuse('bundle-too-large');
    const bytes = readUpTo(descriptor, stats.size + 1);
    return bytes.length > stats.size
      ? refuse('bundle-damaged', 'The file is being written.')
      : { ok: true, bytes };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return refuse('source-not-found');
    return refuse('source-unreadable', `The bundle cannot be read: ${reason(error)}.`);
  } finally {
    if (descriptor !== -1) closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, limit: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(limit);
  let length = 0;
  while (length < limit) {
    const read = readSync(descriptor, bytes, length, limit - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}
