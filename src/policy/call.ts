import { endOf, functionIn } from './host.ts';
import { PAGE } from './limits.ts';

/** What a call needs of a policy that is loaded, by the SDK's names. */
export type Callable = {
  /** Numbers of the entrypoints by name. */
  readonly entrypoints: unknown;
  readonly wasmInstance: WebAssembly.Instance;
  /** Where the data is, and where memory is free behind it. */
  readonly dataAddr: number;
  readonly dataHeapPtr: number;
};

/** JSON text, whole, in parts that follow each other, or in UTF-8. */
export type PolicyInput = string | readonly string[] | Uint8Array;

/**
 * Evaluates an entrypoint as the SDK does on the fast path of the interface, version 1.2: the input is written behind the
 * data, and the answer is text. The SDK would encode it elsewhere first, and look for the end of the answer byte by byte.
 * @param input `null` for none
 */
export function call(
  policy: Callable,
  memory: WebAssembly.Memory,
  entrypoint: string,
  input: PolicyInput | null,
): unknown {
  const number = numberOf(policy.entrypoints, entrypoint);
  const start = policy.dataHeapPtr;
  const size = input === null ? 0 : write(input, memory, start);
  const evaluate = functionIn(policy.wasmInstance.exports, 'opa_eval');
  const address = evaluate(0, number, policy.dataAddr, size === 0 ? 0 : start, size, start + size, 0);
  const end = endOf(memory, address);
  return JSON.parse(Buffer.from(memory.buffer, address, end - address).toString('utf8'));
}

function numberOf(entrypoints: unknown, name: string): number {
  const isThere = typeof entrypoints === 'object' && entrypoints !== null && Object.hasOwn(entrypoints, name);
  const number: unknown = isThere ? (entrypoints as Record<string, unknown>)[name] : undefined;
  if (typeof number !== 'number') throw new RangeError(`entrypoint ${name} is not valid in this instance`);
  return number;
}

const encoder = new TextEncoder();

/** Writes an input, in more memory when it takes more, and gives the bytes that it takes. */
function write(input: PolicyInput, memory: WebAssembly.Memory, start: number): number {
  if (input instanceof Uint8Array) {
    grow(memory, start + input.length);
    new Uint8Array(memory.buffer, start).set(input);
    return input.length;
  }
  const parts = typeof input === 'string' ? [input] : input;
  let end = start;
  for (const part of parts) {
    // No UTF-16 unit takes more than three bytes, and counting them takes as long as writing them.
    if (end + 3 * part.length > memory.buffer.byteLength) grow(memory, end + Buffer.byteLength(part));
    end += encoder.encodeInto(part, new Uint8Array(memory.buffer, end)).written;
  }
  return end - start;
}

/** Makes memory at least so long. */
function grow(memory: WebAssembly.Memory, length: number): void {
  const missing = length - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

/** The parts of a text in UTF-8. */
export function bytesOfParts(parts: readonly string[]): Uint8Array<ArrayBuffer> {
  // Nearly all of it is ASCII.
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    const { read, written } = encoder.encodeInto(part, bytes.subarray(end));
    if (read < part.length) return encoder.encode(parts.join(''));
    end += written;
  }
  return bytes;
}
