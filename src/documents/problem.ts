import type { Range } from './range.ts';

/**
 * Input that cannot be read or does not fit its schema. `code` is stable and kebab-case, `message` is one
 * sentence, `hint` says what to do. Neither ever repeats a value from the input that could be a secret.
 */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Path of the file relative to the working directory, with forward slashes; `null` when no file is meant. */
  readonly uri: string | null;
  readonly range: Range | null;
  /** Other places that belong to the problem, such as the first of two duplicate keys. */
  readonly related?: readonly { readonly message: string; readonly range: Range }[];
};
