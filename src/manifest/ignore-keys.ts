import type { SourceDocument } from '../documents/document.ts';
import type { Path } from '../documents/pointer.ts';
import { IGNORE_KEY } from '../util/ignore-marker.ts';

/** An object that has the key. */
export type IgnoreKey = {
  /** The path of the object in its document. */
  readonly path: Path;
  readonly value: unknown;
};

type Without = { readonly document: SourceDocument; readonly ignores: readonly IgnoreKey[] };

/** A document as if the key were nowhere in it, and where it is. Most documents never mention it, and are given as they are. */
export function withoutIgnoreKeys(document: SourceDocument): Without {
  if (!document.mentions(IGNORE_KEY)) return { document, ignores: [] };
  const ignores: IgnoreKey[] = [];
  const data = without(document.data, [], ignores);
  if (ignores.length === 0) return { document, ignores };
  return { document: withData(document, data), ignores };
}

/** What needs no change is shared. Documents are at most `MAX_DEPTH` deep. */
function without(value: unknown, path: Path, ignores: IgnoreKey[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map((entry: unknown, index) => without(entry, [...path, index], ignores));
    return list.some((entry, index) => entry !== value[index]) ? list : value;
  }
  const entries = Object.entries(value) as [string, unknown][];
  let isChanged = false;
  const kept: [string, unknown][] = [];
  for (const [key, entry] of entries) {
    if (key === IGNORE_KEY) {
      ignores.push({ path, value: entry });
      isChanged = true;
      continue;
    }
    const part = without(entry, [...path, key], ignores);
    isChanged ||= part !== entry;
    kept.push([key, part]);
  }
  // Not assignments: a key of its own named __proto__ must stay one.
  return isChanged ? Object.fromEntries(kept) : value;
}

function withData(document: SourceDocument, data: unknown): SourceDocument {
  return {
    uri: document.uri,
    language: document.language,
    index: document.index,
    data,
    locate: (path) => document.locate(path),
    locateKey: (path) => document.locateKey(path),
    line: (line) => document.line(line),
    mentions: (word) => document.mentions(word),
    comments: (word) => document.comments(word),
    forget: () => {
      document.forget();
    },
  };
}
