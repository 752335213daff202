import { WASI } from 'node:wasi';

/** The running compiler. */
export type Reactor = { readonly call: (request: string) => string };

type Exports = {
  readonly memory: WebAssembly.Memory;
  readonly reserve: (size: number) => number;
  readonly handle: () => bigint;
};

/** Starts a compiler. It is given no file, no argument and no environment of ours. */
export function startReactor(module: WebAssembly.Module): Reactor {
  const wasi = new WASI({ version: 'preview1', args: ['opa'], env: {} });
  const instance = new WebAssembly.Instance(module, imports(wasi));
  wasi.initialize(instance);
  const { memory, reserve, handle } = instance.exports as unknown as Exports;
  return {
    call: (request) => {
      const bytes = new TextEncoder().encode(request);
      const target = reserve(bytes.length) >>> 0;
      // Only now: to make room may have replaced the buffer.
      new Uint8Array(memory.buffer, target, bytes.length).set(bytes);
      const place = BigInt.asUintN(64, handle());
      const address = Number(place >> 32n);
      const length = Number(place & 0xffff_ffffn);
      return new TextDecoder().decode(new Uint8Array(memory.buffer, address, length));
    },
  };
}

type Functions = { readonly [name: string]: (...args: unknown[]) => unknown };

/**
 * Node's own functions, each behind one of ours: called directly, V8's fast path for them crashes the process once the
 * memory has grown (seen with `poll_oneoff` on Node 20).
 */
function imports(wasi: WASI): { readonly [module: string]: Functions } {
  const { wasi_snapshot_preview1: functions } = wasi.getImportObject() as {
    readonly wasi_snapshot_preview1: Functions;
  };
  const wrapped = Object.entries(functions).map(
    ([name, call]) => [name, (...args: unknown[]) => call(...args)] as const,
  );
  return { wasi_snapshot_preview1: Object.fromEntries(wrapped) };
}
