import { MOMENT } from '../expiry.ts';
import { markup, type Markup } from './markup.ts';

/** `2026-11-23 17:42 UTC`; a text that is no moment as it stands. */
export function moment(text: string): Markup {
  const [, day = '', minute = ''] = MOMENT.exec(text) ?? [];
  return day === '' ? markup`${text}` : markup`<time datetime="${text}">${day} ${minute} UTC</time>`;
}

/** `from … to …`, or one moment when both are told alike. */
export function span(from: string, to: string): Markup {
  const [first, last] = [moment(from), moment(to)];
  return minuteOf(from) === minuteOf(to) ? markup`at ${first}` : markup`from ${first} to ${last}`;
}

function minuteOf(text: string): string {
  return MOMENT.test(text) ? text.slice(0, 'yyyy-mm-ddThh:mm'.length) : text;
}
