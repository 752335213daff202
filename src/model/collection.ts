import type { FactGroup, ResourceKind } from './vocabulary.ts';

/**
 * How reading a fact group ended. `complete`: to its end. `partial`: some of it is missing. `forbidden`: a permission is
 * missing. `unlicensed`: the tenant does not have the feature. `failed`: an error that did not go away. `notAsked`: no
 * rule that is on needs it, or the user chose to do without.
 */
export type CollectionStatus = 'complete' | 'partial' | 'forbidden' | 'unlicensed' | 'failed' | 'notAsked';

/** What Graph answered when reading went wrong. No token and no tenant data is in it. */
export type CollectionEvidence = {
  /** HTTP status; `null` when there was no answer. */
  readonly status: number | null;
  /** Graph's error code, or the cause of a failed connection, such as `ECONNRESET`. Untrusted text. */
  readonly code: string | null;
  /** Path and query of the request, without ids of objects: `/servicePrincipals/{id}/owners`. */
  readonly request: string;
  /** Graph's `request-id`, for support. Untrusted text. */
  readonly requestId: string | null;
};

/** One entry of the receipt of a collection: a fact group of one kind of resource. */
export type Collection = {
  readonly group: FactGroup;
  /** The kind of resource that the facts are about. */
  readonly of: ResourceKind;
  readonly status: CollectionStatus;
  readonly api: 'v1.0' | 'beta';
  /** Objects read. */
  readonly objects: number;
  /** Objects of this kind for which the group is unknown although the others were read; 0 unless `partial`. */
  readonly unread: number;
  /** Requests sent; a part of a batch counts as one. */
  readonly requests: number;
  /** Objects that came more than once, of which one was kept. */
  readonly duplicates: number;
  /** Least privileged application permissions, all of which are needed. */
  readonly permissions: readonly string[];
  /** A sentence for people, when the status is not `complete`. */
  readonly reason: string | null;
  /** For `notAsked`: whether the user chose it (`--no-beta`) or no rule needed it. */
  readonly by: 'user' | 'plan' | null;
  readonly evidence: CollectionEvidence | null;
};
