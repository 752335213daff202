import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { cut } from '../util/cut.ts';

/** Every problem of a framework in a file. Codes are stable: they are documented. */
type FrameworkProblemCode =
  | 'framework-not-found'
  | 'framework-several-documents'
  | 'framework-unknown-key'
  | 'framework-missing-key'
  | 'framework-invalid-value'
  | 'framework-name-taken'
  | 'framework-duplicate-control'
  | 'framework-duplicate-rule'
  | 'framework-unknown-rule'
  | 'framework-invalid-glob';

type Words = {
  readonly code: FrameworkProblemCode;
  /** One sentence. */
  readonly message: string;
  readonly hint: string;
};

/** A problem with the file as a whole. */
export function fileProblem(uri: string, words: Words): Problem {
  return { ...words, uri, range: null };
}

/** A problem with the value at a path. */
export function valueProblem(document: SourceDocument, path: Path, words: Words): Problem {
  return { ...words, uri: document.uri, range: document.locate(path).range };
}

/** A problem with the key at the end of a path. */
export function keyProblem(document: SourceDocument, path: Path, words: Words): Problem {
  return { ...words, uri: document.uri, range: document.locateKey(path).range };
}

const LONGEST_NAME = 60;

/** A name that an author wrote, in a message: short, and marked as not ours. */
export function quoted(name: string): string {
  return JSON.stringify(cut(name, LONGEST_NAME));
}
