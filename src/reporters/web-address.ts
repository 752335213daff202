const SCHEMES: ReadonlySet<string> = new Set(['https:', 'http:']);

/** An address that a reader may follow, in ASCII; `null` when the text is none, or is of another kind than a web page. */
export function webAddress(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return SCHEMES.has(protocol) ? href.replaceAll(/[()<>"'`|\\[\]{}^*]/g, percentEncoded) : null;
}

/** Characters that are allowed in an address and that mean something to Markdown, or to links in messages. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
