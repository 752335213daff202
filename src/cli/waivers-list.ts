import type { WaivedObject, Waiver } from '../suppressions/types.ts';
import { joinLines, visible } from '../reporters/escape.ts';
import { epochSeconds } from '../model/timestamps.ts';
import type { CliContext } from './context.ts';
import type { Flags } from './flags.ts';
import { loadEffectiveConfig } from './load-config.ts';
import { noticeWarnings } from './notices.ts';
import { nowOf } from './now.ts';
import { reportToStdout } from './report-to-stdout.ts';
import { loadSuppressions, suppressionPlaces } from './suppressions.ts';
import { jsonText } from './text-or-json.ts';

const DAY = 86_400;

/**
 * `waivers list`: every waiver, the next to end first.
 * @throws {UsageError} when the file cannot be read
 */
export async function listWaivers(asJson: boolean, flags: Flags, context: CliContext): Promise<void> {
  const effective = await loadEffectiveConfig(flags, context);
  if (!flags.isOn('--quiet')) noticeWarnings(effective.warnings, context);
  const { sources } = await loadSuppressions(flags, effective, context, { usesBaseline: false });
  const { uri } = suppressionPlaces(flags, effective.config, context).waivers;
  const now = epochSeconds(nowOf(flags.text('--now'), context)) ?? 0;
  const entries = (sources.waivers?.entries ?? []).toSorted((a, b) => a.ends - b.ends);
  const text = asJson
    ? jsonText({ file: sources.waivers?.uri ?? null, waivers: entries.map((each) => shown(each, now)) })
    : joinLines(entries.length === 0 ? [visible(`no waivers: ${uri}`)] : table(entries, now));
  await reportToStdout(context, text);
}

/** How a person names the object of a waiver. */
export function objectText(object: WaivedObject): string {
  if (object.by !== 'file') return `${object.by} ${object.value}`;
  const document = object.index === 0 ? '' : `[${object.index + 1}]`;
  return `${object.uri}${document}${object.pointer === '' ? '' : `#${object.pointer}`}`;
}

function shown(waiver: Waiver, now: number) {
  const { rule, object, kind, value, fingerprint, suppression, ends } = waiver;
  const { reason, approvedBy, ticket, created, expires, location } = suppression;
  const about =
    object.by === 'file'
      ? { file: object.uri, document: object.index + 1, pointer: object.pointer }
      : { [object.by]: object.value };
  return {
    rule,
    object: about,
    kind,
    ...(value === null ? {} : { value: value.json }),
    fingerprint,
    reason,
    approvedBy,
    ticket,
    created,
    expires,
    daysLeft: daysLeft(ends, now),
    isExpired: ends <= now,
    line: location?.range?.start.line ?? null,
  };
}

/** Whole days; none on the last one. */
function daysLeft(ends: number, now: number): number {
  return ends <= now ? 0 : Math.floor((ends - now - 1) / DAY);
}

const HEAD = ['until', 'days left', 'rule', 'object', 'approved by', 'reason'];

function table(entries: readonly Waiver[], now: number): readonly string[] {
  const rows = entries.map(({ rule, object, suppression, ends }) => [
    suppression.expires ?? '',
    ends <= now ? 'expired' : String(daysLeft(ends, now)),
    rule,
    objectText(object),
    suppression.approvedBy ?? '',
    suppression.reason,
  ]);
  const cells = [HEAD, ...rows].map((row) => row.map(visible));
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
