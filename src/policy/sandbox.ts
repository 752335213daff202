import type { PolicyBundle } from './bundle.ts';
import { documentsOf, ruleEntrypoint, targetEntrypoint } from './chunks.ts';
import { ANSWER, inMebibytes, inSeconds, PAGE, type EvaluationLimits } from './limits.ts';
import { checkModule } from './module-check.ts';
import { PolicyError } from './policy-error.ts';
import type { Judgement } from './receipt.ts';
import type { Subject } from './subject.ts';
import { targetsOf } from './surface.ts';
import { PolicyThread } from './thread.ts';
import type { WorkerAnswer, WorkerRequest, WorkerSetup } from './worker-protocol.ts';

export type SandboxOptions = {
  readonly limits: EvaluationLimits;
  /** The built worker, `dist/policy-worker.js`. */
  readonly worker: URL;
};

/** An answer that is no fault. */
type Answered = Exclude<WorkerAnswer, { readonly fault: unknown }>;

/**
 * A policy bundle that is not ours, in a thread of its own with an end to its time and memory. A thread whose policy
 * went beyond is ended and replaced; an instance that broke is replaced inside its thread.
 */
export class PolicySandbox {
  readonly #name: string;
  readonly #options: SandboxOptions;
  readonly #setup: WorkerSetup;
  readonly #loaded: Promise<void>;
  readonly #used = { time: 0, bytes: 0, findings: 0 };
  #thread: PolicyThread | null = null;
  #data = { data: '{}', resources: 0 };
  #hasData = false;
  #spent: PolicyError | null = null;

  /**
   * Starts the thread and loads the policy there, while the caller does something else.
   * @throws {PolicyError} with code `bundle` when the module may not even be compiled
   */
  constructor(bundle: PolicyBundle, options: SandboxOptions) {
    this.#name = bundle.source.name;
    this.#options = options;
    try {
      this.#setup = setupOf(bundle, options.limits.memory);
    } catch (fault) {
      throw this.#named(fault);
    }
    this.#loaded = this.#start();
    // Whoever waits for it is told.
    this.#loaded.catch(() => undefined);
  }

  /** Why nothing of the bundle is evaluated any more; `null` as long as it is. */
  get spent(): PolicyError | null {
    return this.#spent;
  }

  /**
   * Waits until the policy is loaded. One that takes too long to load is no error here: it is `spent`.
   * @throws {PolicyError} with code `bundle` when it cannot be used
   */
  async loaded(): Promise<void> {
    await this.#loaded;
  }

  /** The JSON text of the data that subjects are judged with, and how many resources the run has. */
  provide(data: string, resources: number): void {
    this.#data = { data, resources };
    this.#hasData = false;
  }

  /**
   * The judgement of each subject, in order, by an entrypoint that runs these rules.
   * @throws {PolicyError} when the policy broke; with code `limit` when it must not be asked the same again
   */
  async judge(
    entrypoint: string,
    subjects: readonly Subject[],
    rules: readonly number[],
  ): Promise<readonly Judgement[]> {
    const thread = await this.#ready();
    const documents = documentsOf(subjects).join('');
    const refs = subjects.map(({ ref }) => ref);
    const answer = await this.#ask(thread, { ask: 'judge', entrypoint, documents, refs, rules });
    return 'judgements' in answer ? answer.judgements : [];
  }

  /**
   * The value of an entrypoint without an input.
   * @throws {PolicyError} as `judge`
   */
  async value(entrypoint: string): Promise<unknown> {
    const answer = await this.#ask(await this.#ready(), { ask: 'value', entrypoint });
    return 'value' in answer ? answer.value : undefined;
  }

  /** Ends the thread; nothing may be asked afterwards. */
  close(): void {
    this.#thread?.end();
  }

