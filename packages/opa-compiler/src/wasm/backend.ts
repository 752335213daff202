import { Worker } from 'node:worker_threads';
import type { Backend, RawAnswer, RawError } from '../backend.ts';
import { artifactRecord, requireArtifact, WORKER } from '../artifact.ts';
import { CompilerFaultError } from '../errors.ts';
import type { Modules } from '../types.ts';
import type { Effort } from './tiering.ts';

/** OPA in a worker that lives until it is closed, so that only the first request pays for its start. */
export class WasmBackend implements Backend {
  readonly identity = wasmIdentity();
  readonly #timeout: number;
  #worker: Worker | null = null;
  #effort: Effort = 'brief';
  /** Requests wait for the one before them. */
  #last: Promise<unknown> = Promise.resolve();

  /** @throws {CompilerUnavailableError} when the artifact was not built */
  constructor(timeout: number) {
    requireArtifact();
    this.#timeout = timeout;
  }

  readonly call: Backend['call'] = (operation, args) => {
    const effort = operation === 'test' && testsIn(args) > MANY_TESTS ? 'long' : 'brief';
    const request = JSON.stringify({ operation, arguments: args });
    const answer = this.#last.then(() => this.#request(request, effort));
    this.#last = answer.catch(() => undefined);
    return answer;
  };

  readonly close = async (): Promise<void> => {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  };

  async #request(request: string, effort: Effort): Promise<RawAnswer> {
    if (effort === 'long' && this.#effort === 'brief') await this.close();
    if (this.#worker === null) this.#effort = effort;
    this.#worker ??= startWorker(effort);
    const worker = this.#worker;
    worker.ref();
    try {
      const { result, errors, fault } = await answerOf(worker, request, this.#timeout);
      if (fault !== undefined) throw new CompilerFaultError(`the Rego compiler broke: ${fault}`);
      return errors === undefined ? { result } : { errors };
    } catch (error) {
      // What is left of it is not to be trusted.
      await this.close();
      throw error;
    } finally {
      // A compiler that waits for work keeps no process alive.
      worker.unref();
    }
  }
}

/** With more tests than these, a worker that runs long is the faster one. */
const MANY_TESTS = 100;

function testsIn(args: object): number {
  const { modules = {} } = args as { readonly modules?: Modules };
  return Object.values(modules).reduce((sum, text) => sum + (text.match(/^test_/gm)?.length ?? 0), 0);
}

function startWorker(effort: Effort): Worker {
  // Node warns that node:wasi is experimental; what changes could break, our tests run.
  const execArgv = ['--no-warnings'];
  return new Worker(WORKER, { workerData: effort, execArgv, stdout: true, stderr: true });
}

type Answer = {
  readonly result?: unknown;
  readonly errors?: readonly RawError[];
  /** How the program itself failed. */
  readonly fault?: string;
};

function answerOf(worker: Worker, request: string, timeout: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const listeners = {
      message: (text: string) => {
        settle(() => {
          resolve(JSON.parse(text) as Answer);
        });
      },
      error: (cause: Error) => {
        fail(`the Rego compiler broke: ${cause.message}`, cause);
      },
      exit: (code: number) => {
        fail(`the Rego compiler ended with code ${code}`);
      },
    };
    const timer = setTimeout(() => {
      fail(`the Rego compiler did not answer within ${timeout / 1000} s`);
    }, timeout);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
      end();
    };
    const fail = (reason: string, cause?: unknown) => {
      settle(() => {
        reject(new CompilerFaultError(reason, { cause }));
      });
    };
    for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
    worker.postMessage(request);
  });
}

/** Of the artifact that the committed record describes; it is what `npm run build:compiler` gives. */
export function wasmIdentity(): string {
  const { opa, digest } = artifactRecord();
  return `opa ${opa} (wasm ${digest})`;
}
