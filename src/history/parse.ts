import type { Problem } from '../documents/problem.ts';
import { epochSeconds } from '../model/timestamps.ts';
import { SEVERITIES } from '../model/vocabulary.ts';
import { isObject } from '../util/is-object.ts';
import { historyProblem } from './problem.ts';
import {
  hasShape,
  isBoolean,
  isCount,
  isFilledText,
  isOneOf,
  isText,
  misfit,
  orNull,
  type Shape,
} from './shape.ts';
import { fileName, runText, stateText } from './text.ts';
import {
  HISTORY_VERSION,
  STATES,
  SUPPRESSION_KINDS,
  VERDICTS,
  type HistoryFile,
  type RunLine,
  type StateLine,
} from './types.ts';

export type ParsedHistoryFile =
  { readonly ok: true; readonly file: HistoryFile } | { readonly ok: false; readonly problem: Problem };

/** Names that files of a history have. */
const NAME = /^\d{4}-\d{2}-\d{2}T\d{6}Z-[\da-f]{8}\.ndjson$/;

const RUN: Shape = {
  history: isText,
  version: isCount,
  now: (value) => typeof value === 'string' && value.endsWith('Z') && epochSeconds(value) !== null,
  source: (value) => typeof value === 'string' && /^(?:files$|tenant:.)/s.test(value),
  base: isText,
  after: orNull((value) => typeof value === 'string' && NAME.test(value)),
  verdict: isOneOf(VERDICTS),
  exitCode: isCount,
  counts: hasShape(Object.fromEntries(SEVERITIES.map((severity) => [severity, isCount]))),
  suppressed: hasShape(Object.fromEntries(SUPPRESSION_KINDS.map((kind) => [kind, isCount]))),
  expired: isCount,
  resources: isCount,
  tool: isFilledText,
  policyDigest: isFilledText,
  incomplete: isBoolean,
  partial: isBoolean,
  states: isCount,
};

const STATE: Shape = {
  fingerprint: isFilledText,
  rule: isFilledText,
  resource: isFilledText,
  severity: isOneOf(SEVERITIES),
  state: isOneOf(STATES),
};

const STATE_OPTIONAL: Shape = { was: isFilledText, file: isFilledText, kind: isOneOf(SUPPRESSION_KINDS) };

/**
 * A file of a history, of which nothing is missing and nothing was changed: it has the name of its content. `uri` is what
 * problems call it.
 */
export function parseHistoryFile(name: string, uri: string, text: string): ParsedHistoryFile {
  const lines = text.split('\n');
  const [first = '', ...rest] = lines;
  if (text === '') return refused('history-truncated', 'The file is empty.', uri, 1);
  const head = objectIn(first);
  if (head === null)
    return rest.length === 0
      ? refused('history-truncated', 'The file ends within its first line.', uri, 1)
      : refused('history-broken-line', 'The line is no JSON object.', uri, 1);
  if (head['history'] !== 'agentid-lint')
    return refused('history-other-format', 'The file is no run of a history.', uri, 1);
  if (head['version'] !== HISTORY_VERSION)
    return refused('history-other-version', `It is not of version ${HISTORY_VERSION}.`, uri, 1);
  if (text.includes('\r'))
    return refused('history-altered', 'Its line ends are not those that it was written with.', uri, 1);
  if (rest.pop() !== '')
    return refused('history-truncated', 'The file ends within a line.', uri, lines.length);
  const fault = misfit(head, RUN);
  if (fault !== null) return refused('history-broken-line', fault, uri, 1);
  const run = runOf(head);
  if (rest.length < run.states)
    return refused(
      'history-truncated',
      `The file ends after ${rest.length} of ${run.states} states.`,
      uri,
      rest.length + 1,
    );
  if (rest.length > run.states)
    return refused(
      'history-broken-line',
      'More states follow than its first line says.',
      uri,
      run.states + 2,
    );
  if (runText(run) !== first)
    return refused('history-broken-line', 'The line is not as agentid-lint writes it.', uri, 1);
  const states = statesIn(rest, uri);
  if (!Array.isArray(states)) return { ok: false, problem: states };
  if (fileName(run, text) !== name)
    return refused('history-altered', 'The file does not have the name of its content.', uri);
  return { ok: true, file: { name, run, states } };
}

function statesIn(lines: readonly string[], uri: string): StateLine[] | Problem {
  const states: StateLine[] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const object = objectIn(line);
    const fault = object === null ? 'The line is no JSON object.' : stateFault(object, line);
    const state = object === null || fault !== null ? null : stateOf(object);
    if (state === null || seen.has(state.fingerprint)) {
      const message = fault ?? 'Its fingerprint has a state already.';
      return historyProblem('history-broken-line', message, { uri, line: index + 2 });
    }
    seen.add(state.fingerprint);
    states.push(state);
  }
  return states;
}

/** What is wrong with a line, as a sentence; `null` when nothing is. */
function stateFault(object: Record<string, unknown>, line: string): string | null {
  const fault = misfit(object, STATE, STATE_OPTIONAL);
  if (fault !== null) return fault;
  if ((object['state'] === 'suppressed') !== 'kind' in object)
    return 'What is suppressed, and nothing else, has a kind.';
  return stateText(stateOf(object)) === line ? null : 'The line is not as agentid-lint writes it.';
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Its shape has been checked. */
function runOf(object: Record<string, unknown>): RunLine {
  const entries = Object.entries(object).filter(([key]) => key !== 'history' && key !== 'version');
  return Object.fromEntries(entries) as RunLine;
}

/** Its shape has been checked. */
function stateOf(object: Record<string, unknown>): StateLine {
  const { fingerprint, was = null, rule, resource, file = null, severity, state, kind = null } = object;
  return { fingerprint, was, rule, resource, file, severity, state, kind } as StateLine;
}

function refused(
  code: Parameters<typeof historyProblem>[0],
  message: string,
  uri: string,
  line?: number,
): ParsedHistoryFile {
  return { ok: false, problem: historyProblem(code, message, line === undefined ? { uri } : { uri, line }) };
}
