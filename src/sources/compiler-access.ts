import type { Compiler } from '../../packages/opa-compiler/src/types.ts';
import { errorCode } from '../documents/file-kind.ts';
import type { CompilerAccess } from './compile.ts';

/** Access to one compiler, to be closed in the end; closing one that was never opened does nothing. */
export type OwnedCompiler = CompilerAccess & { readonly close: () => Promise<void> };

/** The package of the compiler is optional, and is not installed. */
class CompilerNotInstalledError extends Error {
  override readonly name = 'CompilerUnavailableError';
}

/**
 * The compiler that comes along as an optional package, or the `opa` executable that is named. Its package is loaded
 * when it is first needed.
 */
export function compilerAccess(opa: string | null): OwnedCompiler {
  const options = opa === null ? {} : { opa };
  let opened: Compiler | null = null;
  return {
    identity: async () => (await compilerPackage()).compilerIdentity(options),
    open: async () => (opened ??= (await compilerPackage()).openCompiler(options)),
    close: async () => {
      await opened?.close();
      opened = null;
    },
  };
}

async function compilerPackage() {
  try {
    return await import('@agentid-lint/opa-compiler');
  } catch (cause) {
    if (errorCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    const message = 'the package @agentid-lint/opa-compiler is not installed';
    throw new CompilerNotInstalledError(message, { cause });
  }
}
