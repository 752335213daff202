import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

/** The certificate of the servers, valid for `localhost`, `127.0.0.1` and `::1` until 2120; it is its own authority. */
export const CERTIFICATE = fixture('localhost.cert.pem');

/** What to trust in the environment of a process: `NODE_EXTRA_CA_CERTS`. */
export const CERTIFICATE_FILE = new URL('fixtures/localhost.cert.pem', import.meta.url);

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export type HttpsServer = {
  /** Such as `127.0.0.1:43210`. */
  readonly host: string;
  readonly port: number;
  /** What was asked for, in order. */
  readonly requests: readonly {
    readonly line: string;
    readonly headers: IncomingHttpHeaders;
  }[];
};

/** An https server on the loopback address that is gone when the test is. */
export async function httpsServer(handle: Handler, address = '127.0.0.1'): Promise<HttpsServer> {
  const requests: { line: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(
    { key: fixture('localhost.key.pem'), cert: CERTIFICATE },
    (request, response) => {
      requests.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers });
      // A client that has seen enough ends the connection.
      response.on('error', () => undefined);
      handle(request, response);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { host: `${address}:${port}`, port, requests };
}

/** Answers each request with the next of these, and the last of them from then on. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  let turn = 0;
  return (request, response) => {
    handlers[Math.min(turn, handlers.length - 1)]?.(request, response);
    turn += 1;
  };
}

export function give(body: string | Uint8Array): Handler {
  return (_, response) => {
    response.end(body);
  };
}

export function status(code: number, headers: { readonly [name: string]: string } = {}): Handler {
  return (_, response) => {
    response.writeHead(code, headers).end('a page for people');
  };
}
