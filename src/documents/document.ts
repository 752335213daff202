import type { Path } from './pointer.ts';
import type { Range } from './range.ts';

export type Language = 'json' | 'yaml';

/** Where a path was found. `exact` is false when the path does not exist and its nearest existing ancestor is given. */
export type Located = {
  /** The value's range, or for an absent path the key of its nearest existing parent (the whole value when that has no key). */
  readonly range: Range;
  readonly exact: boolean;
};

/** A comment of a YAML document. */
export type Comment = {
  /** What follows the `#`, without space around it. */
  readonly text: string;
  /** From the `#` to the end of the text. */
  readonly range: Range;
  /**
   * The 1-based line that it is about: its own, or, when it stands alone, the next one with anything but comments and marks
   * of documents; `null` when there is none.
   */
  readonly about: number | null;
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
  /** Whether the text that the document is in has a word, wherever it stands. */
  mentions(word: string): boolean;
  /** The comments that begin with a word, in the order of the text. JSON has none. */
  comments(word: string): readonly Comment[];
  /** Lets go of everything that can be made again from the text. */
  forget(): void;
}
