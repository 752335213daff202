import type { Problem } from '../../documents/problem.ts';
import { fileAt } from './parts.ts';
import { markup, type Markup } from './markup.ts';

/** What is wrong with an input, where, and what to do. */
export function problemItem({ code, message, hint, uri, range, related = [] }: Problem): Markup {
  return markup`${uri === null ? null : markup`${fileAt(uri, range)} `}${message}
    <span class="quiet">(${code})</span>
    ${hint === undefined ? null : markup`<br><span class="hint">${hint}</span>`}
    ${related.map(({ message: words, range: { start } }) => markup`<br><span class="quiet">line ${start.line}: ${words}</span>`)}`;
}
