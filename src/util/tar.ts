/** Headers and contents fill whole blocks (POSIX.1-2017, pax, "ustar Interchange Format"). */
export const TAR_BLOCK = 512;

const NAME = { start: 0, end: 100 };
const SIZE = { start: 124, end: 136 };
const CHECKSUM = { start: 148, end: 156 };
const KIND = 156;
const MAGIC = { start: 257, end: 265 };
const PREFIX = { start: 345, end: 500 };

const POSIX_MAGIC = 'ustar\0' + '00';
const GNU_MAGIC = 'ustar  \0';

const ENDED_BY_NULS = /^([^\0]*)\0*$/;

/** What entries that are neither files nor folders are called, by their type flag. */
const OTHER_KINDS: Readonly<Record<string, string>> = {
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a named pipe',
  '7': 'a contiguous file',
  g: 'a pax header',
  x: 'a pax header',
  K: 'a GNU long link name',
  L: 'a GNU long name',
  S: 'a sparse file',
};

export type TarHeader = {
  /** One character for each byte. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** The kind in words, with its article. */
  readonly kindInWords: string;
  /** Bytes of content behind the header. */
  readonly size: number;
};

export type TarHeaderReading =
  { readonly ok: true; readonly header: TarHeader } | { readonly ok: false; readonly reason: string };

/** What the first block of an entry says. Only what every tar program reads in the same way is accepted. */
export function readTarHeader(block: Uint8Array): TarHeaderReading {
  if (checksumOf(block) !== octal(block, CHECKSUM)) return broken('the checksum of an entry is wrong');
  const magic = text(block, MAGIC);
  if (magic !== POSIX_MAGIC && magic !== GNU_MAGIC) return broken('an entry is not in the format "ustar"');
  const size = octal(block, SIZE);
  if (size === -1) return broken('the size of an entry cannot be read');
  const name = nameOf(block);
  if (name === null) return broken('the name of an entry cannot be read');
  return { ok: true, header: { name, ...kindOf(block), size } };
}

/** The first block of a regular file, with nothing of the machine or the moment in it. The name has at most 100 ASCII characters. */
export function tarHeaderOf(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(TAR_BLOCK);
  header.write(name, NAME.start, 'latin1');
  header.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1'); // mode, user, group
  header.write(`${size.toString(8).padStart(11, '0')}\0`, SIZE.start, 'latin1');
  header.write('00000000000\0', SIZE.end, 'latin1'); // time
  header.write('        0', CHECKSUM.start, 'latin1'); // the checksum counts as spaces; then the kind
  header.write(POSIX_MAGIC, MAGIC.start, 'latin1');
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0`, CHECKSUM.start, 'latin1');
  return header;
}

/** Zeros that fill up the last block of a content. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK);
}

/** Two empty blocks end an archive. */
export const TAR_END_BYTES = 2 * TAR_BLOCK;

/** The sum of all bytes, with the checksum's own field taken as spaces. */
function checksumOf(header: Uint8Array): number {
  let sum = 0;
  header.forEach((byte, at) => {
    sum += at >= CHECKSUM.start && at < CHECKSUM.end ? 0x20 : byte;
  });
  return sum;
}

type Field = { readonly start: number; readonly end: number };

/** An octal number as every program writes it; -1 for any other form, such as GNU's binary numbers. */
function octal(header: Uint8Array, field: Field): number {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(text(header, field))?.[1];
  return digits === undefined ? -1 : Number.parseInt(digits, 8);
}

/** `null` when bytes stand after the end of the name, where some programs would see them and others not. */
function nameOf(header: Uint8Array): string | null {
  const name = ENDED_BY_NULS.exec(text(header, NAME))?.[1];
  const prefix = ENDED_BY_NULS.exec(text(header, PREFIX))?.[1];
  if (name === undefined || prefix === undefined) return null;
  return prefix === '' ? name : `${prefix}/${name}`;
}

function kindOf(header: Uint8Array): Pick<TarHeader, 'kind' | 'kindInWords'> {
  const flag = text(header, { start: KIND, end: KIND + 1 });
  if (flag === '0' || flag === '\0') return { kind: 'file', kindInWords: 'a regular file' };
  if (flag === '5') return { kind: 'folder', kindInWords: 'a folder' };
  const kindInWords = Object.hasOwn(OTHER_KINDS, flag) ? OTHER_KINDS[flag] : undefined;
  return { kind: 'other', kindInWords: kindInWords ?? 'an entry of an unknown kind' };
}

function text(header: Uint8Array, { start, end }: Field): string {
  return Buffer.from(header.subarray(start, end)).toString('latin1');
}

/** Whether every byte is 0. */
export function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}

function broken(reason: string): TarHeaderReading {
  return { ok: false, reason };
}
