import type { Reply } from './call.ts';
import type { Entity } from './entities.ts';
import { badRequest } from './errors.ts';

/** A part of a batch. */
export type Part = {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
};

/** https://learn.microsoft.com/graph/json-batching */
const MOST_PARTS = 20;

function partOf(source: unknown): Part {
  const part = (typeof source === 'object' && source !== null ? source : {}) as Entity;
  const { id, method, url, headers } = part;
  if (typeof id !== 'string' || id === '') throw badRequest('Invalid batch payload format.', 'BadRequest');
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw badRequest(`Invalid batch request step: '${id}'.`, 'BadRequest');
  }
  if (!url.startsWith('/') || /^\/(?:v1\.0|beta|\$batch)(?:\/|$)/.test(url)) {
    throw badRequest(`The url of step '${id}' is not relative to the version.`, 'BadRequest');
  }
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return {
    id,
    method,
    url,
    headers: Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)])),
  };
}

/** Reads the body of a batch; what the service would not take is a bad request as a whole. */
export function readBatch(body: string): readonly Part[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw badRequest('Invalid batch payload format.', 'BadRequest');
  }
  const requests = (parsed as { readonly requests?: unknown } | null)?.requests;
  if (!Array.isArray(requests) || requests.length === 0) {
    throw badRequest('Invalid batch payload format.', 'BadRequest');
  }
  if (requests.length > MOST_PARTS) {
    throw badRequest(
      `Number of batch request steps exceeds the maximum value of ${MOST_PARTS}.`,
      'BadRequest',
    );
  }
  const parts = requests.map(partOf);
  if (new Set(parts.map(({ id }) => id)).size < parts.length) {
    throw badRequest('Request Ids must be unique.', 'BadRequest');
  }
  return parts;
}

/** An answer as a part of a batch is told. */
export function partReply(id: string, reply: Reply): Entity {
  const type = reply.headers['Content-Type'] ?? 'application/json';
  return { id, status: reply.status, headers: { ...reply.headers, 'Content-Type': type }, body: reply.body };
}
