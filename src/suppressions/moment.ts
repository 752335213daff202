import { epochSeconds } from '../model/timestamps.ts';

export const DAY = 86_400;

/** A date or a time. All numbers are seconds since 1970-01-01T00:00:00Z. */
export type Moment = {
  /** Of a date its first second in UTC. */
  readonly starts: number;
  /** The first moment at which what is limited by it does not hold any more: of a date, when the day is over in UTC. */
  readonly ends: number;
  /** RFC 3339: the date, or the time in UTC. */
  readonly text: string;
};

export type MomentRead =
  { readonly ok: true; readonly moment: Moment } | { readonly ok: false; readonly why: string };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?$/;
const ZONE = /(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** The last second that a date of RFC 3339 can name. */
const LAST = 253_402_300_799;

/** What a date of RFC 3339 means, or a time with a zone; else the end of a sentence that says why it is neither. */
export function readMoment(text: string): MomentRead {
  if (DATE.test(text)) {
    const starts = epochSeconds(`${text}T00:00:00Z`);
    return starts === null
      ? { ok: false, why: 'is no day of the calendar' }
      : { ok: true, moment: { starts, ends: starts + DAY, text } };
  }
  const seconds = epochSeconds(text);
  if (seconds !== null && seconds >= 0 && seconds <= LAST)
    return { ok: true, moment: { starts: seconds, ends: seconds, text: utcText(seconds) } };
  if (!TIME.test(text)) return { ok: false, why: 'is neither a date nor a time' };
  return { ok: false, why: ZONE.test(text.slice(10)) ? 'is no moment of the calendar' : 'has no zone' };
}

/** RFC 3339 in UTC. */
function utcText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The seconds of a run's clock. @throws {TypeError} when it is no timestamp */
export function clock(now: string): number {
  const seconds = epochSeconds(now);
  if (seconds === null) throw new TypeError('`now` must be an RFC 3339 timestamp with a zone');
  return seconds;
}
