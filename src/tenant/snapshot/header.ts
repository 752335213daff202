import { FORMAT, VERSION } from './layout.ts';
import type { Redactor } from './redaction.ts';
import type { SnapshotHeader, StreamInfo } from './types.ts';
import type { HeaderParts, RedactionRequest } from './writing.ts';

type Contents = {
  readonly streams: readonly StreamInfo[];
  readonly redact: RedactionRequest | null;
  readonly redactor: Redactor | null;
};

/** The header of a snapshot, in the order that it is written in, with the same hidden as in the records. */
export function headerOf(parts: HeaderParts, { streams, redact, redactor }: Contents): SnapshotHeader {
  const { tool, tenant, startedAt, finishedAt, complete, collections, requests, basis } = parts;
  const { id, displayName, cloud } = tenant;
  const shown = (text: string, kind: 'id' | 'name'): string => redactor?.text(text, kind, {}) ?? text;
  return {
    format: FORMAT,
    version: VERSION,
    tool,
    tenant: {
      id: shown(id, 'id'),
      displayName: displayName === null ? null : shown(displayName, 'name'),
      cloud,
    },
    startedAt,
    finishedAt,
    complete,
    redacted: (['names', 'ids'] as const).filter((choice) => redact?.what.includes(choice)),
    collections,
    streams,
    requests,
    // What changed since would come with the names and ids that are hidden here.
    deltaLinks: redact === null ? parts.deltaLinks : { applications: null, servicePrincipals: null },
    basis,
  };
}
