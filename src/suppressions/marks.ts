import type { Comment, SourceDocument } from '../documents/document.ts';
import { toPointer, type Path } from '../documents/pointer.ts';
import type { Range } from '../documents/range.ts';
import { IGNORE_KEY, IGNORE_MARKER } from '../util/ignore-marker.ts';
import type { InlineMark } from './types.ts';

export type MarkedDocument = {
  readonly document: SourceDocument;
  /** The objects that have the key, and what stands there. */
  readonly ignores: readonly { readonly path: Path; readonly value: unknown }[];
  /** The resources in the document, with their places in the run. */
  readonly resources: readonly { readonly owner: number; readonly path: Path }[];
  readonly isWhole: boolean;
};

/** What stands in a document to suppress findings beside it, in the order of the text. */
export function marksIn({ document, ignores, resources, isWhole }: MarkedDocument): readonly InlineMark[] {
  const { uri, index } = document;
  const comments = document.comments(IGNORE_MARKER);
  if (comments.length === 0 && ignores.length === 0) return [];
  const owners = new Owners(document, resources);
  const ofDocument = { uri, index, isWhole };
  const fromComments = comments.map((comment) => ({
    ...ofDocument,
    ...writtenInComment(comment),
    covers: { by: 'line', line: comment.about } as const,
    owners: comment.about === null ? [] : owners.onLine(comment.about),
  }));
  const fromKeys = ignores.flatMap(({ path, value }) => {
    const covers = { by: 'object', pointer: toPointer(path) } as const;
    const around = owners.around(path);
    return textsIn(document, [...path, IGNORE_KEY], value).map((text) => ({
      ...ofDocument,
      ...text,
      covers,
      owners: around,
    }));
  });
  return [...fromComments, ...fromKeys].toSorted((a, b) => a.range.start.offset - b.range.start.offset);
}

type Placed = MarkedDocument['resources'][number] & { readonly range: Range };

/** Finds the resources around a place. No resource of a document is in another one. */
class Owners {
  /** In the order of the text. */
  readonly #placed: readonly Placed[];
  readonly #byPointer: ReadonlyMap<string, number>;

  constructor(document: SourceDocument, resources: MarkedDocument['resources']) {
    this.#placed = resources
      .map((resource) => ({ ...resource, range: document.locate(resource.path).range }))
      .toSorted((a, b) => a.range.start.offset - b.range.start.offset);
    this.#byPointer = new Map(resources.map(({ owner, path }) => [toPointer(path), owner]));
  }

  onLine(line: number): readonly number[] {
    let low = 0;
    let high = this.#placed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#placed[middle]?.range.start.line ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let place = low - 1; place >= 0; place -= 1) {
      const { owner, range } = this.#placed[place] ?? {};
      if (owner === undefined || range === undefined || range.end.line < line) break;
      found.unshift(owner);
    }
    return found;
  }

  around(path: Path): readonly number[] {
    for (let length = path.length; length >= 0; length -= 1) {
      const owner = this.#byPointer.get(toPointer(path.slice(0, length)));
      if (owner !== undefined) return [owner];
    }
    return [];
  }
}

type Written = Pick<InlineMark, 'text' | 'range' | 'column'>;

/** The text is at the end of the comment. */
function writtenInComment({ text, range }: Comment): Written {
  return {
    text: text.slice(IGNORE_MARKER.length),
    range,
    column: range.end.column - text.length + IGNORE_MARKER.length,
  };
}

function textsIn(document: SourceDocument, path: Path, value: unknown): readonly Written[] {
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => writtenAt(document, [...path, index], entry));
  return [writtenAt(document, path, value)];
}

function writtenAt(document: SourceDocument, path: Path, value: unknown): Written {
  const { range } = document.locate(path);
  if (typeof value !== 'string') return { text: null, range, column: null };
  const width = range.start.line === range.end.line ? range.end.column - range.start.column : -1;
  // Plain, or in quotes without an escape.
  const quotes = width - value.length;
  const column = quotes === 0 || quotes === 2 ? range.start.column + quotes / 2 : null;
  // As a comment has it after the marker.
  return { text: ` ${value}`, range, column: column === null ? null : column - 1 };
}
