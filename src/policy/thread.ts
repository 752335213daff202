import { Worker } from 'node:worker_threads';
import { HEAP, inMebibytes, inSeconds } from './limits.ts';
import { PolicyError } from './policy-error.ts';
import type { WorkerAnswer, WorkerMessage, WorkerRequest, WorkerSetup } from './worker-protocol.ts';

type Waiting = {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (fault: Error) => void;
  /** Milliseconds that the answer may take. */
  readonly most: number | null;
};

/** Mebibytes for what a thread of ours allocates and lets go of, chunk after chunk. V8 would take three times as much. */
const YOUNG = 16;

/** A thread with one policy in it. It answers in the order that it is asked in, and one that did not answer in time is ended. */
export class PolicyThread {
  readonly #worker: Worker;
  #isReady = false;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Why it has ended. */
  #fault: Error | null = null;

  constructor(file: URL, setup: WorkerSetup) {
    this.#worker = new Worker(file, {
      workerData: setup,
      name: 'agentid-lint policy',
      // It needs nothing of the process, and has nothing to print.
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: HEAP,
        ...(setup.isOurs ? { maxYoungGenerationSizeMb: YOUNG } : {}),
      },
    });
    this.#worker.on('message', (message: WorkerMessage) => {
      if (message === 'ready') this.#startTimer();
      else this.#settle()?.resolve(message);
    });
    this.#worker.on('error', (error: Error) => {
      this.#end(this.#faultOf(error));
    });
    this.#worker.on('exit', () => {
      this.#end(new Error('the thread of a policy has ended'));
    });
  }

  /**
   * Asks and waits for the answer. The first question may be asked before the thread is there: it is answered as soon as
   * it is, whatever this thread does meanwhile, and its time begins only then.
   * @param most milliseconds, counted from the answer before; `null` waits however long it takes
   * @throws {PolicyError} with code `limit` when there was no answer in time, or not enough memory for it
   */
  ask(request: WorkerRequest, most: number | null): Promise<WorkerAnswer> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject, most });
      if (this.#isReady && this.#waiting.length === 1) this.#startTimer();
      this.#worker.postMessage(request);
    });
  }

  /** Ends it, whatever it is doing. */
  end(): void {
    this.#end(new Error('the thread of a policy was ended'));
  }

  #startTimer(): void {
    this.#isReady = true;
    const [waiting] = this.#waiting;
    const most = waiting?.most ?? null;
    if (most === null) return;
    const expire = () => {
      if (this.#waiting[0] === waiting)
        this.#end(new PolicyError('limit', `the policy exceeded ${inSeconds(most)}`));
    };
    // A busy thread sees its timers before its messages: the answer may be here already.
    this.#timer = setTimeout(() => setImmediate(expire), most);
  }

  #settle(): Waiting | undefined {
    clearTimeout(this.#timer);
    const waiting = this.#waiting.shift();
    this.#startTimer();
    return waiting;
  }

  #end(fault: Error): void {
    if (this.#fault !== null) return;
    this.#fault = fault;
    clearTimeout(this.#timer);
    for (const waiting of this.#waiting.splice(0)) waiting.reject(fault);
    void this.#worker.terminate();
  }

  #faultOf(error: Error): Error {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return new PolicyError('limit', `the policy exceeded ${inMebibytes(HEAP * 1024 ** 2)}`);
    if (this.#isReady) return error;
    const message = 'policy worker: cannot be started; reinstall the package';
    return new PolicyError('bundle', message, { cause: error });
  }
}
