import { BASE } from '../html/styles/base.ts';
import { COLOURS } from '../html/styles/colours.ts';
import { PAGE } from '../html/styles/page.ts';
import { PICTURES } from '../html/styles/pictures.ts';
import { PRINT } from '../html/styles/print.ts';
import { TABLES } from '../html/styles/tables.ts';

/** Line charts. A stroke keeps its width however far the picture is stretched. */
const CHARTS = `
.chart { max-width: 60rem; }
.chart + .chart { margin-top: 2rem; }
figcaption { font-weight: 600; margin-bottom: 0.75rem; }
.plot { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.375rem 0.625rem; }
.ticks { height: 200px; display: flex; flex-direction: column; justify-content: space-between; text-align: right; }
.ticks span { line-height: 0; }
.ticks, .days { color: var(--quiet); font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.days { grid-column: 2; display: flex; justify-content: space-between; gap: 0.5rem; }
.plot svg { width: 100%; display: block; overflow: visible; }
.chart path { fill: none; vector-effect: non-scaling-stroke; }
.grid { stroke: var(--line); stroke-width: 1; }
.doubt { stroke: var(--warn); stroke-width: 2; stroke-dasharray: 1 4; }
.line { stroke-width: 2.5; stroke-linejoin: round; stroke: var(--info); }
.line.critical { stroke: var(--critical); stroke-width: 3.5; }
.line.high { stroke: var(--high); }
.line.medium { stroke: var(--medium); stroke-dasharray: 9 3; }
.line.low { stroke: var(--low); stroke-dasharray: 5 3; }
.line.info { stroke-dasharray: 2 3; }
.line.waiver { stroke: var(--plain); stroke-width: 3.5; }
.line.inline { stroke: var(--second); stroke-dasharray: 9 3; }
.line.baseline { stroke: var(--info); }
.line.exemption { stroke: var(--medium); stroke-dasharray: 5 3; }
.line.expired { stroke: var(--high); stroke-dasharray: 2 3; }
.chart .legend { list-style: none; padding: 0; margin-top: 0.75rem; }
.chart .legend b { color: var(--text); font-variant-numeric: tabular-nums; }
.key { vertical-align: 0.0625rem; margin-right: 0.5rem; }
@media print {
  .chart { break-inside: avoid; }
  .chart svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The style sheet of the page of a trend, on one line. */
export const TREND_STYLES = [COLOURS, BASE, PAGE, PICTURES, TABLES, CHARTS, PRINT]
  .join('\n')
  .replaceAll(/\s*\n\s*/g, '');
