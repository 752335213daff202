#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { existsSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { CliContext } from './context.ts';
import { STOPPED } from './errors.ts';
import { internalErrorText } from './internal-error.ts';
import { reason } from '../util/reason.ts';
import { VERSION } from './version.ts';

// Node 22 and later keep compiled code on disk between runs.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

process.on('uncaughtException', (error) => {
  writeSync(2, internalErrorText(error));
  process.exit(10);
});
let hasEnded = false;
// No way to end early may look like success.
process.on('exit', () => {
  if (!hasEnded) process.exitCode = 10;
});

const context: CliContext = {
  cwd: process.cwd(),
  env: process.env,
  terminal: { stdin: isatty(0), stdout: process.stdout.isTTY, stderr: process.stderr.isTTY },
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  runtime: `Node ${process.version}, ${process.platform} ${process.arch}`,
  nodeVersion: process.version,
  startedAt: Date.now(),
  elapsed: () => performance.now(),
  exists: existsSync,
  readStdin,
  writeStdout,
  ask: async (question) => {
    const { askLine } = await import('./other-commands.ts');
    return askLine(question, { input: process.stdin, output: process.stdout });
  },
  onInterrupt: (stop) => {
    // A second Ctrl-C ends the process as usual.
    process.once('SIGINT', stop);
  },
  onStop: (stop) => {
    const undo = () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    };
    const onSignal = (signal: NodeJS.Signals) => {
      // A second signal ends the process as usual.
      undo();
      stop(signal === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
    return undo;
  },
  now: Date.now,
  random: Math.random,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  process: { pid: process.pid, isRunning },
  progressColumns: () => (process.stderr.isTTY ? process.stderr.columns : undefined),
  writeStderr: (text) => {
    process.stderr.write(text);
  },
};

// A write that fails rejects in writeStdout, and nobody is left to be told of one to stderr; without listeners Node
// would throw both as uncaught errors.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

// Never process.exit(): it would cut off what a pipe has not taken yet.
process.exitCode = await main(process.argv.slice(2));
hasEnded = true;
if (Object.values<number>(STOPPED).includes(process.exitCode)) {
  // Threads and connections that still work are not waited for, only what was written.
  process.stdout.write('', () => process.exit());
}

/** The version is asked for by scripts and editors all the time, and needs nothing of the rest. */
async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    return printVersion();
  }
  const { run } = await import('./run.ts');
  return run(argv, context);
}

async function printVersion(): Promise<number> {
  try {
    await writeStdout(`${VERSION}\n`);
    return 0;
  } catch (error) {
    context.writeStderr(`error: could not write the version: ${reason(error)}\n`);
    return 10;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function readStdin(limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}

function writeStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      // `agentid-lint | head` closes the pipe early on purpose.
      if (error === null || error === undefined || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(error);
    });
  });
}
