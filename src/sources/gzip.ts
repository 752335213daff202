import { crc32, inflateRawSync } from 'node:zlib';

/** Magic number, method "deflate", no flags, no time, no hint about compression, operating system unknown (RFC 1952). */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
const TRAILER_BYTES = 8;
const FILE_NAME_FLAG = 8;
/** The most that one stored block holds (RFC 1951, section 3.2.4). */
const STORED_BYTES = 0xffff;

export type Unpacked =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly fault: 'not-gzip' }
  | { readonly ok: false; readonly fault: 'too-large' }
  | { readonly ok: false; readonly fault: 'damaged'; readonly reason: string };

/**
 * The content of a gzip file of exactly one member. Never holds more than `limit` bytes of it. A second member,
 * bytes after the end, and header fields that no gzip program needs are refused: readers disagree about them.
 */
export function gunzip(packed: Uint8Array, limit: number): Unpacked {
  if (HEADER.subarray(0, 3).some((byte, at) => packed[at] !== byte)) return { ok: false, fault: 'not-gzip' };
  const start = contentStart(packed);
  if (start === -1) return damaged('its gzip header is not one that gzip or tar write');
  const inflated = inflate(packed.subarray(start), limit);
  if (!inflated.ok) return inflated;
  const { bytes, used } = inflated;
  const trailer = packed.subarray(start + used);
  if (trailer.length < TRAILER_BYTES) return damaged('it is cut off');
  if (trailer.length > TRAILER_BYTES) return damaged('something follows after its end');
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
  if (view.getUint32(0, true) !== crc32(bytes)) return damaged('its checksum is wrong');
  if (view.getUint32(4, true) !== bytes.length) return damaged('it says a wrong size');
  return { ok: true, bytes };
}

/**
 * A gzip file that stores the content as it is. What compresses differs from one zlib to the next; this is the same
 * file everywhere.
 */
export function gzipStored(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.max(1, Math.ceil(content.length / STORED_BYTES));
  const packed = new Uint8Array(HEADER.length + blocks * 5 + content.length + TRAILER_BYTES);
  const view = new DataView(packed.buffer);
  packed.set(HEADER);
  let at = HEADER.length;
  for (let block = 0; block < blocks; block += 1) {
    const part = content.subarray(block * STORED_BYTES, (block + 1) * STORED_BYTES);
    packed[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    packed.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, crc32(content), true);
  view.setUint32(at + 4, content.length, true);
  return packed;
}

/** Where the compressed data begins, after the file name that `gzip` writes; -1 for a header with anything else in it. */
function contentStart(packed: Uint8Array): number {
  const flags = packed[3];
  if (flags === 0) return HEADER.length;
  if (flags !== FILE_NAME_FLAG) return -1;
  const end = packed.indexOf(0, HEADER.length);
  return end === -1 ? -1 : end + 1;
}

type Inflated = { readonly ok: true; readonly bytes: Uint8Array; readonly used: number };

function inflate(compressed: Uint8Array, limit: number): Inflated | Extract<Unpacked, { ok: false }> {
  try {
    // With `info`, the engine is told too; the types do not know it (https://nodejs.org/api/zlib.html#class-options).
    const { buffer, engine } = inflateRawSync(compressed, {
      maxOutputLength: limit,
      info: true,
    }) as unknown as { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } };
    return { ok: true, bytes: buffer, used: engine.bytesWritten };
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code === 'ERR_BUFFER_TOO_LARGE') return { ok: false, fault: 'too-large' };
    return damaged(cause.code === 'Z_BUF_ERROR' ? 'it is cut off' : 'its compressed data is broken');
  }
}

function damaged(reason: string): Extract<Unpacked, { fault: 'damaged' }> {
  return { ok: false, fault: 'damaged', reason };
}
