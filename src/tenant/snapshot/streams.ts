import { join } from 'node:path';
import { canonicalText } from '../../model/canonical.ts';
import { compareCodePoints } from '../../util/code-points.ts';
import { openSorter, type Sorter } from '../spool/sort.ts';
import { streamFileName } from './layout.ts';
import { recordWriter } from './record.ts';
import type { Redactor } from './redaction.ts';
import { createStreamFile, type StreamFile } from './stream-file.ts';
import { STREAMS, type SnapshotRecord, type StreamInfo, type StreamName } from './types.ts';

export type StreamsOptions = {
  /** Where the files of the streams are made. */
  readonly folder: string;
  readonly redactor: Redactor | null;
  /** Whether ids change while they are written, and their order with them. */
  readonly sortIds: boolean;
  readonly signal: AbortSignal | undefined;
};

/** A stream whose file is whole, and the size of the file. */
type WrittenStream = { readonly info: StreamInfo; readonly packed: number };

export type Streams = {
  readonly append: (stream: StreamName, records: readonly SnapshotRecord[]) => Promise<void>;
  /** Every stream, in the order of STREAMS, the empty ones too. */
  readonly finish: () => Promise<readonly WrittenStream[]>;
  /** Closes whatever is open. */
  readonly drop: () => Promise<void>;
};

type Current = {
  readonly name: StreamName;
  readonly file: StreamFile;
  readonly sorter: Sorter | null;
  lastId: string | null;
};

/** Writes the streams of a snapshot to files, one after the other. */
export function openStreams({ folder, redactor, sortIds, signal }: StreamsOptions): Streams {
  const records = recordWriter(redactor);
  const written: WrittenStream[] = [];
  let current: Current | null = null;

  const begin = async (name: StreamName): Promise<Current> => ({
    name,
    file: await createStreamFile(join(folder, streamFileName(name))),
    sorter: sortIds ? openSorter({ folder: join(folder, 'sort') }) : null,
    lastId: null,
  });
  const end = async ({ name, file, sorter }: Current): Promise<void> => {
    if (sorter !== null) {
      for await (const entries of sorter.batches()) {
        signal?.throwIfAborted();
        for (const { text } of entries) await file.add(text);
      }
      await sorter.remove();
    }
    const { packed, ...content } = await file.end();
    written.push({ info: { name, ...content, replaced: records.replaced() }, packed });
  };
  /** Ends every stream before this one; `null` is after all. */
  const advance = async (to: StreamName | null): Promise<Current | null> => {
    while (current?.name !== to) {
      if (current !== null) await end(current);
      current = null;
      const name = STREAMS[written.length];
      if (name === undefined) break;
      current = await begin(name);
    }
    return current;
  };
  return {
    append: async (stream, list) => {
      const stands = current?.name === stream;
      if (!stands && STREAMS.indexOf(stream) < written.length)
        throw new RangeError(`${stream} comes too late: streams have an order`);
      const place = stands ? current : await advance(stream);
      if (place === null) return;
      for (const record of list) {
        const before = place.lastId;
        place.lastId = canonicalText(record.id);
        if (before !== null && compareCodePoints(before, place.lastId) >= 0)
          throw new RangeError(`records of ${stream} are not in the order of their ids, each once`);
        const { id, text } = records.line(stream, record);
        if (place.sorter === null) await place.file.add(text);
        else await place.sorter.add(id, text);
      }
    },
    finish: async () => {
      await advance(null);
      return written;
    },
    drop: async () => {
      if (current !== null) await current.file.drop();
      current = null;
    },
  };
}
