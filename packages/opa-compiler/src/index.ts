import { compilerOver } from './compiler.ts';
import { ExecutableBackend } from './executable/backend.ts';
import { executableIdentity } from './executable/run.ts';
import type { Compiler, OpenOptions } from './types.ts';
import { WasmBackend, wasmIdentity } from './wasm/backend.ts';

export { CompilerFaultError, CompilerUnavailableError } from './errors.ts';
export type * from './types.ts';

const TIMEOUT = 600_000;

/**
 * Opens OPA's compiler: the WebAssembly that this package carries, or the executable that is named. The WebAssembly
 * starts with the first request and stays until `close`.
 * @throws {CompilerUnavailableError} when there is none
 */
export function openCompiler({ opa, timeout = TIMEOUT }: OpenOptions = {}): Compiler {
  return compilerOver(opa === undefined ? new WasmBackend(timeout) : new ExecutableBackend(opa, timeout));
}

/**
 * What `openCompiler` would give as its identity, without starting anything but a named executable.
 * @throws {CompilerUnavailableError} when the executable cannot be run or is not OPA
 */
export function compilerIdentity({ opa }: Pick<OpenOptions, 'opa'> = {}): string {
  return opa === undefined ? wasmIdentity() : executableIdentity(opa);
}
