/** What gzip can reach back, and the longest match it writes (RFC 1951). */
const WINDOW = 32_768;
const LONGEST = 258;
const SHORTEST = 4;
const TABLE_BITS = 16;

/** Bytes that a character, and a match with its length and distance, take at most in text like ours. */
const LITERAL_BYTES = 0.9;
const MATCH_BYTES = 3;

/**
 * How large each of the texts, one behind the other, is at most when gzip has compressed them. It does what a poor
 * compressor would: the result is the same on every machine, which that of zlib is not.
 */
export function compressedSizes(texts: readonly string[]): readonly number[] {
  const bytes = Buffer.from(texts.join(''));
  const table = new Int32Array(1 << TABLE_BITS).fill(-WINDOW - 1);
  let at = 0;
  let end = 0;
  return texts.map((text) => {
    end += Buffer.byteLength(text);
    let size = 0;
    while (at < end) {
      const length = matchAt(bytes, at, table);
      size += length === 0 ? LITERAL_BYTES : MATCH_BYTES;
      at += Math.max(1, length);
    }
    return size;
  });
}

/** How many bytes stood in the window before; 0 when it is not worth a match. Remembers the place. */
function matchAt(bytes: Buffer, at: number, table: Int32Array): number {
  if (at + SHORTEST > bytes.length) return 0;
  const slot = Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) >>> (32 - TABLE_BITS);
  const before = table[slot] ?? 0;
  table[slot] = at;
  if (at - before > WINDOW) return 0;
  const most = Math.min(LONGEST, bytes.length - at);
  let length = 0;
  while (length < most && bytes[before + length] === bytes[at + length]) length += 1;
  return length < SHORTEST ? 0 : length;
}
