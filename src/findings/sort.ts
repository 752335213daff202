import { compareCodePoints } from '../documents/code-points.ts';
import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import type { Finding } from './finding.ts';

/** By file, position, rule, message, then pointer, all in code-point order. Problems and findings without a place come first in their file. */
export function sortFindings<F extends Pick<Finding, 'location' | 'rule' | 'message'>>(
  findings: readonly F[],
): readonly F[] {
  return findings.toSorted(
    (a, b) =>
      compareCodePoints(a.location.uri, b.location.uri) ||
      compareRange(a.location.range, b.location.range) ||
      compareCodePoints(a.rule, b.rule) ||
      compareCodePoints(a.message, b.message) ||
      // Absent properties of one parent are all placed at it.
      compareCodePoints(a.location.pointer, b.location.pointer),
  );
}

export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted(
    (a, b) =>
      compareCodePoints(a.uri ?? '', b.uri ?? '') ||
      compareRange(a.range, b.range) ||
      compareCodePoints(a.code, b.code) ||
      compareCodePoints(a.message, b.message),
  );
}

function compareRange(a: Range | null, b: Range | null): number {
  return (a?.start.offset ?? -1) - (b?.start.offset ?? -1);
}
