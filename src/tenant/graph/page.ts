import { isObject } from '../../util/is-object.ts';
import { checkLink } from './links.ts';
import type { ApiVersion, GraphPage } from './types.ts';

export type CheckedPage =
  { readonly ok: true; readonly page: GraphPage } | { readonly ok: false; readonly message: string };

/** A page of a collection from an answer, or a sentence that says why it is none. */
export function pageOf(
  value: unknown,
  where: { readonly origin: string; readonly api: ApiVersion },
): CheckedPage {
  if (!isObject(value)) return bad('The answer is not an object');
  const items = value['value'];
  if (!Array.isArray(items)) return bad('The answer has no list of objects');
  if (!items.every(isObject)) return bad('The list has something that is no object');
  const nextLink = linkOf(value, '@odata.nextLink', { ...where, name: 'next link' });
  if (!nextLink.ok) return nextLink;
  const deltaLink = linkOf(value, '@odata.deltaLink', { ...where, name: 'delta link' });
  if (!deltaLink.ok) return deltaLink;
  const count = value['@odata.count'];
  return {
    ok: true,
    page: {
      items,
      nextLink: nextLink.url,
      deltaLink: deltaLink.url,
      count: typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null,
    },
  };
}

function bad(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}

type Where = { readonly origin: string; readonly api: ApiVersion; readonly name: string };

/** A link is absent or a good one: `null` and `""` are neither. */
function linkOf(value: Record<string, unknown>, key: string, where: Where) {
  if (!Object.hasOwn(value, key)) return { ok: true, url: null } as const;
  const link = value[key];
  return typeof link === 'string' ? checkLink(link, where) : bad(`The ${where.name} is not a text`);
}
