import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What came in at the socket. */
export type Seen = {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Turn = (seen: Seen, response: ServerResponse) => void;

export type ScriptedServer = {
  readonly origin: string;
  readonly port: number;
  readonly seen: readonly Seen[];
};

/** A server on the loopback address that is gone when the test is. It sends no `Date` unless a turn does. */
export async function scriptedServer(turn: Turn): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    response.sendDate = false;
    response.on('error', () => undefined);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      const one = { line, headers: request.headers, body };
      seen.push(one);
      turn(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, seen };
}

/** Answers each request with the next of these, and with the last of them from then on. */
export function inTurn(...turns: readonly Turn[]): Turn {
  let count = 0;
  return (seen, response) => {
    turns[Math.min(count, turns.length - 1)]?.(seen, response);
    count += 1;
  };
}

type Headers = { readonly [name: string]: string };

export function json(value: unknown, headers: Headers = {}): Turn {
  return (_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json;odata.metadata=minimal;charset=utf-8', ...headers })
      .end(JSON.stringify(value));
  };
}

export function list(...ids: readonly string[]): Turn {
  return json({ value: ids.map((id) => ({ id })) });
}

/** An error as Graph words it. */
export function failure(status: number, code: string, message = 'words', headers: Headers = {}): Turn {
  const innerError = { date: '2026-11-23T00:00:00', 'request-id': '00000000-0000-4000-8000-000000000001' };
  return (_, response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ error: { code, message, innerError } }));
  };
}

export function throttled(headers: Headers = {}): Turn {
  return failure(429, 'TooManyRequests', 'Too many requests', headers);
}

export function raw(status: number, headers: Headers, body: string | Uint8Array = ''): Turn {
  return (_, response) => {
    response.writeHead(status, headers).end(body);
  };
}

export const reset: Turn = (_, response) => {
  response.socket?.resetAndDestroy();
};

export const never: Turn = () => undefined;

type SentPart = {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Headers;
};

/** The parts of a batch as they came in. */
export function partsOf({ body }: Seen): readonly SentPart[] {
  return (JSON.parse(body) as { requests: SentPart[] }).requests;
}

export type PartAnswer = { readonly status: number; readonly headers?: Headers; readonly body?: unknown };

/** Answers a batch part by part, in reverse order, as Graph may. */
export function batch(answer: (part: SentPart) => PartAnswer | null): Turn {
  return (seen, response) => {
    const responses = partsOf(seen).flatMap((part) => {
      const one = answer(part);
      if (one === null) return [];
      return [{ headers: { 'Content-Type': 'application/json' }, ...one, id: part.id }];
    });
    json({ responses: responses.reverse() })(seen, response);
  };
}

/** An address of this machine that nobody answers at. */
export async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
