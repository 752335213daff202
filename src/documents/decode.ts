import { isUtf8 } from 'node:buffer';
import type { Problem } from './problem.ts';
import { documentProblem } from './problem-codes.ts';
import { rangeAt } from './text-lines.ts';

export type Decoded =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem };

const BYTE_ORDER_MARKS = [
  { encoding: 'UTF-32', bytes: [0xff, 0xfe, 0x00, 0x00] },
  { encoding: 'UTF-32', bytes: [0x00, 0x00, 0xfe, 0xff] },
  { encoding: 'UTF-16', bytes: [0xff, 0xfe] },
  { encoding: 'UTF-16', bytes: [0xfe, 0xff] },
] as const;
const SAMPLE_BYTES = 64;

/** The text of UTF-8 bytes, without the one byte order mark that may lead them. Anything else is a problem, never U+FFFD. */
export function decode(uri: string, bytes: Buffer): Decoded {
  const foreign = foreignEncoding(bytes);
  if (foreign !== null) {
    return refuse(
      documentProblem('wrong-encoding', { uri, message: `The file is ${foreign}; save it as UTF-8.` }),
    );
  }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (isUtf8(bytes)) return { ok: true, text: bytes.toString('utf8', start) };
  const offset = invalidByte(bytes);
  const before = bytes.toString('utf8', start, offset);
  const value = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const range = rangeAt(before, before.length, before.length);
  return refuse(
    documentProblem('invalid-utf8', {
      uri,
      range,
      message: `Byte ${offset} (0x${value}) is not valid UTF-8.`,
    }),
  );
}

function refuse(problem: Problem): Decoded {
  return { ok: false, problem };
}

function foreignEncoding(bytes: Buffer): string | null {
  const [first = 0x20, second = 0x20] = bytes;
  if (first !== 0 && first < 0xfe && second !== 0) return null;
  for (const { encoding, bytes: mark } of BYTE_ORDER_MARKS) {
    if (mark.every((byte, at) => bytes[at] === byte)) return encoding;
  }
  return bytes.length < 2 ? null : encodingByZeros(bytes.subarray(0, SAMPLE_BYTES));
}

/** ASCII characters have one zero byte of two in UTF-16 and three of four in UTF-32. */
function encodingByZeros(sample: Buffer): string | null {
  let zeros = 0;
  for (const byte of sample) if (byte === 0) zeros += 1;
  const share = zeros / sample.length;
  if (share >= 0.7) return 'UTF-32';
  return share >= 0.4 ? 'UTF-16' : null;
}

/** The first byte that breaks the table of well-formed byte sequences (Unicode standard, table 3-7). */
function invalidByte(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  if (first >= 0xc2 && first <= 0xdf) return isTail(second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const isBad = (first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) || !isTail(second);
    return !isBad && isTail(bytes[at + 2] ?? 0) ? 3 : 0;
  }
  if (first < 0xf0 || first > 0xf4) return 0;
  const isBad = (first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f) || !isTail(second);
  return !isBad && isTail(bytes[at + 2] ?? 0) && isTail(bytes[at + 3] ?? 0) ? 4 : 0;
}

function isTail(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}
