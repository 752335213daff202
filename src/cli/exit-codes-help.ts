import { EXIT_CODES } from '../findings/gate.ts';
import { STOPPED } from './errors.ts';

const STOPPED_BY_SIGNAL = `  ${STOPPED.SIGINT} interrupted (${STOPPED.SIGTERM} when the system ends it)`;

/** The exit codes as help text, from the one table that defines them. */
export function exitCodesHelp(): string {
  const rows = EXIT_CODES.toSorted((a, b) => a.code - b.code).map(
    ({ code, meaning }) => `  ${String(code).padEnd(3)} ${meaning}`,
  );
  return `Exit codes:\n${[...rows, STOPPED_BY_SIGNAL].join('\n')}`;
}
