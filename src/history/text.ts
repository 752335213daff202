import { hash } from 'node:crypto';
import { HISTORY_VERSION, type RunLine, type StateLine } from './types.ts';

/** Digits of the digest of the content in a file's name. */
const DIGITS = 8;

/** The text of the file of a run: a line for the run, and one for each state. */
export function fileText(run: RunLine, states: readonly StateLine[]): string {
  return `${[runText(run), ...states.map(stateText)].join('\n')}\n`;
}

/** The name of the file with a text: the moment of the run, without colons, and a digest of the content. */
export function fileName({ now }: Pick<RunLine, 'now'>, text: string): string {
  const moment = now.replaceAll(/:|\.\d+/g, '');
  return `${moment}-${hash('sha256', text).slice(0, DIGITS)}.ndjson`;
}

/** The one way to write a run. */
export function runText(run: RunLine): string {
  const { now, source, base, after, verdict, exitCode, counts, suppressed, expired, resources } = run;
  const { critical, high, medium, low, info } = counts;
  const { waiver, inline, baseline, exemption } = suppressed;
  const { tool, policyDigest, incomplete, partial, states } = run;
  return JSON.stringify({
    ...{ history: 'agentid-lint', version: HISTORY_VERSION, now, source, base, after, verdict, exitCode },
    counts: { critical, high, medium, low, info },
    suppressed: { waiver, inline, baseline, exemption },
    ...{ expired, resources, tool, policyDigest, incomplete, partial, states },
  });
}

/** The one way to write a state: what is `null` is left out. */
export function stateText(line: StateLine): string {
  const { fingerprint, was, rule, resource, file, severity, state, kind } = line;
  return JSON.stringify({
    fingerprint,
    was: was ?? undefined,
    rule,
    resource,
    file: file ?? undefined,
    severity,
    state,
    kind: kind ?? undefined,
  });
}
