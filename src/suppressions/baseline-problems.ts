import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';

type CodeText = {
  /** The sentence used when the place knows nothing more exact to say. */
  readonly title: string;
  readonly hint: string;
};

const RESTORE =
  'Restore the file from version control. "agentid-lint baseline create" makes a new one once this one is gone.';

/** Every problem of a baseline. Codes are stable: they are documented. */
export const BASELINE_PROBLEMS = {
  'baseline-not-found': {
    title: 'There is no such baseline.',
    hint: '"agentid-lint baseline create" makes one.',
  },
  'baseline-other-format': {
    title: 'This is no baseline: its first line is not the header of one.',
    hint: RESTORE,
  },
  'baseline-other-version': {
    title: 'The baseline is of another version.',
    hint: 'Use the version of agentid-lint that wrote it, or a newer one.',
  },
  'baseline-merge-conflict': {
    title: 'A merge has left a conflict here.',
    hint: 'Keep the lines of both sides and remove the lines of the conflict: the order of lines does not matter between the first and the last.',
  },
  'baseline-cut-short': {
    title: 'The baseline is cut short: its last line must be the end mark, with a line break.',
    hint: RESTORE,
  },
  'baseline-text-after-end': {
    title: 'There is more after the end mark.',
    hint: 'Move the lines in front of the end mark, which is the last line.',
  },
  'baseline-invalid-line': {
    title: 'The line is no entry.',
    hint: RESTORE,
  },
  'baseline-missing-key': {
    title: 'A key is missing.',
    hint: RESTORE,
  },
  'baseline-unknown-key': {
    title: 'There is no such key.',
    hint: 'Remove it, or use the version of agentid-lint that wrote it.',
  },
  'baseline-invalid-value': {
    title: 'The value is not possible here.',
    hint: RESTORE,
  },
  'baseline-unknown-fingerprint': {
    title: 'This version does not know fingerprints of this kind.',
    hint: 'Use the version of agentid-lint that wrote it, or a newer one.',
  },
  'baseline-duplicate-entry': {
    title: 'The same entry twice.',
    hint: 'Remove one of the two lines.',
  },
  'baseline-line-too-long': {
    title: 'The line is too long for an entry.',
    hint: RESTORE,
  },
} as const satisfies { readonly [code: string]: CodeText };

export type BaselineProblemCode = keyof typeof BASELINE_PROBLEMS;

type Place = {
  readonly uri: string;
  readonly range: Range | null;
  /** Said instead of the code's own sentence. */
  readonly message?: string;
  readonly hint?: string;
  readonly related?: NonNullable<Problem['related']>;
};

export function baselineProblem(code: BaselineProblemCode, place: Place): Problem {
  const { title, hint } = BASELINE_PROBLEMS[code];
  return { code, message: title, hint, ...place };
}
