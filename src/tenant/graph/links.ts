import { createHash } from 'node:crypto';
import type { ApiVersion } from './types.ts';

export type CheckedLink =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: string };

/**
 * The address that a link of an answer leads to, when it leads on in the same API: same scheme, host, port and version,
 * no user name, and nothing that programs read differently. Nothing is asked for otherwise.
 */
export function checkLink(
  link: string,
  { origin, api, name }: { readonly origin: string; readonly api: ApiVersion; readonly name: string },
): CheckedLink {
  const bad = (message: string): CheckedLink => ({ ok: false, message: `The ${name} ${message}` });
  if (link === '') return bad('is empty');
  // Backslashes, tabs and line ends are changed or dropped by URL parsers; a link that is sent over has none.
  if (/[^\x21-\x7e]|\\/.test(link)) return bad('holds characters that no link has');
  if (!/^https?:\/\/[^/]/i.test(link) || !URL.canParse(link)) return bad('is not a whole URL');
  const url = new URL(link);
  if (url.username !== '' || url.password !== '') return bad('holds a user name');
  if (url.origin !== origin) return bad('points to another host');
  if (url.hash !== '') return bad('has a fragment');
  if (url.pathname.split('/')[1] !== api) return bad('points to another version of the API');
  return { ok: true, url: url.href };
}

/** What is kept of a text to know it again: 12 bytes of its SHA-256. */
export function trace(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}
