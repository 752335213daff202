const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The milliseconds that a `Retry-After` header asks for, from seconds or an HTTP date (RFC 9110, section 10.2.3).
 * `null` when it says nothing that can be kept to: it is absent, unreadable, zero, negative or past. Dates are compared
 * with the answer's own `Date`, so that a wrong clock here does not matter.
 */
export function retryAfter(
  value: string | null,
  { date, now }: { date: string | null; now: number },
): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return positive(Number(text) * 1000);
  const until = httpDate(text);
  return until === null ? null : positive(until - (httpDate(date ?? '') ?? now));
}

/** Milliseconds since 1970 of an HTTP date; `null` when it is none. */
export function httpDate(text: string): number | null {
  const moment = IMF_FIXDATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

function positive(milliseconds: number): number | null {
  return milliseconds > 0 ? Math.ceil(milliseconds) : null;
}
