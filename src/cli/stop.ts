import type { CliContext } from './context.ts';
import { InterruptedError, type StopSignal } from './errors.ts';

/** Milliseconds that work has to put down what it holds; a person who stops a command waits no longer. */
const GRACE = 700;

/**
 * Runs work that SIGINT and SIGTERM end: it is told by the signal, and has a moment to put down what it holds.
 * @throws {InterruptedError} when it was ended
 */
export async function untilStopped<T>(
  context: CliContext,
  work: (signal: AbortSignal) => Promise<T>,
  onStopped: () => void = () => undefined,
): Promise<T> {
  const controller = new AbortController();
  const stopped: { by?: StopSignal } = {};
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const undo = context.onStop((signal) => {
    stopped.by = signal;
    controller.abort();
    // Not waited for by the process itself.
    setTimeout(end, GRACE).unref();
  });
  const running = work(controller.signal);
  running.catch(() => undefined);
  try {
    const result = await Promise.race([running.then((value) => ({ value })), ended]);
    if (stopped.by === undefined && result !== undefined) return result.value;
  } catch (error) {
    if (stopped.by === undefined) throw error;
  } finally {
    undo();
  }
  onStopped();
  throw new InterruptedError('the command was stopped', { signal: stopped.by ?? 'SIGINT' });
}
