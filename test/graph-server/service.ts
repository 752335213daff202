import type { Call, Reply, Route } from './call.ts';
import type { Clock } from './clock.ts';
import type { GraphTenant } from './entities.ts';
import { denied, errorBody, GraphFailure } from './errors.ts';
import { parseQuery } from './odata/query.ts';
import { allows } from './permissions.ts';
import { matchRoute } from './routes/match.ts';
import type { Version } from './schema.ts';
import type { Throttle } from './throttle.ts';
import type { Claims } from './tokens.ts';

/** One request for data: sent alone or as a part of a batch. */
export type DataRequest = {
  readonly method: string;
  readonly version: Version;
  /** Path and query after the version. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly origin: string;
  readonly claims: Claims;
};

export type Service = {
  readonly tenant: GraphTenant;
  readonly clock: Clock;
  readonly throttle: Throttle;
  /** Permissions taken away from every token, on the paths that a test names. */
  readonly withheld: ReadonlySet<string>;
  readonly nextRequestId: () => string;
};

export type Answered = {
  readonly reply: Reply;
  /** The documented path, `null` when there is none. */
  readonly label: string | null;
  readonly requestId: string;
  readonly cost: number;
};

/** Resource units: https://learn.microsoft.com/graph/throttling-limits, "Identity and access service limits". */
function costOf(route: Route, query: Call['query']): number {
  const cost =
    route.cost -
    (query.select === null ? 0 : 1) +
    (query.expand === null ? 0 : 1) -
    (query.top !== null && query.top < 20 ? 1 : 0);
  return Math.max(1, cost);
}

function refusal(retryAfter: number | null, headers: Readonly<Record<string, string>>): GraphFailure {
  return new GraphFailure(429, 'TooManyRequests', 'Too many requests', {
    ...headers,
    ...(retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }),
  });
}

function splitUrl(url: string): { readonly path: string; readonly search: string } {
  const at = url.indexOf('?');
  const [path, search] = at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  return { path: decodeURIComponent(path).replace(/(?<=.)\/$/, ''), search };
}

/** The documented path of a request, `null` when there is none. */
export function labelOf(url: string, version: Version): string | null {
  try {
    return matchRoute(splitUrl(url).path, version).route.template;
  } catch {
    return null;
  }
}

function answer(service: Service, request: DataRequest, onCost: (cost: number) => void): Reply {
  const { path, search } = splitUrl(request.url);
  const { route, parameters } = matchRoute(path, request.version);
  if (request.method !== 'GET') {
    throw new GraphFailure(
      405,
      'Request_BadRequest',
      'Specified HTTP method is not allowed for the request target.',
    );
  }
  const roles = new Set(request.claims.roles.filter((role) => !service.withheld.has(role)));
  if (!allows(route.permissions, roles)) throw denied();
  const query = parseQuery(search, route.options);
  const cost = costOf(route, query);
  onCost(cost);
  const keys = query.select?.includes('keyCredentials') === true;
  const refused =
    service.throttle.take(route.lane, route.lane === 'directory' ? cost : 1) ??
    (keys ? service.throttle.take('keys', 1) : null);
  if (refused !== null) throw refusal(refused.retryAfter, refused.headers);
  const { version, headers, origin } = request;
  const reply = route.answer({
    version,
    path,
    parameters,
    query,
    headers,
    roles,
    tenant: service.tenant,
    clock: service.clock,
    origin,
  });
  return route.lane === 'directory'
    ? { ...reply, headers: { 'x-ms-resource-unit': String(cost), ...reply.headers } }
    : reply;
}

/** Puts a failure in Graph's words. */
export function failureReply(failure: GraphFailure, requestId: string, now: number): Reply {
  return {
    status: failure.status,
    headers: failure.headers,
    body: errorBody(failure.code, failure.message, requestId, now),
  };
}

/** Answers a request for data. Everything that Graph would refuse is an answer; only our own mistakes throw. */
export function serve(service: Service, request: DataRequest): Answered {
  const requestId = service.nextRequestId();
  const label = labelOf(request.url, request.version);
  let cost = 0;
  try {
    const reply = answer(service, request, (found) => {
      cost = found;
    });
    return { reply, label, requestId, cost };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return { reply: failureReply(error, requestId, service.clock.now()), label, requestId, cost };
  }
}
