import { existsSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { CliContext } from '../cli/context.ts';
import { STOPPED } from '../cli/errors.ts';
import { internalErrorText } from '../cli/internal-error.ts';
import { actionLog } from './log.ts';
import { runAction } from './run.ts';

process.on('uncaughtException', (error) => {
  writeSync(2, internalErrorText(error));
  process.exit(10);
});
let hasEnded = false;
// No way to end early may look like success.
process.on('exit', () => {
  if (!hasEnded) process.exitCode = 10;
});
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const inputs = Object.fromEntries(Object.entries(process.env).filter(([name]) => isInput(name)));
// Nothing that is started here needs the token.
for (const name of Object.keys(inputs)) Reflect.deleteProperty(process.env, name);

const context: CliContext = {
  cwd: process.cwd(),
  env: process.env,
  terminal: { stdin: false, stdout: false, stderr: false },
  columns: undefined,
  runtime: `Node ${process.version}, ${process.platform} ${process.arch}`,
  nodeVersion: process.version,
  startedAt: Date.now(),
  elapsed: () => performance.now(),
  exists: existsSync,
  readStdin: () => Promise.resolve(new Uint8Array()),
  writeStdout,
  ask: () => Promise.reject(new Error('nobody can be asked in a job')),
  onInterrupt: (stop) => {
    process.once('SIGINT', stop);
  },
  onStop: (stop) => {
    const undo = () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    };
    const onSignal = (signal: NodeJS.Signals) => {
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
  progressColumns: () => undefined,
  writeStderr: (text) => {
    process.stderr.write(text);
  },
};

// Never process.exit() after a report: it would cut off what a pipe has not taken yet.
process.exitCode = await runAction({
  inputs,
  context,
  log: actionLog({ write: writeStdout, randomBytes: context.randomBytes }),
  wait: async (milliseconds) => {
    await wait(milliseconds);
  },
});
hasEnded = true;
if (Object.values<number>(STOPPED).includes(process.exitCode)) process.stdout.write('', () => process.exit());

function isInput(name: string): boolean {
  return name.startsWith('INPUT_');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function writeStdout(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === null || error === undefined || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(error);
    });
  });
}
