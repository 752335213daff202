import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding } from './finding.ts';

/** By file, position, rule, then message, all in code-point order. Problems and findings without a place come first in their file. */
export function sortFindings<F extends Pick<Finding, 'location' | 'rule' | 'message'>>(
  findings: readonly F[],
): readonly F[] {
  return findings.toSorted(
    (a, b) =>
      compareText(a.location.uri, b.location.uri) ||
      compareRange(a.location.range, b.location.range) ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}

export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) =>
      compareText(a.uri ?? '', b.uri ?? '') ||
      compareRange(a.range, b.range) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
}

function compareRange(a: Range | null, b: Range | null): number {
  return (a?.start.offset ?? -1) - (b?.start.offset ?? -1);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
