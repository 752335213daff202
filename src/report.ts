import { decode, type Decoded } from './documents/decode.ts';
import { followPath } from './documents/links.ts';
import { documentProblem } from './documents/problem-codes.ts';
import type { Problem } from './documents/problem.ts';
import { readFileSafely } from './documents/read.ts';
import { readResults, type Results } from './results/read.ts';

/** Where a saved report is. `name` is what problems call it. */
export type SavedReport = { readonly name: string } & (
  | { readonly kind: 'file'; /** Absolute. */ readonly path: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
);

/** Bytes of a saved report; half of the longest text that Node can hold. */
export const MAX_REPORT_BYTES = 256 * 1024 * 1024;

/** Reads the report that a run saved as JSON. */
export function openReport(saved: SavedReport): Results {
  const read = saved.kind === 'file' ? readNamed(saved.name, saved.path) : decoded(saved);
  return read.ok ? readResults(saved.name, read.text) : { ok: false, problems: [ofReport(read.problem)] };
}

function readNamed(uri: string, path: string): Decoded {
  const target = followPath(path);
  switch (target.kind) {
    case 'file':
      return readFileSafely({ uri, path: target.path }, MAX_REPORT_BYTES);
    case 'failed':
      return refused(
        documentProblem(target.code === 'ENOENT' ? 'no-such-file' : 'file-unreadable', {
          uri,
          ...(target.code === 'ENOENT' ? {} : { message: `The file cannot be read (${target.code}).` }),
        }),
      );
    case 'folder':
    case 'other':
      return refused(documentProblem('not-a-regular-file', { uri }));
  }
}

function decoded({ name: uri, bytes }: Extract<SavedReport, { readonly kind: 'bytes' }>): Decoded {
  return bytes.length > MAX_REPORT_BYTES
    ? refused(documentProblem('file-too-large', { uri }))
    : decode(uri, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function refused(problem: Problem): Decoded {
  return { ok: false, problem };
}

const HINTS: Readonly<Record<string, string>> = {
  'file-too-large': 'Let several runs judge a part each.',
  'not-a-regular-file': 'Name the file, or pass "-" and the report on stdin.',
};

/** With what helps about a report; other files have other ways out. */
function ofReport(problem: Problem): Problem {
  const hint = HINTS[problem.code];
  return hint === undefined ? problem : { ...problem, hint };
}
