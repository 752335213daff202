import { sumOf } from './coverage.ts';
import { reaches, type Share, type Threshold } from './threshold.ts';
import type { TestedFolder } from './types.ts';

/** What came of all folders together. */
export type TestVerdict = {
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly tests: {
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    /** Of those that failed, those about which the engines say different things. */
    readonly differing: number;
  };
  readonly examples: { readonly passed: number; readonly failed: number };
  /** `null` when it was not asked for, or could not be told. */
  readonly coverage: (Share & { readonly isReached: boolean }) | null;
};

/** Problems come before everything; then whether there was anything to test; then whether all of it passed. */
export function verdictOf(folders: readonly TestedFolder[], threshold: Threshold | null): TestVerdict {
  const tests = folders.flatMap((folder) => folder.tests);
  const examples = folders.flatMap((folder) => folder.examples);
  const isTold = folders.length > 0 && folders.every(({ coverage }) => coverage !== null);
  const share = isTold ? sumOf(folders.flatMap(({ coverage }) => coverage ?? [])) : null;
  const coverage =
    share === null ? null : { ...share, isReached: threshold === null || reaches(share, threshold) };
  const isFailed = [...tests, ...examples].some(({ outcome }) => outcome === 'fail');
  return {
    exitCode: exitCodeOf({
      isBroken: folders.some(({ problems }) => problems.length > 0),
      isEmpty: tests.length + examples.length === 0,
      isFailed: isFailed || coverage?.isReached === false,
    }),
    tests: {
      passed: tests.filter(({ outcome }) => outcome === 'pass').length,
      failed: tests.filter(({ outcome }) => outcome === 'fail').length,
      skipped: tests.filter(({ outcome }) => outcome === 'skip').length,
      differing: tests.filter(({ differs }) => differs).length,
    },
    examples: {
      passed: examples.filter(({ outcome }) => outcome === 'pass').length,
      failed: examples.filter(({ outcome }) => outcome === 'fail').length,
    },
    coverage,
  };
}

type Seen = { readonly isBroken: boolean; readonly isEmpty: boolean; readonly isFailed: boolean };

function exitCodeOf({ isBroken, isEmpty, isFailed }: Seen): TestVerdict['exitCode'] {
  if (isBroken) return 2;
  if (isEmpty) return 3;
  return isFailed ? 1 : 0;
}
