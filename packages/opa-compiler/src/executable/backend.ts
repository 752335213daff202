import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Backend, Operation, RawAnswer } from '../backend.ts';
import { operations } from './operations.ts';
import { executableIdentity, run } from './run.ts';

/** OPA's own command line over a temporary folder; the same answers as its WebAssembly gives. */
export class ExecutableBackend implements Backend {
  readonly identity: string;
  readonly #opa: string;
  readonly #timeout: number;

  /** @throws {CompilerUnavailableError} when it cannot be run or is not OPA */
  constructor(opa: string, timeout: number) {
    this.#opa = opa;
    this.#timeout = timeout;
    this.identity = executableIdentity(opa);
  }

  readonly call: Backend['call'] = async (operation, args) => {
    const folder = mkdtempSync(join(tmpdir(), 'opa-compiler-'));
    try {
      const cwd = join(folder, 'modules');
      mkdirSync(cwd);
      return await this.#answer(operation, args as { readonly [name: string]: unknown }, cwd);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  readonly close = (): Promise<void> => Promise.resolve();

  #answer(operation: Operation, args: { readonly [name: string]: unknown }, cwd: string): Promise<RawAnswer> {
    return operations[operation](args, {
      opa: (words) => run(this.#opa, words, { cwd, timeout: this.#timeout }),
      write: (path, text) => {
        mkdirSync(dirname(join(cwd, path)), { recursive: true });
        writeFileSync(join(cwd, path), text);
      },
      read: (path) => readFileSync(join(cwd, path)),
    });
  }
}
