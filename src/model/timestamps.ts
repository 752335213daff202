const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** After so many years, and these seconds, the calendar is the same. `Date.UTC` takes the first hundred years for others. */
const CYCLE = { years: 400, seconds: 146_097 * 86_400 };

/**
 * Seconds since 1970-01-01T00:00:00Z of an RFC 3339 timestamp with a zone; fractions of a second are dropped.
 * `null` for anything else: no zone, an impossible date, another form.
 */
export function epochSeconds(text: string): number | null {
  if (!RFC3339.test(text)) return null;
  const year = numberAt(text, 0, 4);
  const month = numberAt(text, 5);
  const day = numberAt(text, 8);
  const hour = numberAt(text, 11);
  const minute = numberAt(text, 14);
  const second = numberAt(text, 17);
  const zone = zoneOf(text);
  if (hour > 23 || minute > 59 || second > 60 || zone === null) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  const midnight = Date.UTC(year + CYCLE.years, month - 1, day) / 1000 - CYCLE.seconds;
  return midnight + hour * 3600 + (minute - zone) * 60 + second;
}

/** Minutes that the zone at the end of a timestamp is ahead; `null` when there is no such zone. */
function zoneOf(text: string): number | null {
  if (text.endsWith('Z') || text.endsWith('z')) return 0;
  const at = text.length - 6;
  const hours = numberAt(text, at + 1);
  const minutes = numberAt(text, at + 4);
  if (hours > 23 || minutes > 59) return null;
  return (text.charAt(at) === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** The number that digits say. A snapshot has hundreds of thousands of timestamps: nothing is allocated for any. */
function numberAt(text: string, at: number, length = 2): number {
  let number = 0;
  for (let place = at; place < at + length; place += 1) number = number * 10 + text.charCodeAt(place) - ZERO;
  return number;
}

const ZERO = 0x30;

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
