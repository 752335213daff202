/** A JSON value that was read, or why there is none. */
export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: 'empty' | 'not-json' | 'broken-json' };

/** Parses an answer. Only `application/json` counts as JSON: a page of a proxy or a sign-in portal is something else. */
export function parseBody(bytes: Uint8Array, contentType: string | null): Body {
  if (bytes.length === 0) return { ok: false, why: 'empty' };
  if (!isJson(contentType)) return { ok: false, why: 'not-json' };
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return { ok: false, why: 'broken-json' };
  }
}

/** Whether a media type, with any parameters, is JSON's own. */
export function isJson(contentType: string | null): boolean {
  return /^application\/json *(?:;|$)/i.test(contentType ?? '');
}
