/**
 * Waits until everything has ended, and only then rejects with the first rejection: nothing goes on behind the back of
 * whoever cleans up.
 */
export async function allEnded(promises: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(promises);
  for (const promise of promises) await promise;
}
