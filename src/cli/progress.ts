import type { CliContext } from './context.ts';
import { visible } from '../reporters/escape.ts';

/** A line on the terminal that says what goes on, until something is worth reading. */
export type Progress = { readonly say: (text: string) => void; readonly clear: () => void };

const CLEAR_LINE = '\r\u001b[K';

/** Only people at a terminal wait; anyone else is told nothing. */
export function progress({ terminal, env, writeStderr }: CliContext): Progress {
  if (!terminal.stderr || env['TERM'] === 'dumb') return { say: () => undefined, clear: () => undefined };
  return {
    say: (text) => {
      writeStderr(`${CLEAR_LINE}${visible(text)} …`);
    },
    clear: () => {
      writeStderr(CLEAR_LINE);
    },
  };
}
