import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import type { Problem } from '../documents/problem.ts';
import { cut } from '../util/cut.ts';
import { isObject } from '../util/is-object.ts';

/** Why a file cannot be taken as the results of a run. */
type ResultsProblemCode =
  | 'results-other-format'
  | 'results-other-version'
  | 'results-missing-key'
  | 'results-invalid-value'
  | 'results-unknown-word'
  | 'results-contradictory';

type Words = {
  readonly code: ResultsProblemCode;
  /** One sentence. */
  readonly message: string;
  readonly hint: string;
};

/** A problem with the value at a path. */
export function resultsProblem(document: SourceDocument, path: Path, words: Words): Problem {
  return { ...words, uri: document.uri, range: document.locate(path).range };
}

const LONGEST_VERSION = 32;

/** What to do about results that this version cannot take as they are. */
export function runAgain({ data }: SourceDocument): string {
  const tool = isObject(data) ? data['tool'] : undefined;
  const version = isObject(tool) ? tool['version'] : undefined;
  const writer =
    typeof version === 'string' && version !== ''
      ? `agentid-lint ${cut(version, LONGEST_VERSION)} wrote it`
      : 'It does not say which version wrote it';
  return `${writer}; run the check again with this version, and leave the file as it is written.`;
}
