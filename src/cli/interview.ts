import type { CliContext } from './context.ts';
import { UsageError } from './errors.ts';
import { safeText } from './safe-text.ts';

export type Question<T> = {
  readonly text: string;
  /** What an empty answer stands for; empty when there must be one. */
  readonly usual: string;
  /** @throws {UsageError} with what is wrong with the answer */
  readonly read: (answer: string) => T;
};

const TRIES = 2;

/** Whether there is somebody to ask: both ends are a terminal, and no pipeline is behind them. */
export function canAsk({ terminal, env }: CliContext): boolean {
  const ci = env['CI'] ?? '';
  return terminal.stdin && terminal.stdout && (ci === '' || ci === 'false');
}

/**
 * Asks until an answer can be read, twice at most.
 * @throws {UsageError} with what is wrong with the last answer
 * @throws {InterruptedError} when the person ends the command instead
 */
export async function answerTo<T>({ text, usual, read }: Question<T>, context: CliContext): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const answer = (await context.ask(usual === '' ? `${text}: ` : `${text} [${usual}]: `)).trim();
    try {
      return read(answer === '' ? usual : answer);
    } catch (error) {
      if (!(error instanceof UsageError) || tried === TRIES) throw error;
      const lines = error.mistakes.flatMap(({ message, hint }) => [
        message,
        ...(hint === null ? [] : [hint]),
      ]);
      context.writeStderr(safeText(lines.map((line) => `  ${line}`)));
    }
  }
}
