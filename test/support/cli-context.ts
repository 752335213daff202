import type { CliContext } from '../../src/cli/context.ts';
import { run } from '../../src/cli/run.ts';

export type CliRun = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Runs the command line in this process: for what only a program that has it inside can ask of it. */
export async function runInside(
  argv: readonly string[],
  parts: Pick<CliContext, 'cwd'> & Partial<CliContext>,
): Promise<CliRun> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await run(argv, {
    env: {},
    terminal: { stdin: false, stdout: false, stderr: false },
    columns: undefined,
    runtime: 'test',
    nodeVersion: 'v0.0.0',
    startedAt: Date.parse('2026-11-23T00:00:00Z'),
    elapsed: () => 0,
    exists: () => false,
    readStdin: () => Promise.resolve(new Uint8Array()),
    writeStdout: (text) => {
      stdout.push(text);
      return Promise.resolve();
    },
    ask: () => Promise.reject(new Error('nobody is asked in tests')),
    onInterrupt: () => undefined,
    onStop: () => () => undefined,
    now: () => 0,
    random: () => 0,
    randomBytes: (length) => new Uint8Array(length),
    process: { pid: 1, isRunning: () => false },
    progressColumns: () => undefined,
    writeStderr: (text) => {
      stderr.push(text);
    },
    ...parts,
  });
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}
