import type { Report } from '../findings/report.ts';
import type { SuppressionNotice } from '../findings/suppression.ts';
import { pathAtLineStart, visible } from './escape.ts';
import { positionSuffix } from './text.ts';

const KINDS = {
  waiver: 'waiver',
  inline: 'inline suppression',
  baseline: 'baseline entry',
} as const satisfies Record<SuppressionNotice['kind'], string>;

/** `stale waiver`: what somebody has to look at. */
export function noticeTitle({ concern, kind }: Pick<SuppressionNotice, 'concern' | 'kind'>): string {
  return `${concern} ${KINDS[kind]}`;
}

/** `stale waiver of credentials/client-secret: …`. Holds untrusted text. */
export function noticeWords(notice: SuppressionNotice): string {
  const of = notice.rule === '' ? '' : ` of ${notice.rule}`;
  return `${noticeTitle(notice)}${of}: ${notice.message}`;
}

/** `.agentid-lint/waivers.yaml:3:5: stale waiver of …`, a line for each notice, safe at the start of a line. */
export function noticeLines({ suppressions }: Pick<Report, 'suppressions'>): readonly string[] {
  return suppressions.notices.map((notice) => {
    const { location } = notice;
    const what = visible(noticeWords(notice));
    return location === null
      ? what
      : `${pathAtLineStart(location.uri)}${positionSuffix(location.range)}: ${what}`;
  });
}
