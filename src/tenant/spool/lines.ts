import { isAscii, isUtf8 } from 'node:buffer';

const LINE_FEED = 0x0a;

/** A line that is no text. Its number is 1-based. */
export class LineFault extends Error {
  override readonly name = 'LineFault';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

/**
 * The lines of UTF-8 text, without their line feeds, in batches of what came together. Every line ends in a line feed, and
 * none has more than `longest` bytes.
 * @throws {LineFault}
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  longest: number,
): AsyncGenerator<readonly string[]> {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let count = 0;
  for await (const chunk of chunks) {
    const first = chunk.indexOf(LINE_FEED);
    const head = first === -1 ? chunk : chunk.subarray(0, first);
    begunBytes += head.length;
    if (begunBytes > longest) throw new LineFault(count + 1, 'it is too long');
    if (begunBytes > 0) begun.push(head);
    if (first === -1) continue;
    const last = chunk.lastIndexOf(LINE_FEED);
    const lines = [textOf(Buffer.concat(begun), count + 1)];
    addLines(lines, chunk.subarray(first + 1, last + 1), count);
    count += lines.length;
    // A copy: the chunk may be large, and this is the small part of it that is still needed.
    begun = last + 1 < chunk.length ? [Buffer.from(chunk.subarray(last + 1))] : [];
    begunBytes = chunk.length - last - 1;
    yield lines;
  }
  if (begunBytes > 0) throw new LineFault(count + 1, 'it is cut off');
}

/** Adds the lines of whole lines. Each becomes a text of its own: parts of a large text would keep all of it in memory. */
function addLines(lines: string[], bytes: Buffer, before: number): void {
  const encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  const isChecked = encoding === 'latin1' || isUtf8(bytes);
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, at);
    if (!isChecked) textOf(bytes.subarray(at, end), before + lines.length + 1);
    lines.push(bytes.toString(encoding, at, end));
    at = end + 1;
  }
}

function textOf(bytes: Buffer, line: number): string {
  if (!isUtf8(bytes)) throw new LineFault(line, 'it is not UTF-8');
  return bytes.toString('utf8');
}
