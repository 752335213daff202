import { isObject } from '../../util/is-object.ts';

/** A request that must never be sent: a mistake of this program. */
export class NotReadingError extends Error {
  override readonly name = 'NotReadingError';
}

/**
 * Throws unless a request can only read: a GET without a body, or a POST to `/$batch` whose every part is a GET without a
 * body, of a path on the same host.
 */
export function assertReading(method: string, url: URL, body: unknown): void {
  if (method === 'GET' && (body === undefined || body === null)) return;
  const isBatch = method === 'POST' && /^\/[^/]+\/\$batch$/.test(url.pathname) && url.search === '';
  if (!isBatch || typeof body !== 'string' || !isBatchOfGets(JSON.parse(body)))
    throw new NotReadingError(`A request that does not only read was stopped: ${method} ${url.pathname}`);
}

function isBatchOfGets(body: unknown): boolean {
  if (!isObject(body) || !Array.isArray(body['requests'])) return false;
  return body['requests'].every(
    (part: unknown) =>
      isObject(part) &&
      part['method'] === 'GET' &&
      !Object.hasOwn(part, 'body') &&
      typeof part['url'] === 'string' &&
      /^\/[^/\\]/.test(part['url']),
  );
}
