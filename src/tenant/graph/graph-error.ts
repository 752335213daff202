import { cut } from '../../util/cut.ts';
import { isObject } from '../../util/is-object.ts';
import type { Body } from './body.ts';

/** Graph's error object, made harmless. https://learn.microsoft.com/graph/errors */
export type GraphError = {
  readonly code: string | null;
  readonly message: string;
  readonly requestId: string | null;
};

/** Takes tokens out of a text that somebody else wrote. */
export type Scrub = (text: string) => string;

/** The error of an answer; `null` when it holds none. */
export function graphErrorOf(body: Body, scrub: Scrub): GraphError | null {
  const error = body.ok && isObject(body.value) ? body.value['error'] : null;
  if (!isObject(error)) return null;
  const inner = error['innerError'] ?? error['innererror'];
  const requestId = isObject(inner) ? (inner['request-id'] ?? inner['requestId']) : null;
  return {
    code: shortText(error['code'], scrub),
    message: shortText(error['message'], scrub) ?? '',
    requestId: identifier(requestId, scrub),
  };
}

/** Graph's `request-id`; `null` when it does not look like one. */
export function identifier(value: unknown, scrub: Scrub): string | null {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? scrub(value) : null;
}

function shortText(value: unknown, scrub: Scrub): string | null {
  return typeof value === 'string' && value !== ''
    ? cut(scrub(value).replaceAll(/\s+/g, ' ').trim(), 200)
    : null;
}
