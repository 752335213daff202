import { createInterface } from 'node:readline/promises';
import { InterruptedError } from './errors.ts';

type Terminal = { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream };

/**
 * Asks for a line at a terminal.
 * @throws {InterruptedError} on Ctrl-C, and on Ctrl-D in place of an answer
 */
export async function askLine(question: string, { input, output }: Terminal): Promise<string> {
  const editor = createInterface({ input, output, terminal: true });
  const left = new AbortController();
  const leave = () => {
    left.abort();
  };
  editor.on('SIGINT', leave);
  editor.on('close', leave);
  try {
    return await editor.question(question, { signal: left.signal });
  } catch (cause) {
    if (!left.signal.aborted) throw cause;
    throw new InterruptedError('the terminal was left', { cause });
  } finally {
    editor.close();
  }
}
