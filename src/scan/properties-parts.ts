import type { JsonObject } from '../model/resource.ts';

/**
 * The properties of an object as JSON text, in parts, without its sponsors and owners where they can be left out easily. As
 * facts of their own they are a third of everything that policies are told, and no built-in rule asks for them twice.
 * @param text the properties as `JSON.stringify` writes them
 */
export function withoutPrincipals(text: string, properties: JsonObject): readonly string[] {
  const following = afterPrincipals(properties);
  if (following === null) return [text];
  const start = onlyPlaceOf(SPONSORS, text);
  // Quotation marks are escaped in texts: what has them as they are is a member.
  const end = start === -1 ? -1 : onlyPlaceOf(`],"${following}":`, text);
  return end < start || end === -1 ? [text] : [text.slice(0, start), text.slice(end + '],'.length)];
}

const SPONSORS = '"sponsors":[';

/** The property that follows sponsors, or sponsors and owners; `null` when none does or they are no lists. */
function afterPrincipals(properties: JsonObject): string | null {
  let before = '';
  for (const name in properties) {
    if (before === 'owners' || (before === 'sponsors' && name !== 'owners')) return name;
    const isNext = name === 'sponsors' || (name === 'owners' && before === 'sponsors');
    before = isNext ? name : '';
    if (isNext && !Array.isArray(properties[name])) return null;
  }
  return null;
}

/** -1 when there is none or there are several, of which one may be within something else. */
function onlyPlaceOf(part: string, text: string): number {
  const first = text.indexOf(part);
  return first !== -1 && text.indexOf(part, first + part.length) === -1 ? first : -1;
}
