import { EXIT_CODES } from '../findings/gate.ts';

/** The exit codes as help text, from the one table that defines them. */
export function exitCodesHelp(): string {
  const rows = EXIT_CODES.toSorted((a, b) => a.code - b.code).map(
    ({ code, meaning }) => `  ${String(code).padEnd(3)} ${meaning}`,
  );
  return `Exit codes:\n${rows.join('\n')}`;
}
