import type { Finding } from '../findings/finding.ts';
import type { Report } from '../findings/report.ts';
import type { Suppression, SuppressionNotice } from '../findings/suppression.ts';
import { daysLeft } from './expiry.ts';
import type { ReporterOptions } from './reporter.ts';
import { SUPPRESSION_WORDS } from './suppression-words.ts';
import { count } from './text.ts';

/** The findings that count: for formats that leave the others out. */
export function countedFindings({ findings }: Pick<Report, 'findings'>): readonly Finding[] {
  return findings.filter(({ suppressed }) => suppressed === null);
}

/** The findings that count, and the others as well when they are to be shown. */
export function shownFindings(
  report: Report,
  { showSuppressed = false }: ReporterOptions,
): readonly Finding[] {
  return showSuppressed ? report.findings : countedFindings(report);
}

/** How many findings do not count, by what keeps them from it: `2 waived (1 expires in 9 days)`. */
export function suppressedWords({
  findings,
  suppressions,
  now,
}: Pick<Report, 'findings' | 'suppressions' | 'now'>): readonly string[] {
  const expiring = suppressions.notices.filter(({ concern }) => concern === 'expiring');
  return Object.entries(SUPPRESSION_WORDS).flatMap(([kind, words]) => {
    const these = findings.flatMap(({ suppressed }) => (suppressed?.kind === kind ? [suppressed] : []));
    return these.length === 0 ? [] : [`${these.length} ${words}${expiryHint(these, expiring, now)}`];
  });
}

/** ` (1 expires in 9 days)`: of what is told as about to expire. */
function expiryHint(
  suppressions: readonly Suppression[],
  expiring: readonly SuppressionNotice[],
  now: string,
): string {
  const keys = new Set(expiring.map(keyOf));
  const soon = suppressions.filter((each) => keys.has(keyOf(each)));
  const days = soon.map(({ expires }) => daysLeft(expires, now)).filter((left) => left >= 0);
  if (days.length === 0) return '';
  const first = Math.min(...days);
  const when = first === 0 ? 'in less than a day' : `in ${count(first, 'day')}`;
  return days.length === 1 ? ` (1 expires ${when})` : ` (${days.length} expire, the first ${when})`;
}

/** The same for a suppression and for the notice about it. */
function keyOf({
  kind,
  expires,
  location,
}: Pick<SuppressionNotice, 'expires' | 'location'> & { kind: string }): string {
  const start = location?.range?.start;
  return JSON.stringify([kind, expires, location?.uri, start?.line, start?.column]);
}
