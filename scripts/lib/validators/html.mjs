/** What would be asked for when the file is opened. A link asks for nothing until it is followed. */
const REQUESTS =
  /<(?:script|link|img|iframe|object|embed|video|audio|source|base|form)\b[^>]*\s(?:src|href|data|action)\s*=\s*["']?(?!data:|#)/i;

/**
 * A whole page that asks for nothing outside of itself.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function htmlFaults(text) {
  return [
    ...(/^<!doctype html>/i.test(text) ? [] : ['does not begin with a doctype']),
    ...(/<\/html>\s*$/.test(text) ? [] : ['does not end with </html>']),
    ...(/http-equiv="Content-Security-Policy"/i.test(text) ? [] : ['has no content security policy']),
    ...(REQUESTS.test(text) ? ['asks for something outside of itself'] : []),
  ];
}
