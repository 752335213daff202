import type { RawError } from './backend.ts';
import type { CompilerProblem, Failed } from './types.ts';

/** OPA's errors in our form, in the order of files and places, each once. */
export function failed(errors: readonly RawError[]): Failed {
  const problems = errors.map(problemOf).sort(byPlace);
  return { ok: false, problems: problems.filter((problem, index) => !isSame(problem, problems[index - 1])) };
}

function problemOf({ message, code, location, details }: RawError): CompilerProblem {
  const { file = '', row = 0, col = 0 } = location ?? {};
  return {
    file: file === '' ? null : file,
    row: row > 0 ? row : null,
    // At the end of a text OPA counts from 0.
    column: row > 0 ? Math.max(col, 1) : null,
    code: code ?? 'opa_error',
    message,
    candidates: candidatesIn(details),
  };
}

/** The names in the details of a reference error. */
function candidatesIn(details: unknown): readonly string[] {
  if (typeof details !== 'object' || details === null || !('oneOf' in details)) return [];
  const { oneOf } = details;
  return Array.isArray(oneOf) ? oneOf.filter((name) => typeof name === 'string') : [];
}

function byPlace(a: CompilerProblem, b: CompilerProblem): number {
  return (
    compare(a.file ?? '', b.file ?? '') ||
    (a.row ?? 0) - (b.row ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isSame(a: CompilerProblem, b: CompilerProblem | undefined): boolean {
  return b !== undefined && byPlace(a, b) === 0;
}
