import type { OldFinding, TimeToFix, Trend, TrendRun } from '../../history/trend.ts';
import { moment } from '../html/moments.ts';
import { numberCell, table, type Section } from '../html/parts.ts';
import { markup, type Content, type Markup } from '../html/markup.ts';
import { severityBadge } from '../html/severity.ts';
import { SEVERITIES } from '../severity-order.ts';
import { shortFingerprint } from '../text.ts';
import { numberColumns, TIME_COLUMNS } from './cells.ts';
import { lineChart } from './chart.ts';
import { thinned } from './thinned.ts';
import { daysOf, endOf, SUPPRESSED_COLUMNS, TIME_NOTE, UNKNOWN_NOTE } from './words.ts';

/** Runs in a chart and in its table. */
const MOST_RUNS = 60;

/** The parts of the page, in the order that they are read. */
export function trendSections(trend: Trend): readonly Section[] {
  const { shown, note } = thinned(trend.runs, MOST_RUNS);
  if (shown.length === 0)
    return [section('runs', 'Runs', markup`<p class="quiet">There is no run to tell of.</p>`)];
  const which = note === null ? null : markup`<p class="quiet">Shown: ${note}.</p>`;
  return [
    section('findings', 'Findings', [findingsChart(shown), which, doubt(shown)]),
    section('suppressed', 'Waivers and what else is suppressed', suppressedChart(shown)),
    section('time', 'Time to fix', [timeTable(trend.timeToFix), markup`<p class="quiet">${TIME_NOTE}</p>`]),
    section('oldest', 'Oldest findings', oldTable(trend.oldest)),
    { ...section('runs', 'Run by run', [runsTable(shown), which]), note: String(trend.runs.length) },
  ];
}

function section(id: string, title: string, body: Content): Section {
  return { id, title, note: '', body };
}

function findingsChart(runs: readonly TrendRun[]): Markup {
  const lines = SEVERITIES.map((severity) => ({
    name: severity,
    tone: severity,
    values: runs.map(({ findings }) => findings[severity]),
  }));
  const title = 'Findings that are not known to be fixed, by severity';
  return lineChart({ title, label: `${title}: ${courseOf(lines)}`, lines, ...axis(runs) });
}

function suppressedChart(runs: readonly TrendRun[]): Markup {
  const lines = [
    ...SUPPRESSED_COLUMNS.map(({ kind, word }) => ({
      name: word,
      tone: kind,
      values: runs.map(({ suppressed }) => suppressed[kind]),
    })),
    { name: 'expired, and counting again', tone: 'expired', values: carried(runs) },
  ];
  const title = 'Findings that do not count, by what suppresses them';
  return lineChart({ title, label: `${title}: ${courseOf(lines)}`, lines, ...axis(runs) });
}

/** A run of a part does not say how many have expired: the number before it stays. */
function carried(runs: readonly TrendRun[]): readonly number[] {
  let last = 0;
  return runs.map(({ expired }) => {
    last = expired ?? last;
    return last;
  });
}

function axis(runs: readonly TrendRun[]): {
  readonly moments: readonly number[];
  readonly doubtful: readonly boolean[];
} {
  return { moments: runs.map(({ now }) => Date.parse(now)), doubtful: runs.map(isDoubtful) };
}

/** Whether the numbers of a run are not the whole answer. */
function isDoubtful({ incomplete, unknown, verdict }: TrendRun): boolean {
  return incomplete || unknown > 0 || verdict === 'error';
}

/** `critical from 2 to 0, high from 5 to 6`. */
function courseOf(lines: readonly { readonly name: string; readonly values: readonly number[] }[]): string {
  return lines
    .map(({ name, values }) => `${name} from ${values[0] ?? 0} to ${values.at(-1) ?? 0}`)
    .join(', ');
}

function doubt(runs: readonly TrendRun[]): Markup | null {
  return runs.some(isDoubtful) ? markup`<p class="warned">${UNKNOWN_NOTE}</p>` : null;
}

function timeTable(times: readonly TimeToFix[]): Markup {
  const rows = times.map(
    ({ severity, fixed, meanDays, open, meanAgeDays }) =>
      markup`<tr><th scope="row">${severityBadge(severity)}</th>${numberCell(fixed)}${daysCell(meanDays)}${numberCell(open)}${daysCell(meanAgeDays)}</tr>`,
  );
  return table({ caption: 'How long findings last, by severity', head: TIME_COLUMNS }, rows);
}

function daysCell(days: number | null): Markup {
  return markup`<td class="number${days === null ? ' nil' : ''}">${daysOf(days) ?? 'none'}</td>`;
}

function oldTable(oldest: readonly OldFinding[]): Markup {
  if (oldest.length === 0) return markup`<p class="quiet">Nothing is open.</p>`;
  const rows = oldest.map(
    ({ severity, since, days, rule, resource, state, fingerprint }) =>
      markup`<tr><th scope="row">${severityBadge(severity)}</th><td>${moment(since)}</td><td class="number">${daysOf(days)}</td><td>${rule}</td><td>${resource}</td><td>${state === 'open' ? 'open' : 'not judged since'}</td><td><code>${shortFingerprint({ fingerprint })}</code></td></tr>`,
  );
  const head = ['severity', 'since', 'age', 'rule', 'resource', 'state', 'fingerprint'];
  return table(
    { caption: 'Findings that are not known to be fixed, the oldest first', head, shape: 'wide' },
    rows,
  );
}

function runsTable(runs: readonly TrendRun[]): Markup {
  const columns = numberColumns(runs);
  const rows = runs.map(
    (run) =>
      markup`<tr><th scope="row">${moment(run.now)}</th><td>${endOf(run)}</td>${columns.map(({ cell }) => countCell(cell(run)))}</tr>`,
  );
  const head = ['run', 'ended', ...columns.map(({ title }) => title)];
  return table({ caption: 'Findings, and what is suppressed, after each run', head, shape: 'wide' }, rows);
}

function countCell(count: string | number | null): Markup {
  return typeof count === 'number'
    ? numberCell(count)
    : markup`<td class="number nil">${count ?? 'not told'}</td>`;
}
