import { usageError } from './errors.ts';
import type { Flags } from './flags.ts';

/**
 * Runs what may need OPA's compiler.
 * @throws {UsageError} when an executable was named that cannot be used
 */
export async function withNamedOpa<T>(flags: Flags, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const named = flags.text('--opa');
    // The compiler is loaded when it is needed, so its errors are told by their names.
    if (named === undefined || !(error instanceof Error) || error.name !== 'CompilerUnavailableError')
      throw error;
    throw usageError(
      `${named.source}: ${error.message}`,
      'Name an opa executable, or leave the option out to use the compiler that comes along.',
    );
  }
}
