import { createHash, createHmac } from 'node:crypto';
import type { Entity, Rows } from './entities.ts';
import { badRequest } from './errors.ts';

/** How long a page token is good for. The service does not promise a time; it is short. */
const TOKEN_LIFE_MS = 30 * 60_000;

const KEY = 'opaque';

/** Binds a token to the request it came from. */
export function bindingOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 16);
}

/** Makes an opaque token that says where to go on. */
export function sealToken(content: Entity): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${createHmac('sha256', KEY).update(body).digest('base64url').slice(0, 12)}${body}`;
}

/** Opens a token that `sealToken` made; `null` when it did not. */
export function openToken(token: string): Entity | null {
  const body = token.slice(12);
  if (token.slice(0, 12) !== createHmac('sha256', KEY).update(body).digest('base64url').slice(0, 12))
    return null;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Entity;
}

export function skipToken(position: number, binding: string, now: number): string {
  return sealToken({ p: position, b: binding, e: now + TOKEN_LIFE_MS });
}

/** Where a page token leads; 400 when it is not of this query or too old. */
export function positionOf(token: string | null, binding: string, now: number): number {
  if (token === null) return 0;
  const content = openToken(token);
  if (content === null || content['b'] !== binding) {
    throw badRequest('The specified page token is invalid.', 'Directory_InvalidPageToken');
  }
  if ((content['e'] as number) <= now) {
    throw badRequest(
      'The specified page token value has expired and can no longer be included in your request.',
      'Directory_ExpiredPageToken',
    );
  }
  return content['p'] as number;
}

export type Page = { readonly items: readonly Entity[]; readonly next: number | null };

/** Up to `size` rows that pass, from a position on, and the position of the next one, if there is one. */
export function pageOf(rows: Rows, from: number, size: number, passes: (row: Entity) => boolean): Page {
  const items: Entity[] = [];
  for (let position = from; position < rows.length; position += 1) {
    const row = rows.at(position);
    if (row === undefined || !passes(row)) continue;
    if (items.length === size) return { items, next: position };
    items.push(row);
  }
  return { items, next: null };
}
