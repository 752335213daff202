import type { SuppressionNotice } from '../findings/suppression.ts';
import { compareCodePoints } from '../util/code-points.ts';
import { lineRange } from './baseline-matcher.ts';
import { DAY } from './moment.ts';
import { objectWords, placeWords } from './object-words.ts';
import type { BaselineEntry, InlineEntry, SuppressionSources, Waiver } from './types.ts';
import type { Use, Uses } from './uses.ts';
import type { Staleness } from './stale.ts';

/** Stale entries of a baseline that are told one by one. */
const MOST_ENTRIES = 20;

type Telling = {
  readonly sources: SuppressionSources;
  readonly inline: readonly InlineEntry[];
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  readonly uses: Uses;
  readonly staleness: Staleness;
};

/** What somebody has to look at, in the order of files and places. What was not judged is not told of. */
export function noticesOf(telling: Telling): readonly SuppressionNotice[] {
  const { sources, inline, uses, staleness } = telling;
  const notices: SuppressionNotice[] = [];
  for (const waiver of sources.waivers?.entries ?? []) {
    const why = uses.of(waiver).findings > 0 ? null : staleness.ofWaiver(waiver);
    notices.push(...datedNotices(waiver, objectWords(waiver), why, telling));
  }
  for (const entry of inline) {
    const why = uses.of(entry).findings > 0 ? null : staleness.ofInline(entry);
    notices.push(...datedNotices(entry, placeWords(entry), why, telling));
  }
  notices.push(...baselineNotices(telling));
  return notices.toSorted(byPlace);
}

/** @param why it is stale; `null` when it is not, or nobody knows */
function datedNotices(
  one: Waiver | InlineEntry,
  object: string,
  why: string | null,
  { now, uses, sources }: Telling,
): readonly SuppressionNotice[] {
  const { rule, ends, suppression } = one;
  const { expires, location } = suppression;
  const kind = suppression.kind === 'inline' ? 'inline' : 'waiver';
  const notice = (concern: SuppressionNotice['concern'], message: string) => [
    { concern, kind, rule, object, message, expires, location } as const,
  ];
  if (why !== null) return notice('stale', why);
  const use = uses.of(one);
  if (use.findings === 0) return [];
  if (ends <= now) return notice('expired', expiredWords(object, expires ?? '', use));
  if (ends - now > sources.policy.warnBeforeDays * DAY) return [];
  return notice('expiring', `It ends ${inDays(ends - now)}, with ${expires ?? ''}: ${object}.`);
}

function expiredWords(object: string, expires: string, { findings, back }: Use): string {
  const ended = `It ended with ${expires}`;
  if (back === 0) return `${ended}, and something else is about what it was about: ${object}.`;
  const which = back === findings ? `its ${findings}` : `${back} of its ${findings}`;
  const counts = findings === 1 ? 'its finding counts' : `${which} findings count`;
  return `${ended}, so ${counts} again: ${object}.`;
}

function inDays(seconds: number): string {
  const days = Math.floor(seconds / DAY);
  if (days === 0) return 'in less than a day';
  return days === 1 ? 'in 1 day' : `in ${days} days`;
}

function baselineNotices({ sources: { baseline }, uses, staleness }: Telling): readonly SuppressionNotice[] {
  if (baseline === null) return [];
  const stale: (readonly [BaselineEntry, string])[] = [];
  for (const entry of baseline.entries.values()) {
    const why = uses.of(entry).findings > 0 ? null : staleness.ofEntry(entry);
    if (why !== null) stale.push([entry, why]);
  }
  stale.sort(([a], [b]) => a.line - b.line);
  const told = stale.slice(0, MOST_ENTRIES).map(([{ rule, resource, at, line }, message]) => ({
    ...OF_BASELINE,
    rule,
    object: at === '' ? resource : `${resource} ${at}`,
    message,
    location: { uri: baseline.uri, range: lineRange(line) },
  }));
  const rest = stale.length - told.length;
  if (rest === 0) return told;
  const more = rest === 1 ? '1 more entry' : `${rest} more entries`;
  const message = `There ${rest === 1 ? 'is' : 'are'} ${more} that nothing is found for any more.`;
  return [
    ...told,
    { ...OF_BASELINE, rule: '', object: more, message, location: { uri: baseline.uri, range: null } },
  ];
}

const OF_BASELINE = { concern: 'stale', kind: 'baseline', expires: null } as const;

/** What has no place in its file comes last. */
function byPlace({ location: one }: SuppressionNotice, { location: other }: SuppressionNotice): number {
  const files = compareCodePoints(one?.uri ?? '', other?.uri ?? '');
  if (files !== 0) return files;
  const line = (location: SuppressionNotice['location']) => location?.range?.start.line ?? Infinity;
  const column = (location: SuppressionNotice['location']) => location?.range?.start.column ?? 0;
  if (line(one) !== line(other)) return line(one) - line(other);
  return column(one) - column(other);
}
