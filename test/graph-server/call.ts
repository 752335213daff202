import type { Clock } from './clock.ts';
import type { Entity, GraphTenant } from './entities.ts';
import type { Query } from './odata/query.ts';
import type { Needed } from './permissions.ts';
import type { Version } from './schema.ts';
import type { Lane } from './throttle.ts';

/** A request, as far as it was understood. */
export type Call = {
  readonly version: Version;
  /** Path after the version, decoded, without the query. */
  readonly path: string;
  readonly parameters: { readonly [name: string]: string };
  readonly query: Query;
  /** Header names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly roles: ReadonlySet<string>;
  readonly tenant: GraphTenant;
  readonly clock: Clock;
  /** Address that the caller used: `http://127.0.0.1:4711`. */
  readonly origin: string;
};

/** `body` is sent as JSON, as plain text when it is a text. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Entity | string | number | null;
};

/** A documented request. */
export type Route = {
  /** Path with `{names}` in place of values, as the documentation writes it. */
  readonly template: string;
  readonly versions: readonly Version[];
  readonly lane: Lane;
  /** Resource units before `$select`, `$expand` and `$top` change them. */
  readonly cost: number;
  readonly permissions: Needed;
  /** Query options that are documented, in lower case. */
  readonly options: readonly string[];
  readonly answer: (call: Call) => Reply;
};

export function ok(body: Reply['body'], headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers, body };
}

/** Whether the request has what advanced queries need: https://learn.microsoft.com/graph/aad-advanced-queries */
export function isEventual(call: Call): boolean {
  return (call.headers['consistencylevel'] ?? '').toLowerCase() === 'eventual';
}
