import { safeText } from './safe-text.ts';

/** What a person reads when a bug of ours ends a command. */
export function internalErrorText(error: unknown): string {
  return safeText([
    `internal error: ${error instanceof Error ? error.message : 'unknown fault'}`,
    '  This is a bug in agentid-lint. Please report it with the command line and the output of --debug:',
    '  https://github.com/agentid-lint/agentid-lint/issues',
  ]);
}
