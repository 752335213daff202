import { isObject } from '../../util/is-object.ts';

/** Hosts in the organisation's domains: what stands before the domain, and the domain. */
export function hostsIn(verifiedDomains: unknown): RegExp | null {
  if (!Array.isArray(verifiedDomains)) return null;
  const names = verifiedDomains.flatMap((entry: unknown) =>
    isObject(entry) && typeof entry['name'] === 'string' && entry['name'] !== '' ? [entry['name']] : [],
  );
  if (names.length === 0) return null;
  const longestFirst = names.sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`(?<![\\w-])((?:[\\w-]+\\.)*?)(${longestFirst.join('|')})(?![\\w-]|\\.[\\w-])`, 'gi');
}

function escaped(text: string): string {
  return text.replaceAll(/[^\w]/gu, '\\$&');
}
