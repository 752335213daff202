import { markup, type Markup } from './markup.ts';
import type { Section } from './parts.ts';

/** Links to the sections, with a number where there is something to count. */
export function contents(sections: readonly Section[]): Markup {
  return markup`<nav class="contents" aria-label="Contents"><ul>
    ${sections.map(({ id, title, note }) => markup`<li><a href="#${id}">${title}${note === '' ? null : markup` <span class="n">${note}</span>`}</a></li>`)}</ul></nav>`;
}

export function sectionElement({ id, title, body }: Section): Markup {
  return markup`<section class="part" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
    ${body}
    </section>`;
}
