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

/** Signing in failed, or the tenant cannot be reached. Ends the command with code 5. */
export class TenantError extends Error {
  override readonly name = 'TenantError';
  readonly mistake: Mistake;

  constructor(mistake: Mistake) {
    super(mistake.message);
    this.mistake = mistake;
  }
}

/** By a signal's number, as shells have it. */
export const STOPPED = { SIGINT: 130, SIGTERM: 143 } as const;

export type StopSignal = keyof typeof STOPPED;

/** The person at the terminal, or the system, has ended the command. Nothing more is said. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;

  constructor(
    message?: string,
    { signal = 'SIGINT', ...options }: ErrorOptions & { signal?: StopSignal } = {},
  ) {
    super(message, options);
    this.exitCode = STOPPED[signal];
  }
}
