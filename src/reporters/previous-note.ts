import type { Report } from '../findings/report.ts';

/**
 * What has changed since the earlier report, for people: `since results.json of 2026-11-16: 2 new, 1 fixed`; `null` when
 * none was named. Holds untrusted text.
 */
export function previousNote({ previous }: Pick<Report, 'previous'>): string | null {
  if (previous === null) return null;
  return `since ${previous.file} of ${previous.now.slice(0, 'yyyy-mm-dd'.length)}: ${previousWords(previous)}`;
}

/** `2 new, 1 fixed, 3 cannot be told`: the first two always, the others when there are any. */
export function previousWords(previous: NonNullable<Report['previous']>): string {
  const { added, fixed, severityChanged, suppressed, unsuppressed, unknown } = previous;
  const others = [
    [severityChanged, 'severity changed'],
    [suppressed, 'newly suppressed'],
    [unsuppressed, 'came back'],
    [unknown, 'cannot be told'],
  ] as const;
  return [
    `${added} new`,
    `${fixed} fixed`,
    ...others.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`])),
  ].join(', ');
}
