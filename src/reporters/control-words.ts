import type { ControlStatus, ReportedControl, ReportedFramework } from '../findings/report.ts';
import { count } from './text.ts';

/** What each status of a control is called, in the order in which they are counted. */
export const CONTROL_WORDS = {
  failed: 'failed',
  incomplete: 'incomplete',
  accepted: 'accepted',
  passed: 'passed',
  notEvaluated: 'not evaluated',
  notCovered: 'not covered',
} as const satisfies Record<ControlStatus, string>;

/** How many rules of a control say what. */
export type RuleCounts = {
  /** Nothing that counts was found by them; suppressed findings may have been. */
  readonly passed: number;
  readonly failed: number;
  /** They could not judge everything that they apply to. */
  readonly skipped: number;
  /** They are off, or had nothing to judge. */
  readonly idle: number;
};

export function ruleCounts({ rules }: ReportedControl): RuleCounts {
  const number = (...statuses: readonly ControlStatus[]) =>
    rules.filter(({ status }) => statuses.includes(status)).length;
  return {
    passed: number('passed', 'accepted'),
    failed: number('failed'),
    skipped: number('incomplete'),
    idle: number('notEvaluated'),
  };
}

/** `10 controls: 2 failed, 3 passed, 5 not covered`. */
export function controlCounts({ controls }: ReportedFramework): string {
  const told = Object.entries(CONTROL_WORDS).flatMap(([status, words]) => {
    const number = controls.filter((control) => control.status === status).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  return `${count(controls.length, 'control')}: ${told.join(', ')}`;
}

/** What a result by controls is not. */
export const CONTROLS_CAVEAT =
  'Evidence of configuration, as far as rules are about a control. It certifies nothing.';
