import type { Problem } from '../documents/problem.ts';
import type { Range } from '../documents/range.ts';
import { cut } from '../util/cut.ts';
import { looksSecret } from '../util/secret-text.ts';

type CodeText = {
  /** The sentence used when the place knows nothing more exact to say. */
  readonly title: string;
  readonly hint: string;
};

const EVERY_RULE = '"agentid-lint rules list" shows every rule.';
const DATE =
  'Write a date like 2027-01-31, which holds through that day in UTC, or a time like 2027-01-31T12:00:00Z.';
const REASON = 'Say why the risk is accepted, in words that a reviewer understands.';
const DAYS = 'Choose an earlier end. "waivers.maxDays" in the config says how many days there may be.';

/** Every problem of waivers and of what stands beside findings. Codes are stable: they are documented. */
export const SUPPRESSION_PROBLEMS = {
  'waiver-cut-short': {
    title: 'The file does not end with a line break, as if it were cut short.',
    hint: 'Look whether its end is missing; then add a line break.',
  },
  'waiver-several-documents': {
    title: 'A waivers file is one document.',
    hint: 'Remove the line "---", and keep one list.',
  },
  'waiver-unknown-key': { title: 'There is no such key.', hint: 'Remove it.' },
  'waiver-missing-key': { title: 'A key is missing.', hint: 'Add it.' },
  'waiver-invalid-value': {
    title: 'The value is not possible here.',
    hint: 'docs/suppressing.md lists what is.',
  },
  'waiver-invalid-object': {
    title: 'A waiver is about one resource.',
    hint: 'Name it by one of file, id, appId and uniqueName.',
  },
  'waiver-invalid-date': { title: 'This is no date.', hint: DATE },
  'waiver-not-yet': {
    title: '"created" is in the future.',
    hint: 'Write the day on which the waiver is approved.',
  },
  'waiver-ends-before-it-begins': {
    title: '"expires" is before "created".',
    hint: 'Write the last day of the waiver under "expires".',
  },
  'waiver-too-long': { title: 'The waiver is for longer than the config allows.', hint: DAYS },
  'waiver-after-expires': {
    title: 'What a waiver is about stands before "expires".',
    hint: 'Move "expires" to the end of the entry: so a file that was cut short never waives more.',
  },
  'waiver-no-reason': { title: 'The reason says nothing.', hint: REASON },
  'waiver-secret': {
    title: 'This holds what looks like a secret.',
    hint: 'Remove it, and replace the secret: everybody who reads the file has seen it.',
  },
  'waiver-unknown-rule': { title: 'There is no such rule.', hint: EVERY_RULE },
  'waiver-rule-not-waivable': {
    title: 'The findings of this rule may not be waived.',
    hint: 'Remove the entry and fix what the rule finds.',
  },
  'waiver-unknown-fingerprint': {
    title: 'This version does not know fingerprints of this kind.',
    hint: 'A fingerprint is "v1:" and 32 hex digits; reports as JSON have it.',
  },
  'waiver-overlap': {
    title: 'Two waivers are about the same.',
    hint: 'Keep one of them: nobody could tell which reason and which end hold.',
  },
  'waiver-contradiction': {
    title: 'A waiver names a value or a fingerprint, not both.',
    hint: 'Keep one of them: a fingerprint knows its value.',
  },

  'inline-malformed': {
    title: 'This does not read as a suppression.',
    hint: 'Write: agentid-lint-ignore <rule> until=<date> <reason>, with approved-by=<who> and ticket=<id> before the reason.',
  },
  'inline-no-end': { title: 'There is no end: until=<date> is missing.', hint: DATE },
  'inline-invalid-date': { title: 'This is no date.', hint: DATE },
  'inline-too-long': { title: 'The suppression is for longer than the config allows.', hint: DAYS },
  'inline-no-reason': { title: 'There is no reason.', hint: REASON },
  'inline-no-approver': {
    title: 'The config asks who approved it.',
    hint: 'Add approved-by=<who> before the reason.',
  },
  'inline-unknown-rule': { title: 'There is no such rule.', hint: EVERY_RULE },
  'inline-rule-not-waivable': {
    title: 'The findings of this rule may not be suppressed.',
    hint: 'Remove this and fix what the rule finds.',
  },
  'inline-not-allowed': {
    title: 'The findings of this rule may not be suppressed beside them.',
    hint: 'Write a waiver instead, or fix what the rule finds.',
  },
  'inline-secret': {
    title: 'This holds what looks like a secret.',
    hint: 'Remove it, and replace the secret: everybody who reads the file has seen it.',
  },
} as const satisfies { readonly [code: string]: CodeText };

export type SuppressionProblemCode = keyof typeof SUPPRESSION_PROBLEMS;

type Place = {
  readonly uri: string;
  readonly range: Range | null;
  /** Said instead of the code's own sentence. */
  readonly message?: string;
  readonly hint?: string;
  readonly related?: NonNullable<Problem['related']>;
};

export function suppressionProblem(code: SuppressionProblemCode, place: Place): Problem {
  const { title, hint } = SUPPRESSION_PROBLEMS[code];
  return { code, message: title, hint, ...place };
}

const LONGEST_NAME = 60;

/** A name that an author wrote, in a message: short, marked as not ours, and not when it looks like a secret. */
export function quoted(name: string): string {
  return `"${looksSecret(name) ? '…' : cut(name, LONGEST_NAME)}"`;
}
