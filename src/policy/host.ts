import { cut } from '../util/cut.ts';
import { BUILTIN_CALLS, notProvided, provided } from './imports.ts';
import { PolicyError } from './policy-error.ts';

/** A policy in memory of its own. */
export type Hosted = {
  readonly instance: WebAssembly.Instance;
  readonly memory: WebAssembly.Memory;
  /** Of OPA's WebAssembly interface. */
  readonly minorVersion: number;
};

/** What a policy is given to live in. */
export type Room = {
  /** Pages of 64 KiB. */
  readonly memory: { readonly initial: number; readonly maximum: number };
  /** Looks at JSON text of the policy before it is parsed, and throws when it must not be. */
  readonly checkText: (json: Uint8Array) => void;
};

/** For our own rules. Pre-sized so that V8 is not made to collect garbage at every page that a policy asks for. */
export const OUR_ROOM: Room = { memory: { initial: 256, maximum: 16_384 }, checkText: () => undefined };

/** Characters that are repeated of what a policy says of itself. */
export const MOST_WORDS = 300;

/** The fast path `opa_eval` came with this version of the interface. */
const INTERFACE = { major: 1, minor: 2 };

/**
 * Instantiates a policy that OPA compiled. The host functions are ours and not the SDK's, which print to stdout and
 * look for the end of a text beyond the end of memory for ever.
 * @throws {PolicyError} with code `bundle` when the module is not an OPA policy, or asks for anything but what OPA's host gives
 */
export function host(module: WebAssembly.Module, room: Room): Hosted {
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (provided(from, name) === undefined) throw notProvided(from, name);
  }
  const memory = new WebAssembly.Memory(room.memory);
  const instance = new WebAssembly.Instance(module, {
    env: {
      memory,
      opa_abort: (address: number) => {
        throw new Error(cut(textAt(memory, address), MOST_WORDS));
      },
      // Stdout is the report, and a policy has nothing to add to it but findings.
      opa_println: () => undefined,
      ...Object.fromEntries(BUILTIN_CALLS.map((name) => [name, refuseBuiltin])),
    },
  });
  const minorVersion = minorVersionOf(instance);
  const hosted = { instance: { exports: bounded(instance, memory, room) }, memory, minorVersion };
  checkBuiltins(hosted);
  return hosted;
}

/** A module that names none as needed may still call one. */
function refuseBuiltin(): never {
  throw new Error('it called a built-in function that is not provided');
}

function minorVersionOf({ exports }: WebAssembly.Instance): number {
  const major = numberIn(exports['opa_wasm_abi_version']);
  const minor = numberIn(exports['opa_wasm_abi_minor_version']);
  if (major === null || minor === null) throw notAPolicy();
  if (major !== INTERFACE.major || minor < INTERFACE.minor) {
    throw new PolicyError(
      'bundle',
      `the policy needs version ${major}.${minor} of OPA's interface, 1.2 or later is provided`,
    );
  }
  return minor;
}

/** Built-in functions the module expects of its host. Ours compile to none; the capabilities file keeps it so. */
function checkBuiltins({ instance, memory }: Hosted): void {
  const list = functionIn(instance.exports, 'opa_json_dump')(functionIn(instance.exports, 'builtins')());
  const needed = Object.keys(JSON.parse(textAt(memory, list)) as object).sort();
  if (needed.length === 0) return;
  const names = cut(needed.join(', '), MOST_WORDS);
  throw new PolicyError('bundle', `the policy needs built-in functions that are not provided: ${names}`);
}

/** The exports, with the answers of those whose text the SDK reads up to a NUL checked to have one, and no more than may be. */
function bounded(
  { exports }: WebAssembly.Instance,
  memory: WebAssembly.Memory,
  { checkText }: Room,
): WebAssembly.Instance['exports'] {
  const checked = ['opa_eval', 'opa_json_dump'].map((name) => {
    const original = functionIn(exports, name);
    const wrapped = (...args: readonly number[]): number => {
      const address = original(...args);
      const end = endOf(memory, address);
      checkText(new Uint8Array(memory.buffer, address, end - address));
      return address;
    };
    return [name, wrapped] as const;
  });
  return { ...exports, ...Object.fromEntries(checked) };
}

function textAt(memory: WebAssembly.Memory, address: number): string {
  return Buffer.from(memory.buffer).toString('utf8', address, endOf(memory, address));
}

/** The place of the NUL that ends the text at an address. */
export function endOf({ buffer }: WebAssembly.Memory, address: number): number {
  const end = address >= 0 && address < buffer.byteLength ? Buffer.from(buffer).indexOf(0, address) : -1;
  if (end < 0) throw new RangeError('it gave an address beyond its memory');
  return end;
}

function numberIn(global: unknown): number | null {
  if (typeof global !== 'object' || global === null || !('value' in global)) return null;
  return typeof global.value === 'number' ? global.value : null;
}

/** A function that a policy exports. */
export function functionIn(
  exports: WebAssembly.Instance['exports'],
  name: string,
): (...args: readonly number[]) => number {
  const exported = exports[name];
  if (!isFunction(exported)) throw notAPolicy();
  return exported;
}

function isFunction(value: unknown): value is (...args: readonly number[]) => number {
  return typeof value === 'function';
}

function notAPolicy(): PolicyError {
  return new PolicyError('bundle', 'the module is not an OPA policy');
}
