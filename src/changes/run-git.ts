import { execFile } from 'node:child_process';
import { parse } from 'node:path';
import { GitError } from './git-error.ts';

/** Where git is asked, and the environment that it is started in. */
export type GitPlace = {
  /** Absolute. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
};

export type GitCall = {
  readonly args: readonly string[];
  /** `-c` settings of this call, over those of every call. */
  readonly settings?: readonly string[];
  /** Settings that must not stand on a command line, which other users of the machine can read. */
  readonly secretSettings?: readonly { readonly key: string; readonly value: string }[];
  /** Transports that it may use; none when absent. */
  readonly protocols?: readonly ('https' | 'http' | 'file')[];
  readonly timeoutMs?: number;
};

/** What git has answered. It may have refused: then the code is not 0. */
export type GitAnswer = { readonly code: number; readonly stdout: string; readonly stderr: string };

const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/**
 * What a repository's own configuration may not decide: whoever can write it could name programs in it.
 * https://git-scm.com/docs/git-config
 */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.alternateRefsCommand=',
  'core.pager=cat',
  'core.askPass=',
  'core.quotePath=false',
  'credential.helper=',
  'diff.autoRefreshIndex=true',
  'gc.auto=0',
  'maintenance.auto=false',
];

/** Of git's own variables, those that say how this machine reaches others and where its user's settings are. */
const KEPT_VARIABLES = [
  'GIT_CEILING_DIRECTORIES',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_EXEC_PATH',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
];

/**
 * Asks git, without a shell, a terminal, a hook, a pager or a network that the call does not name.
 * @throws {GitError} when there is no git, or it does not end in time
 */
export function runGit(call: GitCall, { cwd, env }: GitPlace): Promise<GitAnswer> {
  const settings = [...SETTINGS, ...(call.settings ?? [])].flatMap((setting) => ['-c', setting]);
  const args = ['-C', cwd, '--no-pager', '--no-replace-objects', ...settings, ...call.args];
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      {
        // A bare name is looked for in the folder that a program is started in, on Windows and with "." in PATH: never
        // in one whose files are judged.
        cwd: parse(cwd).root,
        env: environment(call, env),
        encoding: 'utf8',
        maxBuffer: MAX_OUTPUT_BYTES,
        timeout: call.timeoutMs ?? TIMEOUT_MS,
        killSignal: 'SIGKILL',
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(broken(error));
      },
    );
    child.stdin?.end();
  });
}

function environment(
  { secretSettings = [], protocols = [] }: GitCall,
  env: GitPlace['env'],
): Record<string, string | undefined> {
  const others = Object.entries(env).filter(
    ([name]) => !/^(?:GIT|SSH_ASKPASS)/i.test(name) || KEPT_VARIABLES.includes(name),
  );
  const secrets = secretSettings.flatMap(({ key, value }, index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(others),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    // Set and empty: nobody is asked for a password, whatever the configuration names.
    GIT_ASKPASS: '',
    // Nothing here writes to the index.
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: protocols.length === 0 ? 'none' : protocols.join(':'),
    ...(protocols.length === 0 ? { GIT_NO_LAZY_FETCH: '1' } : {}),
    GIT_CONFIG_COUNT: String(secretSettings.length),
    ...(Object.fromEntries(secrets) as Record<string, string>),
  };
}

function broken(error: Error & { readonly code?: unknown; readonly killed?: boolean }): GitError {
  if (error.code === 'ENOENT')
    return new GitError(
      'git-missing',
      'what has changed is told by git, and there is no git here',
      'Install it, or run without --changed and --since.',
    );
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return new GitError('failed', 'git has answered more than can be read', 'Compare with a later commit.');
  if (error.killed === true) return new GitError('timed-out', 'git has not answered in time');
  return new GitError('failed', 'git could not be run');
}
