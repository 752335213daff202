import type { OldFinding, Trend } from '../../history/trend.ts';
import { lines, page, table, type Block } from '../markdown/block.ts';
import { code } from '../markdown/inline.ts';
import { runTable, TIME_COLUMNS, timeCells } from './cells.ts';
import { thinned } from './thinned.ts';
import { daysOf, minuteOf, MOST_RUNS, spanOf, TIME_NOTE, UNKNOWN_NOTE } from './words.ts';

/** As much as GitHub takes for the summary of a step: https://docs.github.com/actions/reference/limits */
const MOST_BYTES = 1024 * 1024;

/** A trend as GitHub's Markdown. */
export function trendMarkdown(trend: Trend): string {
  const { shown, note } = thinned(trend.runs, MOST_RUNS);
  const first = ['## Findings over time', '', `${code(trend.source ?? 'no source')}: ${spanOf(trend)}`];
  const [columns = [], ...rows] = runTable(shown);
  const runs = table('Runs', columns, rows);
  const times = table('Time to fix', TIME_COLUMNS, trend.timeToFix.map(timeCells));
  const oldest = table('Oldest findings', OLD_COLUMNS, trend.oldest.map(oldCells));
  const blocks: readonly Block[] = [
    ...runs,
    ...(shown.length === 0 ? [] : [lines(['', `${UNKNOWN_NOTE}${note === null ? '' : ` Shown: ${note}.`}`])]),
    ...times,
    lines(['', TIME_NOTE]),
    ...oldest,
  ];
  return page(first, blocks, MOST_BYTES);
}

const OLD_COLUMNS = ['severity', 'since', 'age', 'rule', 'resource', 'state', 'fingerprint'];

function oldCells({
  severity,
  since,
  days,
  rule,
  resource,
  state,
  fingerprint,
}: OldFinding): readonly string[] {
  return [
    severity,
    minuteOf(since),
    daysOf(days) ?? '',
    code(rule),
    code(resource),
    state,
    code(fingerprint),
  ];
}
