import type { CliContext } from './context.ts';

const WIDEST = 100;
const WITHOUT_TERMINAL = 100;
const NARROWEST = 40;

/** Columns that text for people is wrapped to. */
export function textWidth({ columns = WITHOUT_TERMINAL }: Pick<CliContext, 'columns'>): number {
  return Math.max(NARROWEST, Math.min(WIDEST, columns));
}
