import type { ApiVersion, Lane } from '../graph/types.ts';
import type { Pair } from './pairs.ts';

/** A permission that a request needs, and the broader ones that do as well. */
export type Need = {
  /** The least privileged application permission; the delegated one has the same name. */
  readonly least: string;
  /** Others that Graph's documentation accepts instead. */
  readonly instead: readonly string[];
  /** What the documentation leaves open about it. */
  readonly unconfirmed?: string;
};

/** For what a request is sent: once, or once for each of them. */
export type Per =
  | 'tenant'
  | 'blueprint'
  | 'blueprintPrincipal'
  | 'agentIdentity'
  | 'agentUser'
  | 'person'
  | 'group'
  | 'application'
  | 'sampledAgent';

/** One thing that is read. */
export type Endpoint = {
  readonly name: string;
  /** The receipt's lines that depend on it. */
  readonly feeds: readonly Pair[];
  readonly api: ApiVersion;
  /** Path and query after the version, with `{id}` for an id. */
  readonly path: string;
  readonly lane: Lane;
  readonly per: Per;
  /** Objects on a page; `null` when Graph does not say or there is no paging. */
  readonly pageSize: number | null;
  /** Whether many are sent together in a `$batch`. */
  readonly batched: boolean;
  /** All of them are needed. */
  readonly needs: readonly Need[];
  readonly headers?: { readonly [name: string]: string };
  /**
   * How objects that paging left out are noticed. `inline`: `@odata.count` on the first page. `segment`: a `$count` of its
   * own, because Graph does not count what it expands. `twice`: Graph does not count it, so that it is read until a pass
   * brings nothing new. `no`: it is noticed against another list.
   */
  readonly counted: 'inline' | 'segment' | 'twice' | 'no';
  /** Graph's reference page. */
  readonly source: string;
};

/** An endpoint as it stands in the tables; what is left out has its usual value. */
export type EndpointRow = Pick<Endpoint, 'feeds' | 'path' | 'needs' | 'source'> &
  Partial<Pick<Endpoint, 'api' | 'lane' | 'per' | 'pageSize' | 'headers' | 'counted'>>;

/** The same group of several kinds. */
export function feeds(group: Pair['group'], ...kinds: readonly Pair['of'][]): readonly Pair[] {
  return kinds.map((of) => ({ group, of }));
}
