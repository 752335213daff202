import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The top of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The command line as it is published. */
const CLI = join(ROOT, 'dist', 'cli.js');

/** The moment that tests judge expiry against. */
export const NOW = '2026-11-23T00:00:00Z';

if (!existsSync(CLI)) {
  throw new Error(
    'dist/cli.js is missing. The end-to-end tests run what was built: run "npm run build" first.',
  );
}

/** Shells, signals, links and pipes as the tests use them. */
export const POSIX = process.platform !== 'win32';

/** File names there may be any bytes, and differ by case and by Unicode form. */
export const LINUX = process.platform === 'linux';

type Variables = { readonly [name: string]: string };

export type RunOptions = {
  /** The top of the repository when absent. */
  readonly cwd?: string;
  /** Everything that the process sees besides PATH. */
  readonly env?: Variables;
  readonly stdin?: string | Uint8Array;
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
  /** A copy of the built command line, to run instead. */
  readonly cli?: string;
};

export type Run = {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Compiled rules of these tests; not the cache of whoever runs them. */
const CACHE = mkdtempSync(join(tmpdir(), 'agentid-lint-cache-'));
process.on('exit', () => {
  rmSync(CACHE, { recursive: true, force: true });
});

/** An environment in which nothing of the machine or the test runner is left. */
export function cleanEnv(env: Variables = {}): Variables {
  // Windows starts nothing without its SystemRoot.
  const machine = ['PATH', 'SystemRoot'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...(Object.fromEntries(machine) as Variables), AGENTID_LINT_CACHE_DIR: CACHE, ...env };
}

/** Starts the built command line; its streams are pipes. */
export function start(
  args: readonly string[],
  { cwd = ROOT, env, node = [], cli = CLI }: RunOptions = {},
): ChildProcess {
  return spawn(process.execPath, [...node, cli, ...args], { cwd, env: cleanEnv(env) });
}

/** Runs the built command line to its end. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return ended(start(args, options), options.stdin);
}

/** Runs a shell script in which `$CLI` is the built command line. */
export function shell(script: string, { cwd = ROOT, env, stdin }: RunOptions = {}): Promise<Run> {
  const variables = { CLI: `${process.execPath} ${CLI}`, ...cleanEnv(env) };
  return ended(spawn('bash', ['--norc', '-c', script], { cwd, env: variables }), stdin);
}

function ended(child: ChildProcess, stdin: RunOptions['stdin'] = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    // A command that ends without reading its input is no fault.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const [stdout, stderr] = [out, err].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      resolve({ status, signal, stdout: stdout ?? '', stderr: stderr ?? '' });
    });
  });
}

export type Files = { readonly [name: string]: string | Uint8Array };

/** A folder with these files that is gone when the test is; outside of any repository, with its links resolved. */
export function folderWith(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'agentid-lint-e2e-')));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFiles(folder, files);
  return folder;
}

function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
