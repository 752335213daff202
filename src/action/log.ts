import * as core from '@actions/core';
import { joinLines, visible } from '../reporters/escape.ts';

/** What people read in the log of the job and on its page. */
export type Log = {
  /** Text that only is to be read: whatever is in it, the runner obeys none of it. */
  readonly text: (text: string) => Promise<void>;
  /** One line in the log alone. */
  readonly say: (message: string) => void;
  /** Of one line or more; each is escaped. */
  readonly notice: (message: string) => void;
  readonly warning: (message: string) => void;
  readonly error: (message: string) => void;
  /** Text of commands that our own reporter made. */
  readonly commands: (text: string) => Promise<void>;
};

type Out = {
  readonly write: (text: string) => Promise<void>;
  readonly randomBytes: (length: number) => Uint8Array;
};

const TITLE = { title: 'agentid-lint' };
/** Bytes of the word that ends a text; nobody can guess so many. */
const WORD = 16;

export function actionLog({ write, randomBytes }: Out): Log {
  return {
    text: async (text) => {
      if (text === '') return;
      const word = Buffer.from(randomBytes(WORD)).toString('hex');
      const body = text.endsWith('\n') ? text : `${text}\n`;
      // https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
      await write(`::stop-commands::${word}\n${body}::${word}::\n`);
    },
    say: (message) => {
      core.info(joinLines([visible(message)]).trimEnd());
    },
    notice: (message) => {
      core.notice(shown(message), TITLE);
    },
    warning: (message) => {
      core.warning(shown(message), TITLE);
    },
    error: (message) => {
      core.error(shown(message), TITLE);
    },
    commands: write,
  };
}

/** The lines of a message stay lines. */
function shown(message: string): string {
  return message.trimEnd().split('\n').map(visible).join('\n');
}
