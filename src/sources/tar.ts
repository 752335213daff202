/** Headers and contents fill whole blocks (POSIX.1-2017, pax, "ustar Interchange Format"). */
const BLOCK = 512;

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

export type TarEntry = {
  /** One character for each byte. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** The kind in words, with its article. */
  readonly kindInWords: string;
  readonly content: Uint8Array;
  /** Where the next entry begins. */
  readonly next: number;
};

export type TarStep =
  { readonly ok: true; readonly entry: TarEntry | null } | { readonly ok: false; readonly reason: string };

/**
 * The entry whose header begins at `at`, a multiple of `BLOCK`; `null` at the end of the archive, which must be whole.
 * Only what every tar program reads in the same way is accepted.
 */
export function readTarEntry(tar: Uint8Array, at: number): TarStep {
  const header = tar.subarray(at, at + BLOCK);
  if (header.length < BLOCK) return broken('it is cut off');
  if (isZero(header)) return endOfArchive(tar, at);
  if (checksumOf(header) !== octal(header, CHECKSUM)) return broken('the checksum of an entry is wrong');
  const magic = text(header, MAGIC);
  if (magic !== POSIX_MAGIC && magic !== GNU_MAGIC) return broken('an entry is not in the format "ustar"');
  const size = octal(header, SIZE);
  if (size === -1) return broken('the size of an entry cannot be read');
  const name = nameOf(header);
  if (name === null) return broken('the name of an entry cannot be read');
  const start = at + BLOCK;
  const end = start + size;
  const next = start + Math.ceil(size / BLOCK) * BLOCK;
  if (next > tar.length) return broken('an entry says that it is larger than the archive');
  if (!isZero(tar.subarray(end, next))) return broken('something is hidden after the end of an entry');
  return { ok: true, entry: { name, ...kindOf(header), content: tar.subarray(start, end), next } };
}

/** An archive of regular files with nothing of the machine or the moment in it. Names have at most 100 ASCII characters. */
export function writeTar(files: Iterable<readonly [name: string, content: Uint8Array]>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [name, content] of files) {
    const padding = new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK);
    blocks.push(headerOf(name, content.length), content, padding);
  }
  return Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]);
}

function headerOf(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  header.write(name, NAME.start, 'latin1');
  header.write('0000644\0' + '0000000\0' + '0000000\0', 100, 'latin1'); // mode, user, group
  header.write(`${size.toString(8).padStart(11, '0')}\0`, SIZE.start, 'latin1');
  header.write('00000000000\0', SIZE.end, 'latin1'); // time
  header.write('        0', CHECKSUM.start, 'latin1'); // the checksum counts as spaces; then the kind
  header.write(POSIX_MAGIC, MAGIC.start, 'latin1');
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0`, CHECKSUM.start, 'latin1');
  return header;
}

/** Two empty blocks end an archive; what follows only fills it up. */
function endOfArchive(tar: Uint8Array, at: number): TarStep {
  const rest = tar.subarray(at);
  if (rest.length < 2 * BLOCK || rest.length % BLOCK !== 0) return broken('it is cut off');
  return isZero(rest) ? { ok: true, entry: null } : broken('something follows after its end');
}

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

function kindOf(header: Uint8Array): Pick<TarEntry, 'kind' | 'kindInWords'> {
  const flag = text(header, { start: KIND, end: KIND + 1 });
  if (flag === '0' || flag === '\0') return { kind: 'file', kindInWords: 'a regular file' };
  if (flag === '5') return { kind: 'folder', kindInWords: 'a folder' };
  const kindInWords = Object.hasOwn(OTHER_KINDS, flag) ? OTHER_KINDS[flag] : undefined;
  return { kind: 'other', kindInWords: kindInWords ?? 'an entry of an unknown kind' };
}

function text(header: Uint8Array, { start, end }: Field): string {
  return Buffer.from(header.subarray(start, end)).toString('latin1');
}

function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}

function broken(reason: string): TarStep {
  return { ok: false, reason };
}
