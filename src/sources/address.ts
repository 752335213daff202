import { parseDigest } from './digest.ts';
import { faulty, type ParsedSource } from './parsed-source.ts';

/**
 * The source at an https address. Its digest stands behind `#sha256=` or is given beside it.
 * A fault never repeats any part of the address.
 */
export function parseAddress(text: string, given: string | null): ParsedSource {
  const [address = '', ...fragments] = text.split('#');
  const url = parseUrl(address);
  if (url === null) return faulty({ code: 'source-invalid-address' });
  if (url.username !== '' || url.password !== '') return faulty({ code: 'source-credentials-in-address' });
  const fragment = fragments.length === 0 ? null : fragments.join('#');
  const pinned =
    fragment?.startsWith('sha256=') === true ? parseDigest(fragment.slice('sha256='.length)) : null;
  if (fragment !== null && pinned === null)
    return faulty({
      code: 'source-invalid-digest',
      message: 'What stands behind # in the address is not sha256= and 64 hexadecimal digits.',
    });
  if (pinned !== null && given !== null && pinned !== given)
    return faulty({
      code: 'source-invalid-digest',
      message: 'The source has two different digests.',
      hint: 'Keep one.',
    });
  return {
    ok: true,
    source: { kind: 'url', name: nameOfAddress(url), url: url.href, sha256: given ?? pinned },
  };
}

/** An address for people: without its query, which may hold a token. */
export function nameOfAddress({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

/** Only what is written in full: `new URL` would take `https:host` as well. */
function parseUrl(text: string): URL | null {
  if (!/^https:\/\/[^/\\]/i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
