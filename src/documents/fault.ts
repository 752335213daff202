import type { Problem } from './problem.ts';
import { documentProblem, type DocumentProblemCode } from './problem-codes.ts';
import type { Span } from './range-tape.ts';
import type { TextLines } from './text-lines.ts';

/** Something wrong with a span of a text, before it is known on which line that is. */
export type Fault = {
  readonly code: DocumentProblemCode;
  readonly start: number;
  readonly end: number;
  /** Said instead of the code's own sentence. */
  readonly message?: string;
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
};

const HARMLESS_KEY = /^[\w.@$-]{1,64}$/;

/** A key that stood at `first` before. It is named only when it looks like a name. */
export function duplicateKey(key: string, { start, end }: Span, first: Span | null): Fault {
  const name = HARMLESS_KEY.test(key) ? `The key "${key}"` : 'This key';
  const fault: Fault = { code: 'duplicate-key', start, end, message: `${name} stands here a second time.` };
  return first === null ? fault : { ...fault, related: { message: 'The first time.', ...first } };
}

/** Faults with their places in lines and columns. An empty document has no place. */
export function problemsOf(uri: string, lines: TextLines, faults: readonly Fault[]): Problem[] {
  return faults.map(({ code, start, end, message, related }) =>
    documentProblem(code, {
      uri,
      range: code === 'empty-document' ? null : lines.range(start, end),
      ...(message === undefined ? {} : { message }),
      ...(related === undefined
        ? {}
        : { related: [{ message: related.message, range: lines.range(related.start, related.end) }] }),
    }),
  );
}
