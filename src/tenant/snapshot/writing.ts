import type { SnapshotHeader, SnapshotRecord, StreamName } from './types.ts';

/** What the writer cannot know by itself; the rest of the header is its own. */
export type HeaderParts = Omit<SnapshotHeader, 'format' | 'version' | 'streams' | 'redacted'>;

export type RedactionChoice = 'names' | 'ids';

/** What is hidden in a snapshot while it is written. */
export type RedactionRequest = {
  readonly what: readonly RedactionChoice[];
  /** Random bytes, at least 32, that are kept nowhere: who has them can undo the redaction by guessing. */
  readonly key: Uint8Array;
  /** Ids that are the same in every tenant, such as those of Microsoft's applications, in lower case. They stay. */
  readonly publicIds: ReadonlySet<string>;
};

export type WriteOptions = {
  readonly redact: RedactionRequest | null;
  /** Stops the writing: whatever runs rejects, and nothing is left behind. */
  readonly signal?: AbortSignal;
};

export type WrittenSnapshot = {
  readonly header: SnapshotHeader;
  /** SHA-256 of the file `header.json`, which has the digests of all streams: it identifies the snapshot. */
  readonly digest: string;
  /** Size of the file. */
  readonly bytes: number;
};

/**
 * Writes a snapshot in flat memory. Until `finish` has ended, whatever is at the target stays as it is; after a failure
 * nothing of ours is left on the disk. A method that failed, or `abort`, ends the writer.
 */
export type SnapshotWriter = {
  /**
   * Appends records to a stream, in the order of ids (code point by code point), each id once over all calls. Streams
   * come in the order of STREAMS; one that never comes is empty. Properties that are not on the allow-list are dropped.
   */
  readonly append: (stream: StreamName, records: readonly SnapshotRecord[]) => Promise<void>;
  /** Completes the file and puts it in place in one step. */
  readonly finish: (parts: HeaderParts) => Promise<WrittenSnapshot>;
  /** Removes what was written. Does nothing after `finish` or a failure. */
  readonly abort: () => Promise<void>;
};

/** `openSnapshotWriter(path, options)` in ./writer.ts. */
export type OpenSnapshotWriter = (path: string, options: WriteOptions) => Promise<SnapshotWriter>;

/** `writeSnapshot(path, content, options)` in ./writer.ts: a whole snapshot at once. */
export type SnapshotContent = {
  readonly parts: HeaderParts;
  readonly streams: {
    readonly [stream in StreamName]?: Iterable<SnapshotRecord> | AsyncIterable<SnapshotRecord>;
  };
};
