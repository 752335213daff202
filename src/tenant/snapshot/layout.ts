import type { SnapshotHeader, StreamName } from './types.ts';

/** What a snapshot says that it is. */
export const FORMAT = 'agentid-lint-snapshot';
export const VERSION = 1;

/** The first file in the archive. */
export const HEADER_FILE = 'header.json';

/** A header has a few hundred bytes for each collection. */
export const LONGEST_HEADER = 4 * 1024 * 1024;

/** The file of a stream in the archive. */
export function streamFileName(stream: StreamName): string {
  return `${stream}.ndjson.gz`;
}

/** The header as it stands in the archive, for people too. */
export function headerText(header: SnapshotHeader): string {
  return `${JSON.stringify(header, null, 2)}\n`;
}
