import type { CliContext } from '../cli/context.ts';
import { run } from '../cli/run.ts';

/** What our command line did. */
export type CommandResult = {
  readonly exitCode: number;
  /** What it would print: untrusted text. */
  readonly stdout: string;
  readonly stderr: string;
};

/** Where a command runs; `trusted` is the folder that stands for it wherever settings and own rules are read. */
export type CommandPlace = { readonly cwd: string; readonly trusted: string | null };

/** Runs our own command line in this process, and keeps what it prints. */
export async function runCommand(
  argv: readonly string[],
  { cwd, trusted }: CommandPlace,
  context: CliContext,
): Promise<CommandResult> {
  const printed: string[] = [];
  const told: string[] = [];
  const exitCode = await run(argv, {
    ...context,
    cwd,
    ...(trusted === null ? {} : { trusted: { cwd: trusted } }),
    terminal: { stdin: false, stdout: false, stderr: false },
    columns: undefined,
    progressColumns: () => undefined,
    writeStdout: (text) => {
      printed.push(text);
      return Promise.resolve();
    },
    writeStderr: (text) => {
      told.push(text);
    },
  });
  return { exitCode, stdout: printed.join(''), stderr: told.join('') };
}
