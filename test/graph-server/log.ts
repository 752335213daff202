import type { Version } from './schema.ts';

/** A request that the stand-in got, or a part of a batch. No token is kept. */
type LoggedRequest = {
  readonly method: string;
  readonly version: Version | null;
  /** Path and query after the version. */
  readonly url: string;
  /** The documented path: `/servicePrincipals/{id}/owners`, `/$batch`, `/token`; `null` when there is none. */
  readonly label: string | null;
  /** Names in lower case, without `authorization`. */
  readonly headers: { readonly [name: string]: string };
  readonly hasToken: boolean;
  /** 0 when the connection was broken before an answer. */
  readonly status: number;
  /** Number of the round trip, from 1; parts have that of their batch. */
  readonly roundTrip: number;
  readonly part: boolean;
  /** Resource units. */
  readonly cost: number;
};

export type RequestLog = {
  readonly entries: readonly LoggedRequest[];
  /** Requests over the wire. */
  readonly roundTrips: () => number;
  /** Requests for data: those sent alone and the parts of batches. */
  readonly data: () => readonly LoggedRequest[];
  readonly clear: () => void;
};

export type WritableLog = RequestLog & { readonly add: (entry: LoggedRequest) => void };

export function createLog(): WritableLog {
  const entries: LoggedRequest[] = [];
  return {
    entries,
    add: (entry) => {
      entries.push(entry);
    },
    roundTrips: () => entries.filter(({ part }) => !part).length,
    data: () => entries.filter(({ label, version }) => label !== '/$batch' && version !== null),
    clear: () => {
      entries.length = 0;
    },
  };
}
