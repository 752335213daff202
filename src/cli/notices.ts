import type { Report } from '../findings/report.ts';
import type { CliContext } from './context.ts';
import { mistypedVariables } from './flags.ts';
import { safeText } from './safe-text.ts';

/** Says something that is not part of the report, on stderr. */
export function notice(context: CliContext, lines: readonly string[]): void {
  const [first = '', ...rest] = lines;
  context.writeStderr(safeText([`note: ${first}`, ...rest.map((line) => `  ${line}`)]));
}

/** Says what a bug report needs, on stderr. */
export function debug(context: CliContext, lines: readonly string[]): void {
  context.writeStderr(safeText(lines.map((line) => `debug: ${line}`)));
}

/** Environment variables that were hardly meant as they are written. */
export function noticeVariables(context: CliContext): void {
  for (const { name, meant } of mistypedVariables(context.env)) {
    notice(context, [
      `the environment variable ${name} is not known and has no effect; did you mean ${meant}?`,
    ]);
  }
}

/** What was hardly meant as it is, in the environment and in the config. */
export function noticeWarnings(warnings: readonly string[], context: CliContext): void {
  noticeVariables(context);
  for (const warning of warnings) notice(context, [warning]);
}

/** Application JSON that could be a blueprint or any app registration: said once, never guessed. */
export function noticeUnmarked({ ledger }: Report, context: CliContext): void {
  const { unmarked } = ledger.inputs;
  const [first, second] = unmarked;
  if (first === undefined) return;
  const who =
    second === undefined
      ? `${first} looks like an application manifest`
      : `${first} and ${unmarked.length - 1} more look like application manifests`;
  notice(context, [
    `${who} without a marker; not judged.`,
    'If it is a blueprint, add "@odata.type": "#microsoft.graph.agentIdentityBlueprint",',
    'name it under `manifests` in the config, or pass --as blueprint.',
  ]);
}
