import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { virtualClock, type Clock } from './clock.ts';
import { damage } from './damage.ts';
import { createDispatch, type Handled } from './dispatch.ts';
import type { GraphTenant } from './entities.ts';
import { badRequest } from './errors.ts';
import { send } from './exchange.ts';
import { createFaultScript, type FaultRule } from './faults.ts';
import { createLog, type RequestLog } from './log.ts';
import { answerLogin } from './login.ts';
import type { MemoryTenant } from './memory-tenant.ts';
import { ALL_READ_ROLES } from './roles.ts';
import type { Version } from './schema.ts';
import { failureReply, type Service } from './service.ts';
import { createThrottle } from './throttle.ts';
import { makeToken } from './tokens.ts';

export type GraphServerOptions = {
  readonly tenant: GraphTenant | MemoryTenant;
  /** Permissions of the tokens that are made, all that only read unless given. */
  readonly roles?: readonly string[];
  /** Permissions that no token gives, whatever it says. */
  readonly withheld?: readonly string[];
  readonly faults?: readonly FaultRule[];
  /** Whether requests are counted against the limits of the service; off unless given. */
  readonly throttling?: boolean;
  /** A clock that stands still at 2026-11-23T00:00:00Z unless given. */
  readonly clock?: Clock;
  /** 0, any free one, unless given. */
  readonly port?: number;
  /** Secrets that the sign-in takes; any unless given. */
  readonly secrets?: readonly string[];
  /** Makes it an https server. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

export type GraphServer = {
  /** `http://127.0.0.1:<port>`, for Graph and for sign-in. */
  readonly url: string;
  readonly tenantId: string;
  /** An access token: with the server's permissions, or those given; it lives for an hour unless said. */
  readonly token: (roles?: readonly string[], claims?: { readonly [claim: string]: unknown }) => string;
  readonly log: RequestLog;
  readonly clock: Clock;
  readonly addFault: (rule: FaultRule) => void;
  /** Number of faults that were played. */
  readonly faultsUsed: () => number;
  /** Resource units that the directory was asked for. */
  readonly units: () => number;
  readonly close: () => Promise<void>;
};

/** Where tokens are made; clients add a query. */
const TOKEN = /\/token(?:\?|$)/;
const VERSION = /^\/(v1\.0|beta)(?=\/)/;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function headersOf(request: IncomingMessage): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** Starts the stand-in for Microsoft Graph on the loopback interface. */
export async function startGraphServer(options: GraphServerOptions): Promise<GraphServer> {
  const { tenant, tls } = options;
  const clock = options.clock ?? virtualClock();
  const roles = options.roles ?? ALL_READ_ROLES;
  const script = createFaultScript(options.faults ?? []);
  const log = createLog();
  const throttle = createThrottle(clock, tenant.userCount(), options.throttling ?? false);
  const scheme = tls === undefined ? 'http' : 'https';
  let requests = 0;
  let roundTrips = 0;
  const service: Service = {
    tenant,
    clock,
    throttle,
    withheld: new Set(options.withheld ?? []),
    nextRequestId: () => {
      requests += 1;
      return `00000000-0000-4000-8000-${String(requests).padStart(12, '0')}`;
    },
  };
  const dispatch = createDispatch({ service, script, log });

  function signIn(method: string, url: string, body: string, origin: string): Handled {
    const label = TOKEN.test(url) ? '/token' : null;
    const fault = label === null ? null : script.take({ label, url, version: 'v1.0', part: false });
    const requestId = service.nextRequestId();
    const login = { tenant: tenant.id, clock, roles, secrets: options.secrets ?? null };
    const answered = answerLogin(login, { method, url, body, origin });
    const reply =
      answered ?? failureReply(badRequest('Invalid version.', 'BadRequest'), requestId, clock.now());
    const context = { origin, address: url, first: null, requestId, now: clock.now() };
    return { reply: fault === null ? reply : damage(reply, fault, context), fault, requestId };
  }

  async function listen(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(message);
    const { method = '', url = '' } = message;
    const { authorization, ...headers } = headersOf(message);
    const origin = `${scheme}://${headers['host'] ?? 'localhost'}`;
    const version = VERSION.exec(url)?.[1] as Version | undefined;
    roundTrips += 1;
    let handled: Handled;
    if (version === undefined) {
      handled = signIn(method, url, body, origin);
      const label = TOKEN.test(url) ? '/token' : null;
      const { status } = handled.reply;
      const hasToken = authorization !== undefined;
      log.add({
        method,
        version: null,
        url,
        label,
        headers,
        hasToken,
        status,
        roundTrip: roundTrips,
        part: false,
        cost: 0,
      });
    } else {
      const path = url.slice(version.length + 1);
      const all = authorization === undefined ? headers : { ...headers, authorization };
      handled = dispatch({ method, version, url: path, headers: all, origin, body, roundTrip: roundTrips });
    }
    const common = {
      Date: new Date(clock.now()).toUTCString(),
      'request-id': handled.requestId,
      'client-request-id': headers['client-request-id'] ?? handled.requestId,
      'OData-Version': '4.0',
    };
    send(response, handled.reply, common, handled.fault);
  }

  const listener: RequestListener = (message, response) => {
    listen(message, response).catch((error: unknown) => {
      response.statusCode = 599;
      response.end(`The stand-in broke: ${String(error)}`);
    });
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer({ ...tls }, listener);
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `${scheme}://127.0.0.1:${port}`,
    tenantId: tenant.id,
    token: (given, claims) => {
      const now = Math.floor(clock.now() / 1000);
      return makeToken({
        aud: 'https://graph.microsoft.com',
        tid: tenant.id,
        appid: '11111111-2222-4333-8444-555555555555',
        roles: given ?? roles,
        iat: now,
        nbf: now,
        exp: now + 3600,
        ...claims,
      });
    },
    log,
    clock,
    addFault: script.add,
    faultsUsed: script.used,
    units: throttle.units,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
