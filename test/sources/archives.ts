import { gzipSync } from 'node:zlib';

/** One entry of a hand-made archive; what is left out is what a good one has. */
export type Entry = {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** The type flag. */
  readonly flag?: string;
  /** The size field, 12 characters. */
  readonly size?: string;
  readonly link?: string;
  readonly prefix?: string;
  readonly magic?: string;
  /** Added to the checksum. */
  readonly checksumOff?: number;
  /** Byte that fills the last block. */
  readonly padding?: number;
};

const BLOCK = 512;

/** The header of an entry, made apart from the code under test. */
function headerOf(entry: Entry): Buffer {
  const { name, content = '', flag = '0', link = '', prefix = '', magic = 'ustar\0' + '00' } = entry;
  const size = entry.size ?? `${Buffer.from(content).length.toString(8).padStart(11, '0')}\0`;
  const header = Buffer.alloc(BLOCK);
  const fields: readonly (readonly [at: number, text: string])[] = [
    [0, name],
    [100, '0000600\0'],
    [108, '0000000\0'],
    [116, '0000000\0'],
    [124, size],
    [136, '15301022031\0'],
    [148, '        '],
    [156, flag],
    [157, link],
    [257, magic],
    [345, prefix],
  ];
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0) + (entry.checksumOff ?? 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** The entries one after the other, without the end of the archive. */
export function entriesOf(entries: readonly Entry[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const content = Buffer.from(entry.content ?? '');
      const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK, entry.padding ?? 0);
      return [headerOf(entry), content, padding];
    }),
  );
}

export const END = Buffer.alloc(2 * BLOCK);

/** A gzipped archive of these entries. */
export function archiveOf(entries: readonly Entry[]): Buffer {
  return gzipSync(Buffer.concat([entriesOf(entries), END]));
}
