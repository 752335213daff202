/** A part of Graph that is throttled on its own. https://learn.microsoft.com/graph/throttling-limits */
export type Lane = 'directory' | 'protection' | 'reports';

export type ApiVersion = 'v1.0' | 'beta';

/** One GET. */
export type GraphRequest = {
  readonly api: ApiVersion;
  /** Path and query after the version, with a slash in front, encoded: `/servicePrincipals/microsoft.graph.agentIdentity?$top=100`. */
  readonly path: string;
  /** The same with `{id}` in place of ids, for messages and receipts. */
  readonly label: string;
  readonly lane: Lane;
  readonly headers?: { readonly [name: string]: string };
};

/** A page of a collection, checked: `items` are objects. */
export type GraphPage = {
  readonly items: readonly { readonly [key: string]: unknown }[];
  /** `@odata.nextLink`, checked to lead on; `null` at the end. */
  readonly nextLink: string | null;
  /** `@odata.deltaLink` at the end of a delta query. */
  readonly deltaLink: string | null;
  /** `@odata.count` when it was asked for. */
  readonly count: number | null;
};

export type GraphFaultKind =
  /** 403: a permission is missing. */
  | 'forbidden'
  /** The tenant does not have the feature: a licence is missing, or 400/404 on a beta path that is not there. */
  | 'unlicensed'
  /** 404: the object is gone. */
  | 'not-found'
  /** 400 and other answers that say the request is wrong. */
  | 'refused'
  /** 410, or 400 with a code that says so: a skip or delta token is too old; begin again. */
  | 'token-expired'
  /** Throttled longer than the budget allows. */
  | 'throttled'
  /** An answer that is not what Graph sends: no list, no JSON, a next link that loops or leads elsewhere. */
  | 'malformed'
  /** No whole answer: reset, timeout, TLS, DNS, 5xx that did not go away. */
  | 'unreachable'
  /** The token was refused and a fresh one too. */
  | 'unauthorized'
  /** The run was stopped. */
  | 'aborted';

/** Evidence of a fault. Texts from Graph are untrusted; no token is ever in them. */
export type GraphFault = {
  readonly kind: GraphFaultKind;
  /** A sentence for people, without a full stop. */
  readonly message: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly request: string;
  readonly requestId: string | null;
};

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: GraphFault };

/** A request of a batch and what it is for. */
export type BatchPart<K> = { readonly key: K; readonly request: GraphRequest };

export type BatchAnswer<K> = { readonly key: K; readonly answer: Answer<unknown> };

/** What reading has cost so far; every number only grows. */
export type GraphStats = {
  /** HTTP round trips, retries included. */
  readonly roundTrips: number;
  /** Requests for data: GETs sent alone, and parts of batches. */
  readonly requests: number;
  readonly batches: number;
  readonly retries: number;
  /** Times that Graph said 429, in an answer of its own or in a part. */
  readonly throttled: number;
  /** Milliseconds spent waiting because of it, over all lanes. */
  readonly waited: number;
  readonly bytes: number;
  /**
   * Largest difference between Graph's `Date` and our clock, seconds, positive where Graph's is ahead; `null` before the
   * first answer.
   */
  readonly clockSkew: number | null;
};

/**
 * Reads Graph: GETs only, and batches of them. Retries, throttling, token renewal and every check on answers happen
 * inside; what comes out is an answer or a fault, never an exception for anything that Graph or the network does.
 */
export type GraphReader = {
  /** One object. */
  readonly get: (request: GraphRequest) => Promise<Answer<{ readonly [key: string]: unknown }>>;
  /** One page: the first one of a request, or the one that a `nextLink` of it leads to. */
  readonly page: (request: GraphRequest, nextLink?: string) => Promise<Answer<GraphPage>>;
  /**
   * Many small requests, in batches of 20, several at once. Answers come in any order, one for each part. A part that is
   * throttled or fails for a while is sent again.
   */
  readonly batch: <K>(
    parts: Iterable<BatchPart<K>> | AsyncIterable<BatchPart<K>>,
  ) => AsyncIterable<BatchAnswer<K>>;
  readonly stats: () => GraphStats;
};
