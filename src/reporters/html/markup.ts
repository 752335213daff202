import { visible } from '../escape.ts';

/**
 * Text that is safe in a page as it stands: what `markup` makes, and our own style sheet and script. It is a class so that
 * nothing of a report, wherever it was read from, can pass for it.
 */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** What may stand in a template: text is escaped, lists are joined, `null` is left out. */
export type Content = Markup | string | number | null | readonly Content[];

/**
 * A piece of a page. Every value in it that is not `Markup` itself is untrusted text: what cannot be seen is named,
 * and what HTML gives a meaning to, between tags or within quotes of either kind, is escaped. Values may stand between
 * tags and in quoted attributes; addresses go through `webAddress`. Indentation of the template is left out.
 */
export function markup(template: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const [first = '', ...others] = unindented(template);
  let html = first;
  for (const [place, text] of others.entries()) html += written(values[place] ?? null) + text;
  return new Markup(html);
}

/** Pieces with something between them. */
export function joined(pieces: readonly Content[], between: Content = ', '): Markup {
  return new Markup(pieces.map(written).join(written(between)));
}

/** Pieces on lines of their own, so that a page can be read and compared as text too. */
export function lines(pieces: readonly Content[]): Markup {
  return new Markup(pieces.map(written).join('\n'));
}

/** The address when a reader may be sent there, else `null`: never to a script, a file or another program. */
export function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\/[^\s/?#\\]/i.test(url) && URL.canParse(url) ? url : null;
}

/** Text as part of an `id` and of a link to it: different texts stay different, and none needs escaping. */
export function anchor(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9/-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}

const NEEDS_ESCAPE = /[&<>"']/;
const EVERY_SPECIAL = /[&<>"']/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(content: Content): string {
  if (content instanceof Markup) return content.html;
  if (content === null) return '';
  if (typeof content === 'object') return content.map(written).join('');
  const text = visible(String(content));
  return NEEDS_ESCAPE.test(text) ? text.replace(EVERY_SPECIAL, (special) => ENTITIES[special] ?? '') : text;
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

/** There are as many templates as places in the source, and a use for each finding. */
function unindented(template: TemplateStringsArray): readonly string[] {
  const cached = known.get(template);
  if (cached !== undefined) return cached;
  const texts = template.map((text) => text.replaceAll(/\n\s*/g, '\n'));
  known.set(template, texts);
  return texts;
}
