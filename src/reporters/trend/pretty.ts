import type { OldFinding, Trend, TrendRun } from '../../history/trend.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { joinLines, visible } from '../escape.ts';
import type { ReporterOptions } from '../reporter.ts';
import { SEVERITIES } from '../severity-order.ts';
import { styleFor, type Style } from '../style.ts';
import { shortFingerprint, wrapWords } from '../text.ts';
import { runTable, TIME_COLUMNS, timeCells } from './cells.ts';
import { thinned } from './thinned.ts';
import { daysOf, MOST_RUNS, spanOf, TIME_NOTE, UNKNOWN_NOTE } from './words.ts';

const BARS = '▁▂▃▄▅▆▇█';
const WIDTH = 100;

/** A trend for the screen: a line of bars for each severity, the runs, how long findings last, and the oldest. */
export function trendPretty(trend: Trend, options: ReporterOptions): string {
  const style = styleFor(options);
  const head = style.paint('bold', `${visible(trend.source ?? 'no source')} · ${spanOf(trend)}`);
  if (trend.runs.length === 0) return joinLines([head]);
  const { shown, note } = thinned(trend.runs, MOST_RUNS);
  return joinLines([
    head,
    '',
    ...barLines(shown, style),
    '',
    ...tableLines(runTable(shown), style),
    ...quiet([...(note === null ? [] : [`Shown: ${note}.`]), ...unknownNotes(shown)], style),
    '',
    ...tableLines([TIME_COLUMNS, ...trend.timeToFix.map(timeCells)], style),
    ...quiet([TIME_NOTE], style),
    ...(trend.oldest.length === 0 ? [] : ['', style.paint('dim', 'Oldest findings')]),
    ...trend.oldest.map((each) => oldLine(each, style)),
  ]);
}

/** As high as the most that any severity had, so that lines can be compared. Something is never drawn as nothing. */
function barLines(runs: readonly TrendRun[], style: Style): readonly string[] {
  const most = Math.max(1, ...runs.flatMap(({ findings }) => Object.values(findings)));
  const levels = BARS.length - 1;
  const bars = (severity: Severity) =>
    runs.map(({ findings }) => BARS.charAt(Math.ceil((findings[severity] / most) * levels))).join('');
  const width = Math.max(...SEVERITIES.map(({ length }) => length));
  return SEVERITIES.map((severity) => {
    const [first, last] = [runs[0]?.findings[severity] ?? 0, runs.at(-1)?.findings[severity] ?? 0];
    return `  ${style.paint(severity, severity.padEnd(width))}  ${bars(severity)}  ${first} → ${last}`;
  });
}

/** Columns below each other: words to the left, numbers to the right. All that is in them is our own. */
function tableLines(rows: readonly (readonly string[])[], style: Style): readonly string[] {
  const [head = []] = rows;
  const widths = head.map((_title, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const isWord = (column: number) => column === 0 || head[column] === 'ended';
  return rows.map((cells, index) => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isWord(column) ? cell.padEnd(width) : cell.padStart(width);
    });
    const line = `  ${padded.join('  ')}`.trimEnd();
    return index === 0 ? style.paint('dim', line) : line;
  });
}

function unknownNotes(runs: readonly TrendRun[]): readonly string[] {
  return runs.some(({ unknown, incomplete }) => unknown > 0 || incomplete) ? [UNKNOWN_NOTE] : [];
}

function quiet(sentences: readonly string[], style: Style): readonly string[] {
  return sentences.flatMap((sentence) =>
    wrapWords(sentence.split(' '), WIDTH).map((line) => `  ${style.paint('dim', line)}`),
  );
}

function oldLine(finding: OldFinding, style: Style): string {
  const { severity, days, rule, resource, state } = finding;
  const notJudged = state === 'unknown' ? ' (not judged since)' : '';
  return `  ${style.paint(severity, severity)}  ${daysOf(days) ?? ''}  ${visible(rule)}  ${visible(resource)}  ${style.paint('dim', shortFingerprint(finding))}${notJudged}`;
}
