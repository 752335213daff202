import { markup, type Markup } from './markup.ts';

/** A stretch of a bar; `tone` is a class that colours it. */
export type Stretch = { readonly tone: string; readonly size: number };

/** A bar of several stretches over `whole`, for the eye alone: the numbers stand beside it. */
export function bar(stretches: readonly Stretch[], whole: number): Markup {
  let from = 0;
  const parts = stretches
    .filter(({ size }) => size > 0)
    .map(({ tone, size }) => {
      const start = percent(from, whole);
      from += size;
      return markup`<rect class="${tone}" x="${start}%" width="${round(percent(from, whole) - start)}%" height="100%"/>`;
    });
  return markup`<svg class="bar" width="100%" height="14" aria-hidden="true" focusable="false">${parts}</svg>`;
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : round((part / whole) * 100);
}

/** To two digits behind the point. */
export function round(number: number): number {
  return Math.round(number * 100) / 100;
}
