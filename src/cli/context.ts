import type { StopSignal } from './errors.ts';

/** The outside world of a command, so that only `main.ts` touches `process`. */
export type CliContext = {
  readonly cwd: string;
  /**
   * Folder that stands for the working directory wherever settings and own rules are read; set when the files that are
   * judged are a change of somebody who may not change the settings.
   */
  readonly trusted?: { readonly cwd: string };
  readonly env: { readonly [name: string]: string | undefined };
  /** Whether the stream is a terminal. */
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Cells in a line of the terminal; `undefined` when stdout is none. */
  readonly columns: number | undefined;
  /** Node's version and the platform, for bug reports. */
  readonly runtime: string;
  /** Of Node: `v24.1.0`. */
  readonly nodeVersion: string;
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
  /** Has SIGINT and SIGTERM call `stop`, once, instead of ending the process. What is returned undoes it. */
  readonly onStop: (stop: (signal: StopSignal) => void) => () => void;
  /** Milliseconds since 1970-01-01T00:00:00Z; for tokens and for files that several runs share. */
  readonly now: () => number;
  /** A number from 0 to 1, so that waiting runs do not come back at the same time. */
  readonly random: () => number;
  /** So many bytes that nobody can guess. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** This process, and whether another one of a number runs. */
  readonly process: { readonly pid: number; readonly isRunning: (pid: number) => boolean };
  /** Columns of the terminal that stderr is; `undefined` when it is none. */
  readonly progressColumns: () => number | undefined;
  /** Notices for people; never part of the report. */
  readonly writeStderr: (text: string) => void;
};
