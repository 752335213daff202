import * as sdk from '@open-policy-agent/opa-wasm';
import { host } from './host.ts';
import { PolicyError } from './policy-error.ts';

/** What the engine uses of the SDK's policy object; its own types say `any` throughout. */
type LoadedPolicy = {
  evaluate(input: ArrayBuffer, entrypoint: string): unknown;
  setData(data: ArrayBuffer): void;
};
type Sdk = {
  readonly LoadedPolicy: new (
    instance: WebAssembly.Instance,
    memory: WebAssembly.Memory,
    minorVersion: number,
  ) => LoadedPolicy;
};

// The SDK's ES module exports `LoadedPolicy` on its default export only, its types say otherwise.
const { LoadedPolicy } = (sdk as unknown as { readonly default: Sdk }).default;

/**
 * One compiled policy with its data, ready to evaluate. An instance that threw is thrown away and replaced
 * before the next evaluation: an exception leaves a WebAssembly stack that is never unwound, and after some
 * hundreds of them every answer would be wrong or fail.
 */
export class PolicyEngine {
  readonly #module: WebAssembly.Module;
  readonly #data: ArrayBuffer;
  #policy: LoadedPolicy | null = null;

  /**
   * @param wasm the policy, compiled by OPA
   * @param data JSON text of the policy's `data`
   * @throws {PolicyError} with code `bundle` when the module is not an OPA policy or needs a built-in function that is not there
   */
  constructor(wasm: Uint8Array<ArrayBuffer>, data: string) {
    this.#data = bytesOf(data);
    try {
      this.#module = new WebAssembly.Module(wasm);
      this.#policy = this.#instantiate();
    } catch (cause) {
      throw cause instanceof PolicyError
        ? cause
        : new PolicyError('bundle', `the policy cannot be loaded: ${words(cause)}`, { cause });
    }
  }

  /**
   * The value of an entrypoint for an input given as JSON text.
   * @throws {PolicyError} with code `evaluation` when the policy breaks, `receipt` when the entrypoint is undefined
   */
  evaluate(entrypoint: string, input: string): unknown {
    let answer: unknown;
    try {
      this.#policy ??= this.#instantiate();
      answer = this.#policy.evaluate(bytesOf(input), entrypoint);
    } catch (cause) {
      this.#policy = null;
      throw new PolicyError('evaluation', `the policy broke: ${words(cause)}`, { cause });
    }
    const [first] = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
    if (typeof first !== 'object' || first === null || !('result' in first)) {
      throw new PolicyError('receipt', `the policy gave no answer for ${entrypoint}`);
    }
    return first.result;
  }

  #instantiate(): LoadedPolicy {
    const { instance, memory, minorVersion } = host(this.#module);
    const policy = new LoadedPolicy(instance, memory, minorVersion);
    policy.setData(this.#data);
    return policy;
  }
}

/** The SDK takes only an exact `ArrayBuffer` as JSON text; a view or a pooled buffer would read as no input at all. */
function bytesOf(json: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(json);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

/** The SDK throws strings besides errors. */
function words(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
