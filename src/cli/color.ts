import type { CliContext } from './context.ts';

/**
 * Whether to colour stdout: `--color` and `--no-color` win, then `NO_COLOR` (https://no-color.org), then
 * `FORCE_COLOR`, then whether it is a terminal that can.
 */
export function wantsColor({ env, terminal }: CliContext, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag;
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = env;
  if (no !== undefined && no !== '') return false;
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  return terminal.stdout && term !== 'dumb';
}