  async #ready(): Promise<PolicyThread> {
    await this.#loaded;
    if (this.#thread === null && this.#spent === null) await this.#restart();
    if (this.#thread !== null && !this.#hasData) await this.#handOver(this.#thread);
    if (this.#thread === null || this.#spent !== null) throw this.#spent ?? new TypeError('no thread');
    return this.#thread;
  }

  async #start(): Promise<void> {
    this.#thread = new PolicyThread(this.#options.worker, this.#setup);
    this.#hasData = false;
    try {
      await this.#ask(this.#thread, { ask: 'load' });
    } catch (fault) {
      if (!isLimit(fault)) throw this.#named(fault);
      this.#spend(`${afterPolicy(fault)} while they were loaded`);
    }
  }

  async #restart(): Promise<void> {
    try {
      await this.#start();
    } catch (fault) {
      if (!(fault instanceof PolicyError)) throw fault;
      this.#spend('could not be loaded a second time');
    }
  }

  async #handOver(thread: PolicyThread): Promise<void> {
    try {
      await this.#ask(thread, { ask: 'provide', ...this.#data });
      this.#hasData = true;
    } catch (fault) {
      if (!(fault instanceof PolicyError)) throw fault;
      this.#spend(`${afterPolicy(fault)} with the data of this run`);
    }
  }

  async #ask(thread: PolicyThread, request: WorkerRequest): Promise<Answered> {
    const { call, bundle } = this.#options.limits;
    const most = Math.min(call, bundle - this.#used.time);
    if (most <= 0) throw this.#spend(`exceeded ${inSeconds(bundle)} in all`);
    let answer: WorkerAnswer;
    try {
      answer = await thread.ask(request, most);
    } catch (fault) {
      if (!isLimit(fault)) throw fault;
      this.#thread = null;
      this.#used.time += most;
      throw most < call ? this.#spend(`exceeded ${inSeconds(bundle)} in all`) : fault;
    }
    this.#count(answer);
    if (!('fault' in answer)) return answer;
    // Its memory is not waited for until it is collected.
    if (answer.fault.code === 'limit') this.#drop();
    throw new PolicyError(answer.fault.code, answer.fault.message);
  }

  #count(answer: WorkerAnswer): void {
    this.#used.time += answer.time;
    this.#used.bytes += answer.bytes;
    if ('judgements' in answer)
      for (const { findings } of answer.judgements) this.#used.findings += findings.length;
    if (this.#used.bytes > ANSWER.bytesInAll)
      throw this.#spend(`gave more than ${inMebibytes(ANSWER.bytesInAll)} of answers in all`);
    if (this.#used.findings > ANSWER.findingsInAll)
      throw this.#spend(`gave more than ${ANSWER.findingsInAll} findings in all`);
  }

  /** The first reason stays. */
  #spend(reason: string): PolicyError {
    this.#drop();
    this.#spent ??= new PolicyError('limit', `the policies from ${this.#name} ${reason}`);
    return this.#spent;
  }

  #drop(): void {
    this.#thread?.end();
    this.#thread = null;
  }

  #named(fault: unknown): unknown {
    if (!(fault instanceof PolicyError)) return fault;
    return new PolicyError(fault.code, `${this.#name}: ${fault.message}`, { cause: fault });
  }
}

function setupOf({ wasm, catalogue }: PolicyBundle, ceiling: number): WorkerSetup {
  const needed = checkModule(wasm, ceiling);
  const maximum = Math.min(Math.floor(ceiling / PAGE), MOST_PAGES);
  return {
    wasm,
    isOurs: false,
    memory: { initial: Math.max(needed, Math.min(FIRST_PAGES, Math.floor(maximum / 4))), maximum },
    entrypoints: [
      ...targetsOf(catalogue.rules).map(targetEntrypoint),
      ...catalogue.rules.map((_, number) => ruleEntrypoint(number)),
    ],
  };
}

/** Of memory, to begin with; see `OUR_ROOM`. */
const FIRST_PAGES = 256;
/** Of memory with 32-bit addresses. */
const MOST_PAGES = 65_536;

function isLimit(fault: unknown): fault is PolicyError {
  return fault instanceof PolicyError && fault.code === 'limit';
}

/** `the policy exceeded 10 s` → `exceeded 10 s`. */
function afterPolicy({ message }: PolicyError): string {
  return message.replace(/^the policy /, '');
}
