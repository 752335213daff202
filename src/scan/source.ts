import type { Snapshot } from '../tenant/snapshot/reader.ts';

/** A snapshot that is read. Its streams may be read again. */
export type SnapshotSource = Pick<Snapshot, 'header' | 'records'>;
