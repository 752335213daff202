import type { JsonReport } from '../../src/reporters/json-v1.ts';
import { run, type Run, type RunOptions } from './cli.ts';

export type JsonRun = Run & { readonly report: JsonReport };

/** Runs `lint` with `--format json` and reads what it prints. */
export async function lintJson(args: readonly string[], options: RunOptions = {}): Promise<JsonRun> {
  const ran = await run(['lint', ...args, '--format', 'json'], options);
  return { ...ran, report: JSON.parse(ran.stdout) as JsonReport };
}

/** `path:line:column rule` of every finding. */
export function places({ findings }: JsonReport): readonly string[] {
  return findings.map(
    ({ rule, location: { uri, range } }) =>
      `${uri}:${range?.start.line ?? '?'}:${range?.start.column ?? '?'} ${rule}`,
  );
}

/** `path: code` of every problem; `-` where no file is meant. */
export function problems({ problems: all }: JsonReport): readonly string[] {
  return all.map(({ code, location }) => `${location?.uri ?? '-'}: ${code}`);
}
