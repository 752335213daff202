import type { ControlStatus, Report } from '../findings/report.ts';
import { cellWidth } from './cell-width.ts';
import { CONTROL_WORDS, controlCounts, CONTROLS_CAVEAT, ruleCounts } from './control-words.ts';
import { visible } from './escape.ts';
import type { Style, Tone } from './style.ts';

const TONES = {
  failed: 'problem',
  incomplete: 'medium',
  accepted: 'dim',
  passed: 'good',
  notEvaluated: 'dim',
  notCovered: 'dim',
} as const satisfies Record<ControlStatus, Tone>;

const HEAD = ['control', 'status', 'rules', 'passed', 'failed', 'skipped', 'title'] as const;

/** The result by the controls of a framework: a line for each, with how many rules say what. Nothing without a framework. */
export function controlLines({ framework }: Report, style: Style): string[] {
  if (framework === null) return [];
  const rows = framework.controls.map((control) => {
    const { passed, failed, skipped } = ruleCounts(control);
    const numbers = [control.rules.length, passed, failed, skipped].map(String);
    return {
      status: control.status,
      cells: [control.id, CONTROL_WORDS[control.status], ...numbers, control.title].map(visible),
    };
  });
  const widths = HEAD.map((title, column) =>
    Math.max(...[title, ...rows.map(({ cells }) => cells[column] ?? '')].map(widthOf)),
  );
  const line = (cells: readonly string[], tone: Tone | null) =>
    `  ${cells.map((cell, column) => dressed(cell, { column, width: widths[column] ?? 0, tone, style })).join('  ')}`.trimEnd();
  return [
    style.paint('bold', `${visible(framework.title)} (${visible(framework.id)})`),
    style.paint('dim', line(HEAD, null)),
    ...rows.map(({ status, cells }) => line(cells, TONES[status])),
    `  ${controlCounts(framework)}. ${CONTROLS_CAVEAT}`,
    '',
  ];
}

type Cell = {
  readonly column: number;
  readonly width: number;
  /** Of the status; `null` in the head. */
  readonly tone: Tone | null;
  readonly style: Style;
};

function dressed(text: string, { column, width, tone, style }: Cell): string {
  const isLast = column === HEAD.length - 1;
  const space = ' '.repeat(isLast ? 0 : Math.max(0, width - widthOf(text)));
  if (column > 1 && !isLast) return space + text;
  return `${tone !== null && column === 1 ? style.paint(tone, text) : text}${space}`;
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + cellWidth(character), 0);
}
