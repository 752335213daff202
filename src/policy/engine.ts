import * as sdk from '@open-policy-agent/opa-wasm';
import { call, type Callable, type PolicyInput } from './call.ts';
import { cut } from '../util/cut.ts';
import { host, MOST_WORDS, OUR_ROOM, type Room } from './host.ts';
import { inMebibytes, PAGE } from './limits.ts';
import { PolicyError } from './policy-error.ts';

/** What the engine uses of the SDK's policy object; its own types say `any` throughout. */
type LoadedPolicy = Callable & { setData(data: ArrayBuffer): void };
type Sdk = {
  readonly LoadedPolicy: new (
    instance: WebAssembly.Instance,
    memory: WebAssembly.Memory,
    minorVersion: number,
  ) => LoadedPolicy;
};

// The SDK's ES module exports `LoadedPolicy` on its default export only, its types say otherwise.
const { LoadedPolicy } = (sdk as unknown as { readonly default: Sdk }).default;

/** A policy as OPA wrote it, or as it is once WebAssembly has been compiled. */
export type PolicyModule = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/**
 * One compiled policy with its data, ready to evaluate. An instance that threw is thrown away and replaced
 * before the next evaluation: an exception leaves a WebAssembly stack that is never unwound, and after some
 * hundreds of them every answer would be wrong or fail.
 */
export class PolicyEngine {
  readonly #module: WebAssembly.Module;
  readonly #room: Room;
  #data: ArrayBuffer;
  #loaded: Loaded | null = null;

  /**
   * @param policy compiled by OPA
   * @param data JSON text of the policy's `data`
   * @throws {PolicyError} with code `bundle` when the module is not an OPA policy or needs a built-in function that is not there
   */
  constructor(policy: PolicyModule, data: string, room: Room = OUR_ROOM) {
    this.#data = bytesOf(data);
    this.#room = room;
    try {
      this.#module = policy instanceof WebAssembly.Module ? policy : new WebAssembly.Module(policy);
      this.#loaded = this.#instantiate();
    } catch (cause) {
      throw cause instanceof PolicyError
        ? cause
        : new PolicyError('bundle', `the policy cannot be loaded: ${words(cause)}`, { cause });
    }
  }

  /** The policy as it was compiled, to be handed to other threads. */
  get module(): WebAssembly.Module {
    return this.#module;
  }

  /** The entrypoints that it says it has. */
  entrypoints(): readonly string[] {
    return Object.keys(this.#loaded?.policy.entrypoints ?? {});
  }

  /**
   * Replaces the data.
   * @throws {PolicyError} with code `evaluation` or `limit` when the policy cannot take it
   */
  provide(data: string): void {
    this.#data = bytesOf(data);
    this.#loaded = null;
    this.#attempt(() => undefined);
  }

  /**
   * The value of an entrypoint for an input, or without one (`null`).
   * @throws {PolicyError} with code `evaluation` or `limit` when the policy breaks, `receipt` when the entrypoint is undefined
   */
  evaluate(entrypoint: string, input: PolicyInput | null): unknown {
    const answer = this.#attempt(({ policy, memory }) => call(policy, memory, entrypoint, input));
    const [first] = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
    if (typeof first !== 'object' || first === null || !('result' in first)) {
      throw new PolicyError('receipt', `the policy gave no answer for ${entrypoint}`);
    }
    return first.result;
  }

  #attempt<T>(use: (loaded: Loaded) => T): T {
    try {
      this.#loaded ??= this.#instantiate();
      return use(this.#loaded);
    } catch (cause) {
      const fault = this.#fault(cause);
      this.#loaded = null;
      throw fault;
    }
  }

  #fault(cause: unknown): PolicyError {
    const { initial, maximum } = this.#room.memory;
    const used = this.#loaded?.memory.buffer.byteLength ?? 0;
    const isFull = NO_MEMORY.test(words(cause)) || (maximum > initial && used === maximum * PAGE);
    return isFull
      ? new PolicyError('limit', `the policy exceeded ${inMebibytes(maximum * PAGE)}`, { cause })
      : new PolicyError('evaluation', `the policy broke: ${words(cause)}`, { cause });
  }

  #instantiate(): Loaded {
    const { instance, memory, minorVersion } = host(this.#module, this.#room);
    const policy = new LoadedPolicy(instance, memory, minorVersion);
    policy.setData(this.#data);
    return { policy, memory };
  }
}

type Loaded = { readonly policy: LoadedPolicy; readonly memory: WebAssembly.Memory };

/** What OPA's run-time aborts with when it can allocate no more, and what V8 says when the SDK asks for more. */
const NO_MEMORY = /^(?:opa_malloc: failed|WebAssembly\.Memory\.grow\(\))/;

/** The SDK takes only an exact `ArrayBuffer` as JSON text; a view or a pooled buffer would read as no input at all. */
function bytesOf(json: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(json);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

/** The SDK throws strings besides errors. */
function words(cause: unknown): string {
  return cut(cause instanceof Error ? cause.message : String(cause), MOST_WORDS);
}
