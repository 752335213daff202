/** The outside world of a command, so that only `main.ts` touches `process`. */
export type CliContext = {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** Whether the stream is a terminal. */
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Cells in a line of the terminal; `undefined` when stdout is none. */
  readonly columns: number | undefined;
  /** Node's version and the platform, for bug reports. */
  readonly runtime: string;
  /** Milliseconds since 1970-01-01T00:00:00Z when the command started. */
  readonly startedAt: number;
  /** A monotonic clock in milliseconds, for `--stats`. */
  readonly elapsed: () => number;
  /** Whether something is at the absolute path. */
  readonly exists: (path: string) => boolean;
  /** All of stdin, or a little more than `limit` bytes of it. */
  readonly readStdin: (limit: number) => Promise<Uint8Array>;
  /**
   * Writes the report. Resolves when everything is written or the reader has gone.
   * @throws {Error} when the text could not be written
   */
  readonly writeStdout: (text: string) => Promise<void>;
  /**
   * Asks the person at the terminal for a line.
   * @throws {InterruptedError} when they end the command instead
   */
  readonly ask: (question: string) => Promise<string>;
  /** Has Ctrl-C call `stop`, once, instead of ending the process. */
  readonly onInterrupt: (stop: () => void) => void;
  /** Notices for people; never part of the report. */
  readonly writeStderr: (text: string) => void;
};
