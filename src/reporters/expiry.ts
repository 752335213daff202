import { count } from './text.ts';

/** A moment as reports have it: RFC 3339 in UTC. */
export const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/;
const DAY_IN_MS = 86_400_000;
/** Days before an expiry in which it is told as near. */
const SOON = 14;

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

/** Whole days that something still holds, seen from the moment of the run; `NaN` when nobody can tell. */
export function daysLeft(expires: string | null, now: string): number {
  return expires === null ? Number.NaN : Math.floor((endOf(expires) - Date.parse(now)) / DAY_IN_MS);
}

/** How long something still holds, seen from the moment of the run. */
export function expiryOf(expires: string | null, now: string): Expiry {
  if (expires === null) return { state: 'never', words: 'does not expire' };
  const left = endOf(expires) - Date.parse(now);
  if (Number.isNaN(left)) return { state: 'unclear', words: 'not a date' };
  if (left <= 0) return { state: 'expired', words: 'expired' };
  const days = daysLeft(expires, now);
  const words = days === 0 ? 'less than a day left' : `${count(days, 'day')} left`;
  return { state: days <= SOON ? 'soon' : 'later', words };
}
