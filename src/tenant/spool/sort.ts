import { appendFile, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compareCodePoints } from '../../util/code-points.ts';
import { chunksOf, FILE_MODE, FOLDER_MODE, removeFolder } from './files.ts';
import { linesOf } from './lines.ts';

/** A text that belongs to an id. It has no line feed. */
export type SortEntry = { readonly id: string; readonly text: string };

/** Sorts more texts than fit into memory. */
export type Sorter = {
  readonly add: (id: string, text: string) => Promise<void>;
  /**
   * Everything that was added, in the order of ids, code point by code point; texts of one id in the order that they came
   * in, and all in one batch. Ends the sorter.
   */
  readonly batches: () => AsyncGenerator<readonly SortEntry[]>;
  /** Removes what lies on the disk; also when `batches` was not read to its end. */
  readonly remove: () => Promise<void>;
};

export type SorterOptions = {
  /** A folder of the sorter's own, which need not exist. */
  readonly folder: string;
  /** UTF-16 units that are kept in memory before they go to the disk. */
  readonly memory?: number;
  /** UTF-16 units that are sorted at once. */
  readonly atOnce?: number;
};

const MEMORY = 8 * 1024 * 1024;
const AT_ONCE = 4 * 1024 * 1024;
const LONGEST_LINE = 64 * 1024 * 1024;

/** Characters that tell the buckets of a level apart: two make 256 buckets of GUIDs. */
const STEP = 2;

/** Entries whose ids agree up to some place, and in the `STEP` characters after it. */
type Bucket = { kept: SortEntry[]; size: number; file: string | null };

type Level = { readonly depth: number; readonly buckets: Map<string, Bucket> };

/** A sorter that puts entries into buckets by the first characters of their ids, and full buckets into smaller ones. */
export function openSorter({ folder, memory = MEMORY, atOnce = AT_ONCE }: SorterOptions): Sorter {
  const root: Level = { depth: 0, buckets: new Map() };
  let inMemory = 0;
  let files = 0;

  const put = async (level: Level, entry: SortEntry): Promise<void> => {
    const key = entry.id.slice(level.depth, level.depth + STEP);
    let bucket = level.buckets.get(key);
    if (bucket === undefined) level.buckets.set(key, (bucket = { kept: [], size: 0, file: null }));
    const size = entry.id.length + entry.text.length;
    bucket.kept.push(entry);
    bucket.size += size;
    inMemory += size;
    if (inMemory > memory) await flush(level);
  };

  const flush = async (level: Level): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    for (const bucket of level.buckets.values()) {
      if (bucket.kept.length === 0) continue;
      const lines = bucket.kept.map(({ id, text }) => `${JSON.stringify(id)}\t${text}\n`);
      bucket.file ??= join(folder, String((files += 1)));
      bucket.kept = [];
      await appendFile(bucket.file, lines.join(''), { mode: FILE_MODE });
    }
    inMemory = 0;
  };

  const drain = async function* (level: Level): AsyncGenerator<readonly SortEntry[]> {
    for (const key of [...level.buckets.keys()].sort(compareCodePoints)) {
      const bucket = level.buckets.get(key);
      if (bucket === undefined) continue;
      // Ids that end here are all the same one.
      if (bucket.size <= atOnce || key.length < STEP) yield sorted(await all(bucket));
      else {
        // What goes into the level below is counted anew, so nothing of this one may be left in memory.
        await flush(level);
        const below: Level = { depth: level.depth + STEP, buckets: new Map() };
        for await (const entries of entriesOf(bucket)) for (const entry of entries) await put(below, entry);
        yield* drain(below);
      }
      level.buckets.delete(key);
      if (bucket.file !== null) await rm(bucket.file, { force: true });
    }
  };

  return {
    add: (id, text) => put(root, { id, text }),
    batches: () => drain(root),
    remove: () => removeFolder(folder),
  };
}

async function all(bucket: Bucket): Promise<SortEntry[]> {
  const entries: SortEntry[] = [];
  for await (const batch of entriesOf(bucket)) for (const entry of batch) entries.push(entry);
  return entries;
}

/** The entries of a bucket in the order that they came in. */
async function* entriesOf({ file, kept }: Bucket): AsyncGenerator<readonly SortEntry[]> {
  if (file !== null) {
    const handle = await open(file, 'r');
    try {
      for await (const lines of linesOf(chunksOf(handle, 0, Infinity), LONGEST_LINE))
        yield lines.map(entryOf);
    } finally {
      await handle.close();
    }
  }
  yield kept;
}

function entryOf(line: string): SortEntry {
  const tab = line.indexOf('\t');
  return { id: String(JSON.parse(line.slice(0, tab))), text: line.slice(tab + 1) };
}

function sorted(entries: SortEntry[]): readonly SortEntry[] {
  return entries.sort((a, b) => compareCodePoints(a.id, b.id));
}
