import type { Collection } from '../../model/collection.ts';
import type { UnknownReason } from '../../model/resource.ts';
import type { FactGroup } from '../../model/vocabulary.ts';

/** The streams of a snapshot, one file of NDJSON each, in the order that they are in. */
export const STREAMS = [
  'organization',
  'blueprints',
  'blueprintPrincipals',
  'conditionalAccessPolicies',
  'riskyAgents',
  'lifecyclePolicies',
  'deletedItems',
  'agentUsers',
  'agentIdentities',
] as const;

export type StreamName = (typeof STREAMS)[number];

/**
 * One object, a line of a stream. Lines are in the order of `id`, code point by code point, each id once.
 * `properties` are Graph's own, of an allow-list, with the object's relationships under Graph's names and what was joined
 * to them (docs/snapshot-format.md).
 */
export type SnapshotRecord = {
  readonly id: string;
  readonly api: 'v1.0' | 'beta';
  readonly properties: { readonly [key: string]: unknown };
  /** Groups that are unknown for this object although its stream's others are known; absent when there are none. */
  readonly unknown?: { readonly [group in FactGroup]?: UnknownReason };
};

export type StreamInfo = {
  readonly name: StreamName;
  readonly records: number;
  /** Bytes of NDJSON, unpacked. */
  readonly bytes: number;
  /** SHA-256 over the unpacked bytes: `sha256:` and hex. */
  readonly digest: string;
  /** Texts that do not stand there as Graph gave them. */
  readonly replaced: {
    /** Texts with half a character (a lone surrogate), which U+FFFD stands for. */
    readonly malformed: number;
    /** Texts that look like a secret, which were taken out. */
    readonly secrets: number;
  };
};

/** The first thing in a snapshot. */
export type SnapshotHeader = {
  readonly format: 'agentid-lint-snapshot';
  readonly version: 1;
  readonly tool: { readonly name: 'agentid-lint'; readonly version: string };
  readonly tenant: { readonly id: string; readonly displayName: string | null; readonly cloud: string };
  /** RFC 3339, UTC, whole seconds; by Graph's clock. `startedAt` is the moment that expiry is judged against. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Whether every collection that was asked for is complete. */
  readonly complete: boolean;
  readonly collections: readonly Collection[];
  readonly streams: readonly StreamInfo[];
  readonly requests: {
    readonly roundTrips: number;
    readonly requests: number;
    readonly batches: number;
    readonly retries: number;
    readonly throttled: number;
    readonly waited: number;
  };
  /** What was hidden on request. */
  readonly redacted: readonly ('names' | 'ids')[];
  /** Where the next delta read begins; `null` when Graph gave no such link. */
  readonly deltaLinks: { readonly applications: string | null; readonly servicePrincipals: string | null };
  /** `full`, or the digest of the snapshot that this one was made from, and why it was read in full after all. */
  readonly basis: {
    readonly kind: 'full' | 'delta';
    readonly digest: string | null;
    readonly note: string | null;
  };
};
