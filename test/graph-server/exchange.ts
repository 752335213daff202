import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Reply } from './call.ts';
import type { RawReply } from './damage.ts';
import type { Fault } from './faults.ts';

function isRaw(reply: Reply | RawReply): reply is RawReply {
  return 'raw' in reply;
}

function bytesOf(reply: Reply | RawReply): Buffer {
  if (isRaw(reply)) return Buffer.from(reply.raw);
  const { body } = reply;
  if (body === null) return Buffer.alloc(0);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

async function drip(response: ServerResponse, bytes: Buffer, size: number, pauseMs: number): Promise<void> {
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, at + size));
    await pause(pauseMs, undefined, { ref: false });
  }
  response.end();
}

/** Sends an answer, with the fault of the connection that was asked for. */
export function send(
  response: ServerResponse,
  reply: Reply | RawReply,
  headers: Readonly<Record<string, string>>,
  fault: Fault | null,
): void {
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'reset' && fault.when === 'before headers') {
    response.destroy();
    return;
  }
  const bytes = bytesOf(reply);
  response.statusCode = reply.status;
  const type = reply.headers['Content-Type'] ?? 'application/json; odata.metadata=minimal; charset=utf-8';
  for (const [name, value] of Object.entries({ ...headers, ...reply.headers, 'Content-Type': type })) {
    if (value !== '') response.setHeader(name, value);
  }
  if (reply.status !== 204) response.setHeader('Content-Length', String(bytes.length));
  if (fault?.kind === 'reset') {
    const sent =
      fault.when === 'in the body' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : Buffer.alloc(0);
    response.flushHeaders();
    response.write(sent, () => response.destroy());
    return;
  }
  if (fault?.kind === 'drip') {
    void drip(response, bytes, fault.bytes, fault.pauseMs);
    return;
  }
  response.end(bytes);
}
