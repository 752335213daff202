/** One thing that the user has to put right. */
export type Mistake = {
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | null;
};

/** The user's move: the command line or the config is wrong. Ends the command with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(({ message }) => message).join('; '));
    this.mistakes = mistakes;
  }
}

/** A single mistake as an error. */
export function usageError(message: string, hint: string | null = null): UsageError {
  return new UsageError([{ message, hint }]);
}

/** A report could not be written. Ends the command with code 10. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

/** The person at the terminal has ended the command. Ends it with code 130, and with nothing more to say. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
