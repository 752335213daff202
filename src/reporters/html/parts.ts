import type { Range } from '../../documents/range.ts';
import type { Control } from '../../policy/types.ts';
import { positionSuffix } from '../text.ts';
import { anchor, type Content, joined, lines, markup, type Markup, webAddress } from './markup.ts';
import type { View } from './view.ts';

/** Rows that a table of a picture shows before "and 7 more". */
export const MOST_ROWS = 200;

/** A part of the page that the list of contents leads to. */
export type Section = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly body: Content;
};

/** A table that may be wider than a phone: it scrolls by itself, with keys as well. */
export function table(
  {
    caption,
    head,
    shape = 'narrow',
  }: {
    readonly caption: string;
    readonly head: readonly Content[];
    readonly shape?: 'narrow' | 'wide' | 'domains';
  },
  rows: readonly Content[],
): Markup {
  return markup`<div class="scroll" role="group" aria-label="${caption}" tabindex="0">
    <table class="${shape}"><caption>${caption}</caption>
    <thead><tr>${head.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
    <tbody>
    ${lines(rows)}
    </tbody></table></div>`;
}

/** A number in a table; nothing stands out less than something. */
export function numberCell(number: number): Markup {
  return markup`<td class="number${number === 0 ? ' nil' : ''}">${number}</td>`;
}

/** A link out of the report, or the text alone when its address is none to send a reader to. */
export function outward(url: string | null, text: Content): Markup {
  const address = webAddress(url);
  return address === null
    ? markup`${text}`
    : markup`<a href="${address}" rel="noreferrer noopener">${text}</a>`;
}

/** The text of a rule's link: to its part of the page when it has one. */
export function ruleLink(view: View, id: string, text: Content = id): Markup {
  return view.rules.has(id) ? markup`<a href="#${ruleAnchor(id)}">${text}</a>` : markup`${text}`;
}

export function ruleAnchor(id: string): string {
  return `rule-${anchor(id)}`;
}

export function fileAt(uri: string, range: Range | null): Markup {
  return markup`<code class="path">${uri}${positionSuffix(range)}</code>`;
}

/** `OWASP-NHI NHI1, NHI7 · NIST-800-53 IA-5`, frameworks in the rule's order. */
export function controlsByFramework(controls: readonly Control[]): Markup {
  const frameworks = new Map<string, string[]>();
  for (const { framework, id } of controls)
    frameworks.set(framework, [...(frameworks.get(framework) ?? []), id]);
  return joined(
    Array.from(frameworks, ([framework, ids]) => markup`<b>${framework}</b> ${joined(ids)}`),
    ' · ',
  );
}

const CODE_SPAN = /`([^`\n]+)`/;

/** Text of a rule: its paragraphs, with what stands between backticks as code. */
export function prose(text: string): Markup[] {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim().replaceAll(/\s*\n\s*/g, ' '))
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => markup`<p>${sentence(paragraph)}</p>`);
}

/** One paragraph, with what stands between backticks as code. */
export function sentence(text: string): Markup {
  // What a group matches stands at odd places.
  return joined(
    text
      .replaceAll(/\s*\n\s*/g, ' ')
      .split(CODE_SPAN)
      .map((part, place) => (place % 2 === 1 ? markup`<code>${part}</code>` : part)),
    '',
  );
}

/** Term and description, for lists of facts. */
export function fact(term: string, description: Content): Markup {
  return markup`<div><dt>${term}</dt><dd>${description}</dd></div>`;
}

/** "and 7 more", or nothing. */
export function andMore(more: number, what: string): Markup | null {
  return more > 0 ? markup`<p class="more">and ${more} more ${what}</p>` : null;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
