import type { Decoded } from './documents/decode.ts';
import { followPath } from './documents/links.ts';
import type { Problem } from './documents/problem.ts';
import { documentProblem } from './documents/problem-codes.ts';
import { readFileSafely } from './documents/read.ts';
import { baselineProblem } from './suppressions/baseline-problems.ts';
import { readBaseline } from './suppressions/read-baseline.ts';
import type { Baseline, WaiversFile } from './suppressions/types.ts';
import { readWaivers, type WaiversWorld } from './suppressions/waivers.ts';

export { baselineState } from './suppressions/baseline-state.ts';
export { entriesOf, knows, withEntries, withoutEntries, writeBaseline } from './suppressions/baseline.ts';
export { readBaseline } from './suppressions/read-baseline.ts';
export { readWaivers } from './suppressions/waivers.ts';
export { NO_WAIVERS, withoutWaivers, withWaiver } from './suppressions/waivers-text.ts';

/** A file that is there or ought to be. */
export type NamedFile = {
  /** What problems and reports call it: relative to the working directory, forward slashes. */
  readonly uri: string;
  /** Absolute. */
  readonly path: string;
};

export type SuppressionFiles = { readonly waivers: NamedFile | null; readonly baseline: NamedFile | null };

export type ReadSuppressions =
  | { readonly ok: true; readonly waivers: WaiversFile | null; readonly baseline: Baseline | null }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type WithText<T> =
  | ({ readonly ok: true; readonly text: string } & T)
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Some 250,000 entries. */
const MAX_BASELINE_BYTES = 64 * 1024 * 1024;
const MAX_WAIVERS_BYTES = 10 * 1024 * 1024;

/** Reads the files that say which findings do not count; all that is wrong with either, or both. `base` as for `readBaseline`. */
export function readSuppressionFiles(
  { waivers, baseline }: SuppressionFiles,
  world: WaiversWorld,
  base: string,
): ReadSuppressions {
  const waived = waivers === null ? null : readWaiversFile(waivers, world);
  const known = baseline === null ? null : readBaselineFile(baseline, base);
  const problems = [waived, known].flatMap((read) => (read === null || read.ok ? [] : read.problems));
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    waivers: waived?.ok === true ? waived.waivers : null,
    baseline: known?.ok === true ? known.baseline : null,
  };
}

/** Reads a baseline, and tells its text for those who change it; `base` as for `readBaseline`. */
export function readBaselineFile(file: NamedFile, base: string): WithText<{ readonly baseline: Baseline }> {
  const read = textOf(file, MAX_BASELINE_BYTES);
  if (!read.ok) {
    const isMissing = read.problem.code === 'no-such-file';
    return failed(
      isMissing ? baselineProblem('baseline-not-found', { uri: file.uri, range: null }) : read.problem,
    );
  }
  const { text } = read;
  const parsed = readBaseline(file.uri, text, base);
  return parsed.ok ? { ...parsed, text } : parsed;
}

/** Reads a waivers file, and tells its text for those who change it. */
export function readWaiversFile(
  file: NamedFile,
  world: WaiversWorld,
): WithText<{ readonly waivers: WaiversFile }> {
  const read = textOf(file, MAX_WAIVERS_BYTES);
  if (!read.ok) return failed(read.problem);
  const { text } = read;
  const parsed = readWaivers({ uri: file.uri, text, world });
  return parsed.ok ? { ok: true, waivers: parsed.file, text } : parsed;
}

/** The text of a file, or of what a link leads to. */
function textOf({ uri, path }: NamedFile, limit: number): Decoded {
  const target = followPath(path);
  switch (target.kind) {
    case 'file':
      return withHint(readFileSafely({ uri, path: target.path }, limit));
    case 'failed':
      return refused(
        target.code === 'ENOENT'
          ? documentProblem('no-such-file', { uri })
          : documentProblem('file-unreadable', { uri, message: `The file cannot be read (${target.code}).` }),
      );
    case 'folder':
    case 'other':
      return refused(documentProblem('not-a-regular-file', { uri, hint: 'Name a file.' }));
  }
}

/** With what helps about these files; others have other ways out. */
function withHint(read: Decoded): Decoded {
  return read.ok || read.problem.code !== 'file-too-large'
    ? read
    : refused({
        ...read.problem,
        hint: 'Nothing that agentid-lint writes is as large. Is it the right file?',
      });
}

function refused(problem: Problem): Decoded {
  return { ok: false, problem };
}

function failed(problem: Problem): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [problem] };
}
