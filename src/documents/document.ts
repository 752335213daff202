import type { Path } from './pointer.ts';
import type { Range } from './range.ts';

export type Language = 'json' | 'yaml';

/** Where a path was found. `exact` is false when the path does not exist and its nearest existing ancestor is given. */
export type Located = {
  /** The value's range, or for an absent path the key of its nearest existing parent (the whole value when that has no key). */
  readonly range: Range;
  readonly exact: boolean;
};

/**
 * One document of one source text: the value and the answer to "where is this path".
 * A multi-document YAML stream gives one `SourceDocument` for each document.
 */
export interface SourceDocument {
  /** Path relative to the working directory, forward slashes. Untrusted text: escape it before printing. */
  readonly uri: string;
  readonly language: Language;
  /** 0-based place in a multi-document stream. */
  readonly index: number;
  /** Plain JSON value. Objects may own any key, `__proto__` included: read them with `Object.hasOwn`. */
  readonly data: unknown;
  /** The range of the value at `path`. An absent path is located at its nearest existing parent. */
  locate(path: Path): Located;
  /** The range of the last key of `path` (for an array item, of the item itself). */
  locateKey(path: Path): Located;
  /**
   * The text of a 1-based line, without its line break. Values that look like secrets are masked with `*`, so columns
   * stay true; comments, in which old secrets like to stay, are left out.
   */
  line(line: number): string;
  /** Lets go of everything that can be made again from the text. */
  forget(): void;
}
