import { count } from '../text.ts';
import { markup, type Markup } from './markup.ts';

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/;
const DAY_IN_MS = 86_400_000;
/** Days before an expiry in which it is told as near. */
const SOON = 14;

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

export type Expiry = {
  readonly state: 'never' | 'unclear' | 'expired' | 'soon' | 'later';
  readonly words: string;
};

/**
 * The millisecond in which something ends: a date holds to the end of its day. `NaN` for what is no date. Left to itself,
 * `Date.parse` finds one in almost any text with a number in it.
 */
export function endOf(expires: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(expires)) return Date.parse(expires) + DAY_IN_MS;
  return MOMENT.test(expires) ? Date.parse(expires) : Number.NaN;
}

/** How long something still holds, seen from the moment of the run. */
export function expiryOf(expires: string | null, now: string): Expiry {
  if (expires === null) return { state: 'never', words: 'does not expire' };
  const left = endOf(expires) - Date.parse(now);
  if (Number.isNaN(left)) return { state: 'unclear', words: 'not a date' };
  if (left <= 0) return { state: 'expired', words: 'expired' };
  const days = Math.floor(left / DAY_IN_MS);
  const words = days === 0 ? 'less than a day left' : `${count(days, 'day')} left`;
  return { state: days <= SOON ? 'soon' : 'later', words };
}
