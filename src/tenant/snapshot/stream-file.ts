import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip as gzipWithCallback } from 'node:zlib';
import { FILE_MODE } from '../spool/files.ts';

const gzip = promisify(gzipWithCallback);

/** Every so many UTF-16 units become a gzip member of their own; members stand one after the other (RFC 1952, 2.2). */
const MEMBER = 1024 * 1024;

/** Where a gzip header names the operating system, and the number for an unknown one (RFC 1952, 2.3). */
const SYSTEM = 9;
const UNKNOWN_SYSTEM = 0xff;

export type StreamFile = {
  /** Adds a line, which has no line feed of its own. */
  readonly add: (line: string) => Promise<void>;
  readonly end: () => Promise<StreamContent>;
  /** Closes the file as it is. */
  readonly drop: () => Promise<void>;
};

/** What a stream is, once it is written. */
type StreamContent = {
  readonly records: number;
  /** Bytes of NDJSON, unpacked. */
  readonly bytes: number;
  readonly digest: string;
  /** Size of the file. */
  readonly packed: number;
};

/** Writes lines to a file as gzip, while they come. The same lines give the same bytes, with the same version of zlib. */
export async function createStreamFile(path: string): Promise<StreamFile> {
  const handle = await open(path, 'wx', FILE_MODE);
  const hash = createHash('sha256');
  let lines: string[] = [];
  let units = 0;
  let records = 0;
  let bytes = 0;
  let packed = 0;
  /** While one member is compressed and written, the next one is filled. */
  let last: Promise<void> = Promise.resolve();

  const pack = async (content: Buffer): Promise<void> => {
    const member = await gzip(content);
    member[SYSTEM] = UNKNOWN_SYSTEM;
    packed += member.length;
    await handle.appendFile(member);
  };
  const flush = async (): Promise<void> => {
    const content = Buffer.from(lines.join(''));
    lines = [];
    units = 0;
    hash.update(content);
    bytes += content.length;
    await last;
    last = pack(content);
    // Whoever awaits it next hears of a failure.
    last.catch(() => undefined);
  };
  return {
    add: async (line) => {
      lines.push(line, '\n');
      units += line.length + 1;
      records += 1;
      if (units >= MEMBER) await flush();
    },
    end: async () => {
      if (units > 0 || records === 0) await flush();
      await last;
      await handle.close();
      return { records, bytes, digest: `sha256:${hash.digest('hex')}`, packed };
    },
    drop: async () => {
      await last.catch(() => undefined);
      await handle.close();
    },
  };
}
