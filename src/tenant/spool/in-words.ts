import { reason } from '../../util/reason.ts';
import { SpoolError } from './problem.ts';

/** The same with faults of the disk in words. */
export async function usable<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw inWords(folder, error);
  }
}

/** The same of what is iterated. */
export async function* usableEach<T>(folder: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    throw inWords(folder, error);
  }
}

function inWords(folder: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'syscall' in cause)) return cause;
  const message = `The work folder ${folder} cannot be used: ${reason(cause)}.`;
  return new SpoolError('spool-unusable', message, { cause });
}
