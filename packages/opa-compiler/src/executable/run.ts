import { execFile, execFileSync } from 'node:child_process';
import { CompilerFaultError, CompilerUnavailableError } from '../errors.ts';

export type Ran = { readonly status: number; readonly stdout: string; readonly stderr: string };

const MAX_OUTPUT = 512 * 1024 * 1024;

/** Runs the executable in a folder. A status other than 0 is an answer; not to end in time is a fault. */
export function run(
  opa: string,
  args: readonly string[],
  { cwd, timeout }: { readonly cwd: string; readonly timeout: number },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(opa, args, { cwd, timeout, maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => {
      const code: unknown = error?.code ?? 0;
      if (typeof code === 'number') resolve({ status: code, stdout, stderr });
      else if (error?.killed === true)
        reject(new CompilerFaultError(`${opa} did not answer within ${timeout / 1000} s`, { cause: error }));
      else reject(new CompilerFaultError(`${opa} cannot be run: ${String(code)}`, { cause: error }));
    });
  });
}

/**
 * `opa 1.18.2 (executable)`.
 * @throws {CompilerUnavailableError} when it cannot be run or is not OPA
 */
export function executableIdentity(opa: string): string {
  let text: string;
  try {
    text = execFileSync(opa, ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (cause) {
    throw new CompilerUnavailableError(`${opa} cannot be run as an opa executable`, { cause });
  }
  const version = /^Version: (\S+)/m.exec(text)?.[1];
  if (version === undefined) throw new CompilerUnavailableError(`${opa} is no opa executable`);
  return `opa ${version} (executable)`;
}
