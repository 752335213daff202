import type { Problem } from '../documents/problem.ts';

/** Why a folder cannot be taken as the history of runs. */
type HistoryProblemCode =
  | 'history-not-a-folder'
  | 'history-unreadable'
  | 'history-truncated'
  | 'history-broken-line'
  | 'history-other-format'
  | 'history-other-version'
  | 'history-altered'
  | 'history-missing-run';

const HINTS: Readonly<Record<HistoryProblemCode, string>> = {
  'history-not-a-folder': 'Name a folder; a new one is made when the first run is over.',
  'history-unreadable': 'See to its permissions, or name another folder.',
  'history-truncated': 'Restore the file from version control, or remove it and every file that follows it.',
  'history-broken-line':
    'Files of a history are written by agentid-lint alone: restore it from version control.',
  'history-other-format': 'Keep files that are no runs out of the folder, or under another ending.',
  'history-other-version': 'Read it with the version of agentid-lint that wrote it.',
  'history-altered':
    'Restore it from version control. If git changes line ends, put "*.ndjson -text" into a .gitattributes file in the folder.',
  'history-missing-run': 'Restore it from version control, or begin a new folder.',
};

/** A problem with a line (1-based) of a file, or with all of it. */
export function historyProblem(
  code: HistoryProblemCode,
  message: string,
  { uri, line }: { readonly uri: string; readonly line?: number },
): Problem {
  const position = { line: line ?? 1, column: 1, offset: 0 };
  return {
    code,
    message,
    hint: HINTS[code],
    uri,
    range: line === undefined ? null : { start: position, end: position },
  };
}
